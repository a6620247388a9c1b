package dev.assay.model.checkpoint;

/**
 * Ranges of a configuration's numbers: far above any real model, far below what would overflow an
 * int product's use.
 */
final class ConfigBounds {
  static final int VOCABULARY = 1 << 20;
  static final int HIDDEN = 1 << 16;
  static final int INTERMEDIATE = 1 << 18;
  static final int LAYERS = 512;
  static final int HEADS = 1024;
  static final int HEAD_SIZE = 1024;
  static final int POSITIONS = 1 << 24;
  static final int EXPERTS = 1024;

  /** Of all layers together; each is several tensors. */
  static final int ALL_EXPERTS = 1 << 15;

  /** Of a factor that a family multiplies activations by, as its reciprocal is of the least. */
  static final double MOST_MULTIPLIER = 1e6;

  static final double LEAST_EPSILON = 1e-12;
  static final double MOST_EPSILON = 0.1;

  private ConfigBounds() {}
}
