package dev.assay.model.checkpoint;

import java.util.List;
import java.util.Optional;

/**
 * Finds rotary embeddings in both spellings: rope_theta, partial_rotary_factor and rope_scaling
 * (transformers 4), or one rope_parameters object (transformers 5).
 */
final class RotaryReader {
  static final double THETA = 10_000;

  private static final double LARGEST_THETA = 1e12;
  private static final String FULL = "full_attention";
  private static final String SLIDING = "sliding_attention";

  private RotaryReader() {}

  /** How a family reads the object that describes the scaling. */
  @FunctionalInterface
  private interface ScalingReader {
    RotaryScaling read(ConfigFields config, ConfigFields scaling, int dimensions)
        throws RejectedCheckpointException;
  }

  /** Of the families that rotate all of a head. */
  static Rotary ofWholeHead(ConfigFields config, int headSize) throws RejectedCheckpointException {
    Rotary rotary = read(config, headSize, 1, THETA, RotaryScalingReader::read);
    if (rotary.dimensions() != headSize) {
      // Transformers leaves the share unread in these families, or fails on it.
      throw config.contradiction("partial_rotary_factor is not 1; this family rotates whole heads");
    }
    return rotary;
  }

  /**
   * Of the families that rotate a head's leading dimensions.
   *
   * @param headSize dimensions of a head
   * @param fraction the family's share of rotated dimensions where the file says none
   * @param theta the family's base where the file says none
   */
  static Rotary ofPartOfHead(ConfigFields config, int headSize, double fraction, double theta)
      throws RejectedCheckpointException {
    return read(config, headSize, fraction, theta, RotaryScalingReader::read);
  }

  /** Phi-3 knows LongRoPE under three names. */
  static Rotary ofPhi3(ConfigFields config, int headSize) throws RejectedCheckpointException {
    return read(config, headSize, 1, THETA, RotaryScalingReader::ofPhi3);
  }

  /** Gemma 3's embedding of the layers that see everything. */
  static Rotary ofFullLayers(ConfigFields config, int headSize) throws RejectedCheckpointException {
    double theta = config.number("rope_theta", 1, LARGEST_THETA, 1_000_000);
    Optional<ConfigFields> nested = nested(config, FULL);
    Optional<ConfigFields> scaling = nested.isPresent() ? nested : config.object("rope_scaling");
    return rotary(config, scaling, headSize, theta);
  }

  /**
   * Gemma 3's embedding of the layers that have a window, which no scaling stretches in
   * transformers 4's spelling.
   */
  static Rotary ofSlidingLayers(ConfigFields config, int headSize)
      throws RejectedCheckpointException {
    double theta = config.number("rope_local_base_freq", 1, LARGEST_THETA, 10_000);
    return rotary(config, nested(config, SLIDING), headSize, theta);
  }

  private static Optional<ConfigFields> nested(ConfigFields config, String layerType)
      throws RejectedCheckpointException {
    Optional<ConfigFields> parameters = parameters(config);
    return parameters.isPresent() ? parameters.get().object(layerType) : Optional.empty();
  }

  private static Rotary rotary(
      ConfigFields config, Optional<ConfigFields> parameters, int headSize, double theta)
      throws RejectedCheckpointException {
    int dimensions = dimensions(config, headSize, 1);
    if (parameters.isEmpty()) {
      return new Rotary(theta, dimensions, new RotaryScaling.None());
    }
    double base = parameters.get().number("rope_theta", 1, LARGEST_THETA, theta);
    return new Rotary(
        base, dimensions, RotaryScalingReader.read(config, parameters.get(), dimensions));
  }

  private static Rotary read(
      ConfigFields config, int headSize, double fraction, double theta, ScalingReader reader)
      throws RejectedCheckpointException {
    Optional<ConfigFields> parameters = parameters(config);
    Optional<ConfigFields> scaling =
        parameters.isPresent() ? parameters : config.object("rope_scaling");
    double outerBase = config.number("rope_theta", 1, LARGEST_THETA, theta);
    double outerShare = config.number("partial_rotary_factor", 0, 1, fraction);
    if (scaling.isEmpty()) {
      int dimensions = dimensions(config, headSize, outerShare);
      return new Rotary(outerBase, dimensions, new RotaryScaling.None());
    }
    requireFlat(scaling.get());
    double base = scaling.get().number("rope_theta", 1, LARGEST_THETA, outerBase);
    double share = scaling.get().number("partial_rotary_factor", 0, 1, outerShare);
    int dimensions = dimensions(config, headSize, share);
    return new Rotary(base, dimensions, reader.read(config, scaling.get(), dimensions));
  }

  private static Optional<ConfigFields> parameters(ConfigFields config)
      throws RejectedCheckpointException {
    if (config.has("rope_parameters") && config.has("rope_scaling")) {
      throw config.contradiction("rope_parameters and rope_scaling are both there; keep one");
    }
    return config.object("rope_parameters");
  }

  /** One set of parameters a layer type is Gemma 3's alone. */
  private static void requireFlat(ConfigFields scaling) throws RejectedCheckpointException {
    for (String layerType : List.of(FULL, SLIDING)) {
      if (scaling.has(layerType)) {
        throw scaling.unsupported(layerType, "one set of parameters for all layers");
      }
    }
  }

  private static int dimensions(ConfigFields config, int headSize, double share)
      throws RejectedCheckpointException {
    int dimensions = (int) (headSize * share);
    if (dimensions < 2 || dimensions % 2 != 0) {
      throw config.contradiction(
          "a head of "
              + headSize
              + " rotates "
              + dimensions
              + " dimensions; it must be an even number, at least 2");
    }
    return dimensions;
  }
}
