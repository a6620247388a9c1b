package dev.assay.model.checkpoint;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.assay.model.architecture.ExpectedTensor;
import dev.assay.model.architecture.ModelConfig;
import dev.assay.model.family.ConfigFile;
import dev.assay.model.rejection.RejectedCheckpointException;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
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
    safetensors(directory.resolve("model.safetensors"), required(parsed));
    return directory;
  }

  static List<ExpectedTensor> required(ModelConfig config) {
    return config.family().expectedTensors(config).stream()
        .filter(ExpectedTensor::required)
        .toList();
  }

  /** Writes a safetensors file of F32 tensors. */
  static void safetensors(Path file, List<ExpectedTensor> tensors) throws IOException {
    long end = 4L * tensors.stream().mapToLong(WeightsFile::elements).sum();
    try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file), 1 << 16)) {
      out.write(WeightsFile.header(tensors, ElementType.F32));
      byte[] weights = repeatedWeights();
      for (long left = end; left > 0; left -= weights.length) {
        out.write(weights, 0, (int) Math.min(left, weights.length));
      }
    }
  }

  private static byte[] repeatedWeights() {
    ByteBuffer weights = ByteBuffer.allocate(17 * 4 * 256).order(ByteOrder.LITTLE_ENDIAN);
    for (int i = 0; weights.hasRemaining(); i++) {
      weights.putFloat((i % 17 - 8) / 100f);
    }
    return weights.array();
  }
}
