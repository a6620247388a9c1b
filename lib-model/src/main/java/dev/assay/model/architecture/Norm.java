package dev.assay.model.architecture;

/** How a family normalises activations. */
public enum Norm {
  /** Root mean square. */
  RMS,
  /** The same with 1 added to the stored weight. */
  RMS_PLUS_ONE,
  LAYER,
  /** The same with 1 added to the stored weight. */
  LAYER_PLUS_ONE,
  /** A layer norm without weights. */
  LAYER_BARE;

  /** Whether the mean is taken off. */
  public boolean isLayer() {
    return this == LAYER || this == LAYER_PLUS_ONE || this == LAYER_BARE;
  }

  /** Whether weights are stored less one. */
  public boolean addsOne() {
    return this == RMS_PLUS_ONE || this == LAYER_PLUS_ONE;
  }
}
