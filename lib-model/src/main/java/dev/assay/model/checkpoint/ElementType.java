package dev.assay.model.checkpoint;

import java.util.Optional;

/**
 * The element types of the safetensors format that are whole bytes wide; the constants carry the
 * format's own names.
 */
public enum ElementType {
  F64(8),
  F32(4),
  F16(2),
  BF16(2),
  I64(8),
  I32(4),
  I16(2),
  I8(1),
  U8(1),
  BOOL(1);

  private final int bytes;

  ElementType(int bytes) {
    this.bytes = bytes;
  }

  /** Bytes of one element. */
  public int bytes() {
    return bytes;
  }

  /** Whether model weights may have this type: F32, F16 or BF16. */
  public boolean holdsWeights() {
    return this == F32 || this == F16 || this == BF16;
  }

  static Optional<ElementType> named(String name) {
    for (ElementType dtype : values()) {
      if (dtype.name().equals(name)) {
        return Optional.of(dtype);
      }
    }
    return Optional.empty();
  }
}
