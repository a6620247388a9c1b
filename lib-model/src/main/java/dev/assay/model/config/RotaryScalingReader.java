package dev.assay.model.config;

import dev.assay.model.architecture.RotaryScaling;
import dev.assay.model.rejection.RejectedCheckpointException;

/**
 * Reads the object that describes a rotary scaling; what follows from other numbers is computed as
 * transformers does.
 */
final class RotaryScalingReader {
  private static final double LARGEST = 1e9;
  private static final String ORIGINAL = "original_max_position_embeddings";
  private static final double LEAST = 1e-6;

  private RotaryScalingReader() {}

  static RotaryScaling read(ConfigFields config, ConfigFields scaling, int dimensions)
      throws RejectedCheckpointException {
    String key = typeKey(config, scaling);
    return switch (scaling.text(key, "default")) {
      case "default" -> new RotaryScaling.None();
      case "linear" -> new RotaryScaling.Linear(factor(scaling));
      case "dynamic" -> dynamic(config, scaling, dimensions);
      case "yarn" -> yarn(scaling, originalPositions(config, scaling));
      case "llama3" -> llama3(scaling, originalPositions(config, scaling));
      case "longrope" -> {
        int original = originalPositions(config, scaling);
        if (config.has("rope_scaling")) {
          // Transformers 4 does not read it within the scaling.
          scaling.requireSame(ORIGINAL, "max_position_embeddings", longest(config));
        }
        yield longRope(config, scaling, dimensions, original);
      }
      default -> throw scaling.unsupported(key, "default, linear, dynamic, yarn, llama3, longrope");
    };
  }

  /**
   * Phi-3's older names for LongRoPE were su and yarn; its original length is 4,096 unless the file
   * says otherwise.
   */
  static RotaryScaling ofPhi3(ConfigFields config, ConfigFields scaling, int dimensions)
      throws RejectedCheckpointException {
    String key = typeKey(config, scaling);
    return switch (scaling.text(key, "default")) {
      case "default" -> new RotaryScaling.None();
      case "longrope", "su", "yarn" ->
          longRope(config, scaling, dimensions, originalPositionsOfPhi3(config, scaling));
      default -> throw scaling.unsupported(key, "default, longrope");
    };
  }

  /** Transformers 4 prefers one of the names, transformers 5 the other, and 4 wants one of them. */
  private static String typeKey(ConfigFields config, ConfigFields scaling)
      throws RejectedCheckpointException {
    boolean named = scaling.names("rope_type");
    if (named && scaling.names("type")) {
      String type = scaling.text("rope_type", "");
      if (!type.equals(scaling.text("type", ""))) {
        throw scaling.contradiction("rope_type and type differ; keep one");
      }
    }
    if (!named && !scaling.names("type") && !config.has("rope_parameters")) {
      throw scaling.contradiction("rope_scaling has no rope_type");
    }
    return named ? "rope_type" : "type";
  }

  private static RotaryScaling dynamic(ConfigFields config, ConfigFields scaling, int dimensions)
      throws RejectedCheckpointException {
    if (dimensions < 4) {
      throw config.contradiction("dynamic scaling needs at least 4 rotated dimensions");
    }
    return new RotaryScaling.Dynamic(factor(scaling), longest(config));
  }

  private static RotaryScaling yarn(ConfigFields scaling, int original)
      throws RejectedCheckpointException {
    double factor = factor(scaling);
    double mscale = scaling.numberOrNull("mscale", 0, LARGEST, 0);
    double mscaleAll = scaling.numberOrNull("mscale_all_dim", 0, LARGEST, 0);
    double inferred =
        mscale > 0 && mscaleAll > 0
            ? mscale(factor, mscale) / mscale(factor, mscaleAll)
            : mscale(factor, 1);
    return new RotaryScaling.Yarn(
        factor,
        original,
        scaling.numberOrNull("beta_fast", LEAST, LARGEST, 32),
        scaling.numberOrNull("beta_slow", LEAST, LARGEST, 1),
        scaling.numberOrNull("attention_factor", LEAST, LARGEST, inferred),
        scaling.flag("truncate", true));
  }

  private static double mscale(double factor, double weight) {
    return factor <= 1 ? 1 : 0.1 * weight * Math.log(factor) + 1;
  }

  private static RotaryScaling llama3(ConfigFields scaling, int original)
      throws RejectedCheckpointException {
    double low = scaling.number("low_freq_factor", LEAST, LARGEST);
    double high = scaling.number("high_freq_factor", LEAST, LARGEST);
    if (high <= low) {
      throw scaling.contradiction(
          "high_freq_factor is " + high + "; it must be above low_freq_factor, " + low);
    }
    return new RotaryScaling.Llama3(factor(scaling), low, high, original);
  }

  private static RotaryScaling longRope(
      ConfigFields config, ConfigFields scaling, int dimensions, int original)
      throws RejectedCheckpointException {
    double factor = scaling.number("factor", LEAST, LARGEST, (double) longest(config) / original);
    double inferred = factor <= 1 ? 1 : Math.sqrt(1 + Math.log(factor) / Math.log(original));
    return new RotaryScaling.LongRope(
        scaling.numbers("short_factor", dimensions / 2, LEAST, LARGEST),
        scaling.numbers("long_factor", dimensions / 2, LEAST, LARGEST),
        original,
        scaling.numberOrNull("attention_factor", LEAST, LARGEST, inferred));
  }

  private static double factor(ConfigFields scaling) throws RejectedCheckpointException {
    return scaling.number("factor", 1, LARGEST);
  }

  private static int longest(ConfigFields config) throws RejectedCheckpointException {
    return config.integer("max_position_embeddings", 1, ConfigBounds.POSITIONS);
  }

  /** Within the scaling, else the longest length; beside it only Phi-3 has it. */
  private static int originalPositions(ConfigFields config, ConfigFields scaling)
      throws RejectedCheckpointException {
    int original = scaling.integer(ORIGINAL, 2, ConfigBounds.POSITIONS, longest(config));
    config.requireSame(ORIGINAL, "the scaling's", original);
    return original;
  }

  /** Within the scaling and beside it, where it is 4,096 if no file says otherwise. */
  private static int originalPositionsOfPhi3(ConfigFields config, ConfigFields scaling)
      throws RejectedCheckpointException {
    int original = config.integer(ORIGINAL, 2, ConfigBounds.POSITIONS, 4096);
    scaling.requireSame(ORIGINAL, "that beside the scaling", original);
    return original;
  }
}
