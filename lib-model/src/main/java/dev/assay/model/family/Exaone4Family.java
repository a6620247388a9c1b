package dev.assay.model.family;

import com.fasterxml.jackson.databind.JsonNode;
import dev.assay.model.architecture.HeadNorm;
import dev.assay.model.architecture.ModelConfig;
import dev.assay.model.config.ConfigBounds;
import dev.assay.model.config.ConfigFields;
import dev.assay.model.config.Dimensions;
import dev.assay.model.config.RotaryReader;
import dev.assay.model.config.SharedSpelling;
import dev.assay.model.rejection.RejectedCheckpointException;
import java.util.List;

/**
 * EXAONE 4: OLMo 2 with norms over each head of queries and keys; where some layers have a window,
 * only those rotate.
 */
final class Exaone4Family {
  private static final String PATTERN = "sliding_window_pattern";

  private Exaone4Family() {}

  static ModelConfig config(ConfigFields fields) throws RejectedCheckpointException {
    Dimensions size = Dimensions.read(fields, 0, 32);
    int window = fields.switchedInteger("sliding_window", ConfigBounds.POSITIONS, 4096);
    int pattern = pattern(fields, window);
    List<Integer> windows =
        SharedSpelling.windows(fields, size.layers(), window, layer -> (layer + 1) % pattern != 0);
    return new ModelConfigBuilder(Family.EXAONE4, size, SharedSpelling.maxPositions(fields, 2048))
        .epsilon(SharedSpelling.epsilon(fields, "rms_norm_eps", 1e-5))
        .activation(SharedSpelling.activation(fields, "hidden_act", "silu"))
        .tied(SharedSpelling.tied(fields, false))
        .queryKeyNorm(HeadNorm.HEAD)
        .windows(windows)
        .rotated(windows.stream().map(own -> window == 0 || own > 0).toList())
        .rotary(RotaryReader.ofWholeHead(fields, size.headSize()))
        .build();
  }

  /** Beside layer_types it says nothing, and published files have letters in it. */
  private static int pattern(ConfigFields fields, int window) throws RejectedCheckpointException {
    if (!fields.has("layer_types")) {
      if (window == 0) {
        // Transformers divides by a pattern of 0 then.
        throw fields.contradiction("sliding_window is null and there are no layer_types");
      }
      return fields.integer(PATTERN, 1, ConfigBounds.LAYERS, 4);
    }
    if (fields.names(PATTERN)) {
      JsonNode pattern = fields.node(PATTERN);
      if (!pattern.isNull() && !pattern.isTextual() && !pattern.isIntegralNumber()) {
        throw fields.wrong(PATTERN, pattern, "an integer, a string or null");
      }
    }
    return 1;
  }
}
