package dev.assay.model.causal;

import dev.assay.model.checkpoint.ElementType;

/** PyTorch's numbers of the types that weights have in files (c10::ScalarType). */
final class ScalarTypes {
  private ScalarTypes() {}

  static int of(ElementType dtype) {
    return switch (dtype) {
      case F16 -> 5;
      case F32 -> 6;
      case BF16 -> 15;
      default -> throw new IllegalArgumentException("weights cannot be " + dtype);
    };
  }
}
