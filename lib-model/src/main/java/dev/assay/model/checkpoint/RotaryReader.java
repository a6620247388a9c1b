package dev.assay.model.checkpoint;

import java.util.Optional;

/**
 * Reads rotary embeddings in both spellings: rope_theta, partial_rotary_factor and rope_scaling
 * (transformers 4), or one rope_parameters object (transformers 5).
 */
final class RotaryReader {
  private static final double LARGEST = 1e9;

  private RotaryReader() {}

  /**
   * @param headSize dimensions of a head
   * @param fraction the family's share of rotated dimensions where the file says none
   * @param theta the family's base where the file says none
   */
  static Rotary read(ConfigFields config, int headSize, double fraction, double theta)
      throws RejectedCheckpointException {
    Optional<ConfigFields> parameters = config.object("rope_parameters");
    Optional<ConfigFields> scaling =
        parameters.isPresent() ? parameters : config.object("rope_scaling");
    ConfigFields source = parameters.orElse(config);
    double base = source.number("rope_theta", 1, 1e12, config.number("rope_theta", 1, 1e12, theta));
    double share =
        source.number(
            "partial_rotary_factor", 0, 1, config.number("partial_rotary_factor", 0, 1, fraction));
    return rotary(config, scaling, headSize, share, base);
  }

  static Rotary rotary(
      ConfigFields config, Optional<ConfigFields> scaling, int headSize, double share, double theta)
      throws RejectedCheckpointException {
    int dimensions = (int) (headSize * share);
    if (dimensions < 2 || dimensions % 2 != 0) {
      throw config.contradiction(
          "a head of "
              + headSize
              + " dimensions rotates "
              + dimensions
              + "; it must be even, at least 2");
    }
    RotaryScaling stretched =
        scaling.isPresent() ? scaling(config, scaling.get(), dimensions) : new RotaryScaling.None();
    return new Rotary(theta, dimensions, stretched);
  }

  private static RotaryScaling scaling(ConfigFields config, ConfigFields scaling, int dimensions)
      throws RejectedCheckpointException {
    String key = scaling.has("rope_type") ? "rope_type" : "type";
    return switch (scaling.text(key, "default")) {
      case "default" -> new RotaryScaling.None();
      case "linear" -> new RotaryScaling.Linear(factor(scaling));
      case "dynamic" ->
          new RotaryScaling.Dynamic(
              factor(scaling),
              config.integer("max_position_embeddings", 1, ConfigBounds.POSITIONS));
      case "yarn" -> yarn(config, scaling);
      case "llama3" ->
          new RotaryScaling.Llama3(
              factor(scaling),
              scaling.number("low_freq_factor", 1e-3, LARGEST),
              scaling.number("high_freq_factor", 1e-3, LARGEST),
              originalPositions(config, scaling));
      case "longrope", "su" -> longRope(config, scaling, dimensions);
      default -> throw scaling.unsupported(key, "default, linear, dynamic, yarn, llama3, longrope");
    };
  }

  private static RotaryScaling yarn(ConfigFields config, ConfigFields scaling)
      throws RejectedCheckpointException {
    double factor = factor(scaling);
    double inferred = mscale(factor, 1);
    if (scaling.number("mscale", 0, LARGEST, 0) > 0
        && scaling.number("mscale_all_dim", 0, LARGEST, 0) > 0) {
      inferred =
          mscale(factor, scaling.number("mscale", 0, LARGEST))
              / mscale(factor, scaling.number("mscale_all_dim", 0, LARGEST));
    }
    return new RotaryScaling.Yarn(
        factor,
        originalPositions(config, scaling),
        scaling.number("beta_fast", 1e-6, LARGEST, 32),
        scaling.number("beta_slow", 1e-6, LARGEST, 1),
        scaling.number("attention_factor", 1e-6, LARGEST, inferred),
        scaling.flag("truncate", true));
  }

  private static double mscale(double factor, double weight) {
    return factor <= 1 ? 1 : 0.1 * weight * Math.log(factor) + 1;
  }

  private static RotaryScaling longRope(ConfigFields config, ConfigFields scaling, int dimensions)
      throws RejectedCheckpointException {
    int original = originalPositions(config, scaling);
    int longest = config.integer("max_position_embeddings", 1, ConfigBounds.POSITIONS);
    double factor = scaling.number("factor", 1e-6, LARGEST, (double) longest / original);
    double inferred = factor <= 1 ? 1 : Math.sqrt(1 + Math.log(factor) / Math.log(original));
    return new RotaryScaling.LongRope(
        scaling.numbers("short_factor", dimensions / 2, 1e-6, LARGEST),
        scaling.numbers("long_factor", dimensions / 2, 1e-6, LARGEST),
        original,
        scaling.number("attention_factor", 1e-6, LARGEST, inferred));
  }

  private static double factor(ConfigFields scaling) throws RejectedCheckpointException {
    return scaling.number("factor", 1, LARGEST);
  }

  /** Phi-3 writes the original length beside the scaling, the others within it. */
  private static int originalPositions(ConfigFields config, ConfigFields scaling)
      throws RejectedCheckpointException {
    String key = "original_max_position_embeddings";
    if (config.has(key)) {
      return config.integer(key, 2, ConfigBounds.POSITIONS);
    }
    int longest = config.integer("max_position_embeddings", 1, ConfigBounds.POSITIONS);
    return scaling.integer(key, 2, ConfigBounds.POSITIONS, longest);
  }
}
