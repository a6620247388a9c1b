package dev.assay.chain.scale;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collection;
import java.util.Optional;
import java.util.function.BiConsumer;

/**
 * Writes SCALE values one after the other. A value outside its type's range is refused with an
 * {@link IllegalArgumentException}. Not safe for concurrent use.
 */
public final class ScaleWriter {
  private byte[] output = new byte[64];
  private int length;

  /** The bytes written so far. */
  public byte[] toByteArray() {
    return Arrays.copyOf(output, length);
  }

  /** How many bytes are written so far. */
  public int length() {
    return length;
  }

  /** An unsigned byte, 0 to 255. */
  public ScaleWriter u8(int value) {
    return littleEndian(within(value, 0, 0xff, "u8"), 1);
  }

  /** An unsigned 16-bit integer, 0 to 65535. */
  public ScaleWriter u16(int value) {
    return littleEndian(within(value, 0, 0xffff, "u16"), 2);
  }

  /** An unsigned 32-bit integer, 0 to 2³²−1. */
  public ScaleWriter u32(long value) {
    return littleEndian(within(value, 0, 0xffffffffL, "u32"), 4);
  }

  /** The 64 bits of an unsigned integer. */
  public ScaleWriter u64(long bits) {
    return littleEndian(bits, 8);
  }

  /** An unsigned 128-bit integer. */
  public ScaleWriter u128(BigInteger value) {
    return unsigned(value, 16);
  }

  /** An unsigned 256-bit integer. */
  public ScaleWriter u256(BigInteger value) {
    return unsigned(value, 32);
  }

  /** A signed byte. */
  public ScaleWriter i8(int value) {
    return littleEndian(within(value, Byte.MIN_VALUE, Byte.MAX_VALUE, "i8"), 1);
  }

  /** A signed 16-bit integer. */
  public ScaleWriter i16(int value) {
    return littleEndian(within(value, Short.MIN_VALUE, Short.MAX_VALUE, "i16"), 2);
  }

  /** A signed 32-bit integer. */
  public ScaleWriter i32(int value) {
    return littleEndian(value, 4);
  }

  /** A signed 64-bit integer. */
  public ScaleWriter i64(long value) {
    return littleEndian(value, 8);
  }

  /** A signed 128-bit integer. */
  public ScaleWriter i128(BigInteger value) {
    return signed(value, 16);
  }

  /** A signed 256-bit integer. */
  public ScaleWriter i256(BigInteger value) {
    return signed(value, 32);
  }

  /** A boolean. */
  public ScaleWriter bool(boolean value) {
    return littleEndian(value ? 1 : 0, 1);
  }

  /** The compact form of the 64 bits of an unsigned integer. */
  public ScaleWriter compact(long bits) {
    if (Long.compareUnsigned(bits, 1L << 6) < 0) {
      return littleEndian(bits << 2, 1);
    }
    if (Long.compareUnsigned(bits, 1L << 14) < 0) {
      return littleEndian((bits << 2) | 1, 2);
    }
    if (Long.compareUnsigned(bits, 1L << 30) < 0) {
      return littleEndian((bits << 2) | 2, 4);
    }
    int width = Math.max(4, (71 - Long.numberOfLeadingZeros(bits)) / 8);
    return littleEndian(((width - 4) << 2) | 3, 1).littleEndian(bits, width);
  }

  /** The compact form of an unsigned integer of at most 128 bits. */
  public ScaleWriter compact(BigInteger value) {
    if (value.signum() < 0 || value.bitLength() > 128) {
      throw new IllegalArgumentException(value + " is outside the range of a compact u128");
    }
    if (value.bitLength() <= 64) {
      return compact(value.longValue());
    }
    int width = (value.bitLength() + 7) / 8;
    return littleEndian(((width - 4) << 2) | 3, 1).unsigned(value, width);
  }

  /** The bytes as they are. */
  public ScaleWriter bytes(byte[] value) {
    reserve(value.length);
    System.arraycopy(value, 0, output, length, value.length);
    length += value.length;
    return this;
  }

  /** A compact length and the bytes. */
  public ScaleWriter byteVec(byte[] value) {
    return compact(value.length).bytes(value);
  }

  /** A compact length and the text's UTF-8. */
  public ScaleWriter string(String value) {
    return byteVec(value.getBytes(StandardCharsets.UTF_8));
  }

  /** A compact count and the elements. */
  public <T> ScaleWriter vec(
      Collection<T> elements, BiConsumer<? super ScaleWriter, ? super T> element) {
    compact(elements.size());
    elements.forEach(each -> element.accept(this, each));
    return this;
  }

  /** A byte 0 for nothing, or 1 and the value. */
  public <T> ScaleWriter option(
      Optional<T> value, BiConsumer<? super ScaleWriter, ? super T> present) {
    bool(value.isPresent());
    value.ifPresent(each -> present.accept(this, each));
    return this;
  }

  private ScaleWriter littleEndian(long bits, int width) {
    reserve(width);
    for (int i = 0; i < width; i++) {
      output[length++] = (byte) (bits >>> (8 * i));
    }
    return this;
  }

  private ScaleWriter unsigned(BigInteger value, int width) {
    if (value.signum() < 0 || value.bitLength() > 8 * width) {
      throw new IllegalArgumentException(value + " is outside the range of u" + 8 * width);
    }
    return extended(value, width);
  }

  private ScaleWriter signed(BigInteger value, int width) {
    if (value.bitLength() >= 8 * width) {
      throw new IllegalArgumentException(value + " is outside the range of i" + 8 * width);
    }
    return extended(value, width);
  }

  private ScaleWriter extended(BigInteger value, int width) {
    byte[] bigEndian = value.toByteArray();
    byte sign = (byte) (value.signum() < 0 ? 0xff : 0);
    reserve(width);
    for (int i = 0; i < width; i++) {
      output[length++] = i < bigEndian.length ? bigEndian[bigEndian.length - 1 - i] : sign;
    }
    return this;
  }

  private static long within(long value, long minimum, long maximum, String type) {
    if (value < minimum || value > maximum) {
      throw new IllegalArgumentException(value + " is outside the range of " + type);
    }
    return value;
  }

  private void reserve(int more) {
    if (more > output.length - length) {
      output = Arrays.copyOf(output, Math.max(Math.addExact(length, more), 2 * output.length));
    }
  }
}
