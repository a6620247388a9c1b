package dev.assay.model.checkpoint;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Writes small checkpoints of any family, with weights that are finite and the same every time. */
public final class CheckpointBuilder {
  private static final ObjectMapper JSON = new ObjectMapper();

  private CheckpointBuilder() {}

  /** A Llama of two layers and about 10,000 parameters, as transformers 4 writes it. */
  public static ObjectNode llama() {
    return JSON.createObjectNode()
        .put("model_type", "llama")
        .put("vocab_size", 260)
        .put("hidden_size", 16)
        .put("intermediate_size", 32)
        .put("num_hidden_layers", 2)
        .put("num_attention_heads", 4)
        .put("num_key_value_heads", 2)
        .put("max_position_embeddings", 256)
        .put("rms_norm_eps", 1e-5)
        .put("hidden_act", "silu")
        .put("rope_theta", 10000.0)
        .put("tie_word_embeddings", false);
  }

  /**
   * Writes config.json and one model.safetensors of F32 with every tensor that the configuration
   * requires.
   */
  public static Path write(Path directory, ObjectNode config)
      throws IOException, RejectedCheckpointException {
    Files.createDirectories(directory);
    byte[] json = JSON.writeValueAsBytes(config);
    Files.write(directory.resolve("config.json"), json);
    ModelConfig parsed = ConfigFile.parse(json);
    Files.write(directory.resolve("model.safetensors"), safetensors(required(parsed)));
    return directory;
  }

  static List<ExpectedTensor> required(ModelConfig config) {
    return config.family().expectedTensors(config).stream()
        .filter(ExpectedTensor::required)
        .toList();
  }

  /** A safetensors file of F32 tensors. */
  static byte[] safetensors(List<ExpectedTensor> tensors) throws IOException {
    ObjectNode header = JSON.createObjectNode();
    header.putObject("__metadata__").put("format", "pt");
    long end = 0;
    for (ExpectedTensor tensor : tensors) {
      long begin = end;
      end += 4 * tensor.shape().stream().reduce(1L, (a, b) -> a * b);
      ObjectNode entry = header.putObject(tensor.name()).put("dtype", "F32");
      tensor.shape().forEach(entry.putArray("shape")::add);
      entry.putArray("data_offsets").add(begin).add(end);
    }
    ByteBuffer data = ByteBuffer.allocate((int) end).order(ByteOrder.LITTLE_ENDIAN);
    for (int i = 0; data.hasRemaining(); i++) {
      data.putFloat((i % 17 - 8) / 100f);
    }
    return file(JSON.writeValueAsString(header), data.array());
  }

  /** Length, header (padded to 8 bytes) and data. */
  static byte[] file(String header, byte[] data) {
    String padded = header + " ".repeat((8 - header.length() % 8) % 8);
    byte[] json = padded.getBytes(java.nio.charset.StandardCharsets.UTF_8);
    return ByteBuffer.allocate(8 + json.length + data.length)
        .order(ByteOrder.LITTLE_ENDIAN)
        .putLong(json.length)
        .put(json)
        .put(data)
        .array();
  }
}
