package dev.assay.model.config;

import dev.assay.model.architecture.Activation;
import dev.assay.model.rejection.RejectedCheckpointException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.IntPredicate;

/** What most families' configurations spell alike. */
public final class SharedSpelling {
  private SharedSpelling() {}

  public static int maxPositions(ConfigFields fields, int otherwise)
      throws RejectedCheckpointException {
    return fields.integer("max_position_embeddings", 1, ConfigBounds.POSITIONS, otherwise);
  }

  public static double epsilon(ConfigFields fields, String key, double otherwise)
      throws RejectedCheckpointException {
    return fields.number(key, ConfigBounds.LEAST_EPSILON, ConfigBounds.MOST_EPSILON, otherwise);
  }

  /** What a family multiplies activations by. */
  public static double multiplier(ConfigFields fields, String key, double otherwise)
      throws RejectedCheckpointException {
    double most = ConfigBounds.MOST_MULTIPLIER;
    return fields.number(key, 1 / most, most, otherwise);
  }

  public static boolean tied(ConfigFields fields, boolean otherwise)
      throws RejectedCheckpointException {
    return fields.flag("tie_word_embeddings", otherwise);
  }

  public static Activation activation(ConfigFields fields, String key, String otherwise)
      throws RejectedCheckpointException {
    return switch (fields.text(key, otherwise)) {
      case "silu", "swish" -> Activation.SILU;
      case "gelu" -> Activation.GELU;
      case "gelu_new", "gelu_fast", "gelu_pytorch_tanh" -> Activation.GELU_TANH;
      case "relu" -> Activation.RELU;
      case "relu2" -> Activation.RELU_SQUARED;
      default ->
          throw fields.unsupported(key, "silu, gelu, gelu_new, gelu_pytorch_tanh, relu, relu2");
    };
  }

  /**
   * The window in the layers that layer_types, or else the family's own rule, calls sliding; 0 in
   * the others.
   */
  public static List<Integer> windows(
      ConfigFields fields, int layers, int window, IntPredicate slidingByFamily)
      throws RejectedCheckpointException {
    Optional<List<String>> types = fields.texts("layer_types", layers);
    List<Integer> windows = new ArrayList<>(layers);
    for (int layer = 0; layer < layers; layer++) {
      boolean sliding =
          types.isPresent()
              ? isSliding(fields, types.get().get(layer))
              : slidingByFamily.test(layer);
      if (sliding && window == 0) {
        throw fields.contradiction("layer " + layer + " slides, and there is no sliding_window");
      }
      windows.add(sliding ? window : 0);
    }
    return windows;
  }

  private static boolean isSliding(ConfigFields fields, String type)
      throws RejectedCheckpointException {
    return switch (type) {
      case "sliding_attention" -> true;
      case "full_attention" -> false;
      default -> throw fields.unsupported("layer_types", "full_attention, sliding_attention");
    };
  }
}
