package dev.assay.model.causal;

import java.util.Locale;

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

  /**
   * The precision of that name, as configurations and tables spell it.
   *
   * @throws IllegalArgumentException if there is none
   */
  public static Precision named(String text) {
    for (Precision precision : values()) {
      if (precision.text().equals(text)) {
        return precision;
      }
    }
    throw new IllegalArgumentException("there is no precision " + text + "; f32 or bf16");
  }

  /** Its name in configurations and tables: f32 or bf16. */
  public String text() {
    return name().toLowerCase(Locale.ROOT);
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
