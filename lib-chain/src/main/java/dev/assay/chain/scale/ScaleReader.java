package dev.assay.chain.scale;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;

/**
 * Reads SCALE values one after the other. Every read is bounded by the input and fails with a
 * {@link ScaleException} that carries the offset. Not safe for concurrent use.
 */
public final class ScaleReader {
  private static final VarHandle SHORT =
      MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.LITTLE_ENDIAN);
  private static final VarHandle INT =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  private final byte[] input;
  private int offset;

  /** Reads {@code input} from its first byte; the array is not copied and must not change. */
  public ScaleReader(byte[] input) {
    this.input = Objects.requireNonNull(input, "input");
  }

  /** The bytes read so far. */
  public int offset() {
    return offset;
  }

  /** The bytes left. */
  public int remaining() {
    return input.length - offset;
  }

  /** Fails unless every byte was read. */
  public void end() {
    if (offset != input.length) {
      throw fail(remaining() + " bytes are left over");
    }
  }

  /** An unsigned byte, 0 to 255. */
  public int u8() {
    return input[take(1)] & 0xff;
  }

  /** An unsigned 16-bit integer, 0 to 65535. */
  public int u16() {
    return (short) SHORT.get(input, take(2)) & 0xffff;
  }

  /** An unsigned 32-bit integer, 0 to 2³²−1. */
  public long u32() {
    return (int) INT.get(input, take(4)) & 0xffffffffL;
  }

  /** The 64 bits of an unsigned integer; a value of 2⁶³ or more shows as negative. */
  public long u64() {
    return (long) LONG.get(input, take(8));
  }

  /** An unsigned 128-bit integer. */
  public BigInteger u128() {
    return unsigned(16);
  }

  /** An unsigned 256-bit integer. */
  public BigInteger u256() {
    return unsigned(32);
  }

  /** A signed byte. */
  public byte i8() {
    return input[take(1)];
  }

  /** A signed 16-bit integer. */
  public short i16() {
    return (short) SHORT.get(input, take(2));
  }

  /** A signed 32-bit integer. */
  public int i32() {
    return (int) INT.get(input, take(4));
  }

  /** A signed 64-bit integer. */
  public long i64() {
    return u64();
  }

  /** A signed 128-bit integer. */
  public BigInteger i128() {
    return new BigInteger(bigEndian(16));
  }

  /** A signed 256-bit integer. */
  public BigInteger i256() {
    return new BigInteger(bigEndian(32));
  }

  /** A boolean; a byte other than 0 and 1 is refused. */
  public boolean bool() {
    int value = u8();
    if (value > 1) {
      throw failBefore(1, "a boolean is 0 or 1, not " + value);
    }
    return value == 1;
  }

  /** A compact integer that fits {@code int}. */
  public int compactInt() {
    int start = offset;
    long value = compactLong();
    if (value < 0 || value > Integer.MAX_VALUE) {
      throw new ScaleException(
          start, "the compact " + Long.toUnsignedString(value) + " exceeds " + Integer.MAX_VALUE);
    }
    return (int) value;
  }

  /** The 64 bits of a compact unsigned integer of at most 2⁶⁴−1. */
  public long compactLong() {
    int first = u8();
    return switch (first & 3) {
      case 0 -> first >>> 2L;
      case 1 -> canonical(2, (first >>> 2) | (u8() << 6), 1L << 6);
      case 2 -> {
        offset--;
        yield canonical(4, u32() >>> 2, 1L << 14);
      }
      default -> wideCompact(first);
    };
  }

  /** A compact unsigned integer of at most 128 bits. */
  public BigInteger compact() {
    int first = remaining() > 0 ? input[offset] & 0xff : 0;
    int width = (first >>> 2) + 4;
    if ((first & 3) != 3 || width <= 8) {
      return unsigned(compactLong());
    }
    if (width > 16) {
      throw fail("a compact of " + width + " bytes exceeds 128 bits");
    }
    offset++;
    BigInteger value = unsigned(width);
    if (value.bitLength() <= 8 * (width - 1)) {
      throw failBefore(width + 1, "the compact " + value + " is written longer than needed");
    }
    return value;
  }

  /**
   * A compact count of elements to come, each of at least {@code minimumSize} bytes; a count that
   * the rest of the input cannot hold is refused. Elements of no size are bounded by the input's
   * length.
   */
  public int count(int minimumSize) {
    int start = offset;
    int count = compactInt();
    int limit = minimumSize == 0 ? input.length : remaining() / minimumSize;
    if (count > limit) {
      throw new ScaleException(
          start, "a count of " + count + " exceeds the " + limit + " that the input can hold");
    }
    return count;
  }

  /** {@code length} bytes as they are. */
  public byte[] bytes(int length) {
    int start = take(length);
    return Arrays.copyOfRange(input, start, start + length);
  }

  /** Passes over {@code length} bytes. */
  public void skip(int length) {
    take(length);
  }

  /** A compact length and that many bytes. */
  public byte[] byteVec() {
    return bytes(count(1));
  }

  /** A compact length and that many bytes of UTF-8; malformed UTF-8 is refused. */
  public String string() {
    int length = count(1);
    int start = take(length);
    try {
      return StandardCharsets.UTF_8
          .newDecoder()
          .decode(ByteBuffer.wrap(input, start, length))
          .toString();
    } catch (CharacterCodingException notUtf8) {
      throw new ScaleException(start, "a string of " + length + " bytes is not UTF-8");
    }
  }

  /** A compact count and that many elements, each of at least one byte. */
  public <T> List<T> vec(Function<? super ScaleReader, ? extends T> element) {
    int count = count(1);
    List<T> elements = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      elements.add(element.apply(this));
    }
    return elements;
  }

  /** A byte 0 for nothing, or 1 and the value. */
  public <T> Optional<T> option(Function<? super ScaleReader, ? extends T> value) {
    int tag = u8();
    if (tag > 1) {
      throw failBefore(1, "an option starts with 0 or 1, not " + tag);
    }
    return tag == 0 ? Optional.empty() : Optional.of(value.apply(this));
  }

  /** An exception at the present offset. */
  public ScaleException fail(String message) {
    return new ScaleException(offset, message);
  }

  private ScaleException failBefore(int bytes, String message) {
    return new ScaleException(offset - bytes, message);
  }

  private int take(int length) {
    int start = offset;
    if (length < 0 || length > input.length - start) {
      throw fail(length + " bytes are needed, " + remaining() + " are left");
    }
    offset = start + length;
    return start;
  }

  private long canonical(int width, long value, long minimum) {
    if (value < minimum) {
      throw failBefore(width, "the compact " + value + " is written longer than needed");
    }
    return value;
  }

  private long wideCompact(int first) {
    int width = (first >>> 2) + 4;
    if (width > 8) {
      throw failBefore(1, "a compact of " + width + " bytes exceeds 64 bits");
    }
    int start = take(width);
    long value = 0;
    for (int i = width - 1; i >= 0; i--) {
      value = (value << 8) | (input[start + i] & 0xff);
    }
    boolean shortest = width == 4 ? value >>> 30 != 0 : value >>> (8 * (width - 1)) != 0;
    if (!shortest) {
      throw failBefore(
          width + 1,
          "the compact " + Long.toUnsignedString(value) + " is written longer than needed");
    }
    return value;
  }

  private BigInteger unsigned(int width) {
    return new BigInteger(1, bigEndian(width));
  }

  private static BigInteger unsigned(long bits) {
    return bits >= 0 ? BigInteger.valueOf(bits) : new BigInteger(Long.toUnsignedString(bits));
  }

  private byte[] bigEndian(int width) {
    int start = take(width);
    byte[] reversed = new byte[width];
    for (int i = 0; i < width; i++) {
      reversed[i] = input[start + width - 1 - i];
    }
    return reversed;
  }
}
