package dev.assay.model.checkpoint;

/** The exact values of 16-bit floating-point numbers. */
final class NarrowFloat {
  private NarrowFloat() {}

  /** BF16 is the upper half of an F32 number. */
  static float fromBfloat16(short bits) {
    return Float.intBitsToFloat(bits << 16);
  }

  /**
   * F16: its exponent and fraction, read as those of an F32 number, are 2¹¹² too small. Infinity
   * and NaN would become large instead of special that way; both become NaN.
   */
  static float fromFloat16(short bits) {
    float magnitude = Float.intBitsToFloat((bits & 0x7fff) << 13) * 0x1p112f;
    if ((bits & 0x7c00) == 0x7c00) {
      return Float.NaN;
    }
    return bits < 0 ? -magnitude : magnitude;
  }
}
