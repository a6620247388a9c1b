package dev.assay.interoperation;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.assay.model.architecture.ExpectedTensor;
import dev.assay.model.architecture.ModelConfig;
import dev.assay.model.causal.WrittenDecoder;
import dev.assay.model.checkpoint.Checkpoint;
import dev.assay.model.checkpoint.CheckpointLimits;
import dev.assay.model.family.ConfigFile;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Writes into {@code target/device-check} all that device_check.py needs on a machine with a GPU,
 * and runs it here on the CPU.
 */
class DeviceCheckIT {
  /** Of the size "tiny" of families.py. */
  private static final int SEQUENCE_LENGTH = 40;

  private static final int LARGE_SEQUENCE_LENGTH = 4096;
  private static final long MOST_BYTES = 50L << 20;

  /** Losses are computed for every third family, in minutes; FamilyLossIT has them all on a CPU. */
  private static final String EVERY = System.getProperty("device.check.every", "3");

  private final ObjectMapper mapper = new ObjectMapper();
  private final Path folder = Places.target().resolve("device-check");

  @Test
  void theProgramOfAnExecutorHasTransformersLossesOutsideJava() throws Exception {
    PythonScripts python = PythonScripts.installed("requirements-model.txt");
    removeOld();
    python.run("families.py", List.of(folder.toString(), "--size", "tiny"), 900);
    for (String name : families()) {
      Checkpoint checkpoint = Checkpoint.open(folder.resolve(name), CheckpointLimits.defaults());
      WrittenDecoder.write(folder, name, checkpoint, SEQUENCE_LENGTH);
    }
    large("large-tiny", llama(2, 64, 4, 2, 16, 128, 1000));
    large("large-1b", llama(16, 2048, 32, 8, 64, 8192, 128_256));
    large("large-8b", llama(32, 4096, 32, 8, 128, 14_336, 128_256));
    assertThat(bytes()).isLessThan(MOST_BYTES);

    python.run(
        "device_check.py",
        List.of(folder.toString(), "--device", "cpu", "--every", EVERY, "--large", "large-tiny"),
        900);
  }

  private List<String> families() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .filter(Files::isDirectory)
          .map(p -> p.getFileName().toString())
          .sorted()
          .toList();
    }
  }

  private static Map<String, Object> llama(
      int layers, int hidden, int heads, int keyValueHeads, int headSize, int inner, int words) {
    Map<String, Object> config = new LinkedHashMap<>();
    config.put("architectures", List.of("LlamaForCausalLM"));
    config.put("model_type", "llama");
    config.put("num_hidden_layers", layers);
    config.put("hidden_size", hidden);
    config.put("num_attention_heads", heads);
    config.put("num_key_value_heads", keyValueHeads);
    config.put("head_dim", headSize);
    config.put("intermediate_size", inner);
    config.put("vocab_size", words);
    config.put("max_position_embeddings", LARGE_SEQUENCE_LENGTH);
    config.put("hidden_act", "silu");
    config.put("rms_norm_eps", 1e-5);
    config.put("rope_theta", 500_000.0);
    config.put("tie_word_embeddings", false);
    config.put("torch_dtype", "bfloat16");
    return config;
  }

  /** A checkpoint of which only the header is written; the script makes the weights. */
  private void large(String name, Map<String, Object> config) throws Exception {
    Path checkpoint = Files.createDirectories(folder.resolve(name));
    mapper.writeValue(checkpoint.resolve("config.json").toFile(), config);
    Path weights = checkpoint.resolve("model.safetensors");
    Map<String, Object> tensors = new LinkedHashMap<>();
    long end = 0;
    ModelConfig parsed = ConfigFile.parse(mapper.writeValueAsBytes(config));
    for (ExpectedTensor tensor : parsed.family().expectedTensors(parsed)) {
      long start = end;
      end += 2 * tensor.shape().stream().reduce(1L, Math::multiplyExact);
      tensors.put(
          tensor.name(),
          Map.of("dtype", "BF16", "shape", tensor.shape(), "data_offsets", List.of(start, end)));
    }
    byte[] header = padded(mapper.writeValueAsString(tensors));
    try (RandomAccessFile file = new RandomAccessFile(weights.toFile(), "rw")) {
      byte[] length =
          ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN).putLong(header.length).array();
      file.write(length);
      file.write(header);
      // A hole, so that the checkpoint opens; it takes no place on the disk and is cut off again.
      file.setLength(8 + header.length + end);
      CheckpointLimits defaults = CheckpointLimits.defaults();
      Checkpoint opened = Checkpoint.open(checkpoint, unlimited(defaults));
      WrittenDecoder.write(folder, name, opened, LARGE_SEQUENCE_LENGTH);
      file.setLength(8 + header.length);
    }
  }

  private static CheckpointLimits unlimited(CheckpointLimits defaults) {
    return new CheckpointLimits(
        defaults.files(),
        defaults.jsonBytes(),
        defaults.tokenizerBytes(),
        defaults.headerBytes(),
        defaults.tensors(),
        2 * defaults.parameters(),
        4 * defaults.bytes());
  }

  private static byte[] padded(String header) {
    return (header + " ".repeat((8 - header.length() % 8) % 8)).getBytes(StandardCharsets.US_ASCII);
  }

  private long bytes() throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      return files.filter(Files::isRegularFile).mapToLong(file -> file.toFile().length()).sum();
    }
  }

  private void removeOld() throws IOException {
    if (Files.exists(folder)) {
      try (Stream<Path> files = Files.walk(folder)) {
        for (Path file : files.sorted((a, b) -> b.compareTo(a)).toList()) {
          Files.delete(file);
        }
      }
    }
    Files.createDirectories(folder);
  }
}
