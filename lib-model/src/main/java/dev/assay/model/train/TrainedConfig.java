package dev.assay.model.train;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.assay.model.causal.Precision;
import java.io.IOException;
import java.util.List;

/** The config.json of a checkpoint that was trained. */
final class TrainedConfig {
  /** What transformers 5 and 4 call it. */
  private static final List<String> DTYPE_KEYS = List.of("dtype", "torch_dtype");

  private TrainedConfig() {}

  /**
   * The configuration that training began with, where it names a dtype with that of the trained
   * weights: transformers would round them to the named one as it loads them.
   */
  static byte[] of(byte[] startConfig, Precision precision) throws IOException {
    String trained = precision == Precision.BF16 ? "bfloat16" : "float32";
    ObjectMapper mapper = new ObjectMapper();
    ObjectNode config = (ObjectNode) mapper.readTree(startConfig);
    boolean changed = false;
    for (String key : DTYPE_KEYS) {
      if (config.has(key) && !config.path(key).asText().equals(trained)) {
        config.put(key, trained);
        changed = true;
      }
    }
    return changed
        ? mapper.writerWithDefaultPrettyPrinter().writeValueAsBytes(config)
        : startConfig;
  }
}
