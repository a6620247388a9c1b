package dev.assay.model.config;

import dev.assay.model.architecture.Rotary;
import dev.assay.model.architecture.RotaryScaling;
import dev.assay.model.rejection.RejectedCheckpointException;
import java.util.List;
import java.util.Optional;

/**
 * Finds rotary embeddings in both spellings: rope_theta, partial_rotary_factor and rope_scaling
 * (transformers 4), or one rope_parameters object (transformers 5).
 */
public final class RotaryReader {
  private static final double THETA = 10_000;

  private static final double OLMO3_THETA = 500_000;
  private static final double LARGEST_THETA = 1e12;
  private static final String ROPE_THETA = "rope_theta";
  private static final String PARTIAL = "partial_rotary_factor";
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
  public static Rotary ofWholeHead(ConfigFields config, int headSize)
      throws RejectedCheckpointException {
    return ofWholeHead(config, headSize, THETA);
  }

  /** The same, whose base where the file says none is the family's own. */
  public static Rotary ofWholeHead(ConfigFields config, int headSize, double theta)
      throws RejectedCheckpointException {
    Rotary rotary =
        read(config, headSize, theta, ROPE_THETA, PARTIAL, 1, RotaryScalingReader::read);
    if (rotary.dimensions() != headSize) {
      // Transformers leaves the share unread in these families, or fails on it.
      throw config.contradiction("partial_rotary_factor is not 1; this family rotates whole heads");
    }
    return rotary;
  }

  /** The same, for a family whose own base transformers 4 and 5 give apart (Cohere). */
  public static Rotary ofWholeHeadWithBase(ConfigFields config, int headSize)
      throws RejectedCheckpointException {
    Optional<ConfigFields> parameters = config.object("rope_parameters");
    if (!(parameters.isPresent() ? parameters.get() : config).has(ROPE_THETA)) {
      throw config.contradiction("rope_theta is not there; state the base of the rotation");
    }
    return ofWholeHead(config, headSize);
  }

  /**
   * Of the families that rotate a head's leading dimensions.
   *
   * @param headSize dimensions of a head
   * @param fraction the family's share of rotated dimensions where the file says none
   */
  public static Rotary ofPartOfHead(ConfigFields config, int headSize, double fraction)
      throws RejectedCheckpointException {
    return read(config, headSize, THETA, ROPE_THETA, PARTIAL, fraction, RotaryScalingReader::read);
  }

  /** GPT-NeoX has names of its own for the two numbers beside the scaling. */
  public static Rotary ofGptNeox(ConfigFields config, int headSize)
      throws RejectedCheckpointException {
    Rotary rotary =
        read(
            config,
            headSize,
            THETA,
            "rotary_emb_base",
            "rotary_pct",
            0.25,
            RotaryScalingReader::read);
    config.requireSame(ROPE_THETA, "rotary_emb_base", rotary.theta());
    config.requireSame(PARTIAL, "rotary_pct", rotary.dimensions() / (double) headSize);
    return rotary;
  }

  /** Phi-3 knows LongRoPE under three names. */
  public static Rotary ofPhi3(ConfigFields config, int headSize)
      throws RejectedCheckpointException {
    return read(config, headSize, THETA, ROPE_THETA, PARTIAL, 1, RotaryScalingReader::ofPhi3);
  }

  /** Gemma 3's embedding of the layers that see everything. */
  public static Rotary ofFullLayers(ConfigFields config, int headSize)
      throws RejectedCheckpointException {
    requireWholeHeads(config);
    return ofLayers(config, FULL, ROPE_THETA, 1_000_000, headSize, config.object("rope_scaling"));
  }

  /**
   * Gemma 3's embedding of the layers that have a window, which no scaling stretches in
   * transformers 4's spelling.
   */
  public static Rotary ofSlidingLayers(ConfigFields config, int headSize)
      throws RejectedCheckpointException {
    return ofLayers(config, SLIDING, "rope_local_base_freq", 10_000, headSize, Optional.empty());
  }

  /** OLMo 3 stretches only the layers that see everything. */
  public static Rotary ofFullLayersOfOlmo3(ConfigFields config, int headSize)
      throws RejectedCheckpointException {
    requireWholeHeads(config);
    return ofLayers(config, FULL, ROPE_THETA, OLMO3_THETA, headSize, config.object("rope_scaling"));
  }

  public static Rotary ofSlidingLayersOfOlmo3(ConfigFields config, int headSize)
      throws RejectedCheckpointException {
    if (!config.has("rope_parameters")) {
      if (!config.has(ROPE_THETA)) {
        // Transformers 4 takes 10,000 then, transformers 5 500,000.
        throw config.contradiction("rope_theta is not there; this family's is 500000");
      }
      // Transformers 5 gives the number beside the scaling to the other layers alone.
      config.requireSame(ROPE_THETA, "that of layers with a window", OLMO3_THETA);
    }
    return ofLayers(config, SLIDING, ROPE_THETA, OLMO3_THETA, headSize, Optional.empty());
  }

  private static Rotary ofLayers(
      ConfigFields config,
      String layerType,
      String thetaKey,
      double otherwise,
      int headSize,
      Optional<ConfigFields> scaling)
      throws RejectedCheckpointException {
    double theta = config.number(thetaKey, 1, LARGEST_THETA, otherwise);
    Optional<ConfigFields> parameters = parameters(config);
    if (parameters.isEmpty()) {
      if (scaling.isPresent()) {
        requireFlat(scaling.get());
        scaling.get().requireSame(ROPE_THETA, thetaKey, theta);
        scaling.get().requireSame(PARTIAL, "this family's share", 1);
      }
      return rotary(config, scaling, headSize, theta);
    }
    Optional<ConfigFields> nested = parameters.get().object(layerType);
    if (nested.isEmpty()) {
      throw config.contradiction("rope_parameters lacks " + layerType);
    }
    double base = nested.get().number(ROPE_THETA, 1, LARGEST_THETA, theta);
    config.requireSame(thetaKey, "that of " + layerType, base);
    nested.get().requireSame(PARTIAL, "this family's share", 1);
    return rotary(config, nested, headSize, base);
  }

  private static void requireWholeHeads(ConfigFields config) throws RejectedCheckpointException {
    config.requireSame(PARTIAL, "this family's share", 1);
  }

  private static Rotary rotary(
      ConfigFields config, Optional<ConfigFields> scaling, int headSize, double theta)
      throws RejectedCheckpointException {
    int dimensions = dimensions(config, headSize, 1);
    return new Rotary(
        theta,
        dimensions,
        scaling.isEmpty()
            ? new RotaryScaling.None()
            : RotaryScalingReader.read(config, scaling.get(), dimensions));
  }

  private static Rotary read(
      ConfigFields config,
      int headSize,
      double familyTheta,
      String thetaKey,
      String shareKey,
      double fraction,
      ScalingReader reader)
      throws RejectedCheckpointException {
    Optional<ConfigFields> parameters = parameters(config);
    double theta = config.number(thetaKey, 1, LARGEST_THETA, familyTheta);
    double share = config.number(shareKey, 0, 1, fraction);
    if (parameters.isPresent()) {
      requireFlat(parameters.get());
      theta = parameters.get().number(ROPE_THETA, 1, LARGEST_THETA, theta);
      share = parameters.get().number(PARTIAL, 0, 1, share);
      config.requireSame(thetaKey, "rope_parameters.rope_theta", theta);
      config.requireSame(shareKey, "rope_parameters.partial_rotary_factor", share);
    }
    Optional<ConfigFields> scaling =
        parameters.isPresent() ? parameters : config.object("rope_scaling");
    int dimensions = dimensions(config, headSize, share);
    if (scaling.isEmpty()) {
      return new Rotary(theta, dimensions, new RotaryScaling.None());
    }
    requireFlat(scaling.get());
    // Transformers 5 reads them here in the older spelling too, transformers 4 only beside it.
    scaling.get().requireSame(ROPE_THETA, thetaKey, theta);
    scaling.get().requireSame(PARTIAL, shareKey, share);
    return new Rotary(theta, dimensions, reader.read(config, scaling.get(), dimensions));
  }

  private static Optional<ConfigFields> parameters(ConfigFields config)
      throws RejectedCheckpointException {
    if (config.has("rope_parameters") && config.has("rope_scaling")) {
      throw config.contradiction("rope_parameters and rope_scaling are both there; keep one");
    }
    Optional<ConfigFields> parameters = config.object("rope_parameters");
    if (parameters.isPresent() && config.names("rope_scaling")) {
      String type = parameters.get().text("rope_type", "default");
      if (!type.equals("default")) {
        // Transformers 4 reads no rope_parameters, and that file is in its spelling.
        throw config.contradiction("rope_scaling is null and rope_parameters is of type " + type);
      }
    }
    return parameters;
  }

  /** One set of parameters a layer type is Gemma 3's alone. */
  private static void requireFlat(ConfigFields scaling) throws RejectedCheckpointException {
    for (String layerType : List.of(FULL, SLIDING)) {
      if (scaling.names(layerType)) {
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
