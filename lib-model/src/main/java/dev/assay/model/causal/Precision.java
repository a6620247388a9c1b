package dev.assay.model.causal;

/**
 * The type that weights and activations have while the decoder runs; reductions are f32 in both.
 */
public enum Precision {
  F32(6, 4),
  BF16(15, 2);

  private final int scalarType;
  private final int bytes;

  Precision(int scalarType, int bytes) {
    this.scalarType = scalarType;
    this.bytes = bytes;
  }

  /** PyTorch's number of the type (c10::ScalarType). */
  int scalarType() {
    return scalarType;
  }

  /** Bytes of one element. */
  public int bytes() {
    return bytes;
  }
}
