package dev.assay.model.config;

/**
 * Ranges of a configuration's numbers: far above any real model, far below what would overflow an
 * int product's use.
 */
public final class ConfigBounds {
  public static final int VOCABULARY = 1 << 20;
  public static final int HIDDEN = 1 << 16;
  public static final int INTERMEDIATE = 1 << 18;
  public static final int LAYERS = 512;
  public static final int HEADS = 1024;
  public static final int HEAD_SIZE = 1024;
  public static final int POSITIONS = 1 << 24;
  public static final int EXPERTS = 1024;

  /** Of all layers together; each is several tensors. */
  public static final int ALL_EXPERTS = 1 << 15;

  /** Of a factor that a family multiplies activations by, as its reciprocal is of the least. */
  public static final double MOST_MULTIPLIER = 1e6;

  public static final double LEAST_EPSILON = 1e-12;
  public static final double MOST_EPSILON = 0.1;

  private ConfigBounds() {}
}
