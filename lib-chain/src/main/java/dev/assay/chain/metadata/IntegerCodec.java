package dev.assay.chain.metadata;

import dev.assay.chain.scale.ScaleReader;
import dev.assay.chain.scale.ScaleWriter;
import java.math.BigInteger;

/** Integers of fixed width, and compact ones. */
final class IntegerCodec extends Codec {
  private static final Value.Int[] SMALL = new Value.Int[1024];

  static {
    for (int i = 0; i < SMALL.length; i++) {
      SMALL[i] = new Value.Int(i);
    }
  }

  private final Type.Primitive primitive;
  private final boolean compact;

  IntegerCodec(Type.Primitive primitive, boolean compact) {
    this.primitive = primitive;
    this.compact = compact;
  }

  boolean isByte() {
    return primitive == Type.Primitive.U8 && !compact;
  }

  /** Whether every value fits 64 bits. */
  boolean isNarrow() {
    return switch (primitive) {
      case U128, U256, I128, I256 -> false;
      default -> true;
    };
  }

  /** The 64 bits of a narrow integer; an unsigned one of 2⁶³ or more shows as negative. */
  long bits(ScaleReader reader) {
    if (compact) {
      return checkedCompact(reader);
    }
    return switch (primitive) {
      case U8 -> reader.u8();
      case U16 -> reader.u16();
      case CHAR, U32 -> reader.u32();
      case I8 -> reader.i8();
      case I16 -> reader.i16();
      case I32 -> reader.i32();
      default -> reader.u64();
    };
  }

  boolean isUnsigned64() {
    return primitive == Type.Primitive.U64;
  }

  @Override
  Value decode(ScaleReader reader, int depth) {
    if (!isNarrow()) {
      return Value.of(wide(reader));
    }
    long bits = bits(reader);
    if (bits < 0 && isUnsigned64()) {
      return new Value.BigInt(new BigInteger(Long.toUnsignedString(bits)));
    }
    return bits >= 0 && bits < SMALL.length ? SMALL[(int) bits] : new Value.Int(bits);
  }

  @Override
  void encode(Value value, ScaleWriter writer, int depth) {
    BigInteger integer = value.asBigInteger();
    if (compact) {
      requireWidth(integer);
      writer.compact(integer);
      return;
    }
    switch (primitive) {
      case U8 -> writer.u8(exact(integer));
      case U16 -> writer.u16(exact(integer));
      case CHAR, U32 -> writer.u32(value.asLong());
      case U64 -> {
        requireWidth(integer);
        writer.u64(integer.longValue());
      }
      case U128 -> writer.u128(integer);
      case U256 -> writer.u256(integer);
      case I8 -> writer.i8(exact(integer));
      case I16 -> writer.i16(exact(integer));
      case I32 -> writer.i32(exact(integer));
      case I64 -> writer.i64(value.asLong());
      case I128 -> writer.i128(integer);
      default -> writer.i256(integer);
    }
  }

  private BigInteger wide(ScaleReader reader) {
    if (compact) {
      return reader.compact();
    }
    return switch (primitive) {
      case U128 -> reader.u128();
      case U256 -> reader.u256();
      case I128 -> reader.i128();
      default -> reader.i256();
    };
  }

  private long checkedCompact(ScaleReader reader) {
    long bits = reader.compactLong();
    long limit = unsignedLimit();
    if (limit > 0 && (bits < 0 || bits > limit)) {
      throw reader.fail("the compact " + Long.toUnsignedString(bits) + " exceeds " + limit);
    }
    return bits;
  }

  private long unsignedLimit() {
    return switch (primitive) {
      case U8 -> 0xff;
      case U16 -> 0xffff;
      case U32 -> 0xffffffffL;
      default -> 0;
    };
  }

  private void requireWidth(BigInteger integer) {
    long limit = unsignedLimit();
    int bits = isNarrow() ? 64 : 128;
    boolean fits =
        limit > 0 ? integer.compareTo(BigInteger.valueOf(limit)) <= 0 : integer.bitLength() <= bits;
    if (integer.signum() < 0 || !fits) {
      throw new ShapeException(integer + " is outside the range of " + primitive);
    }
  }

  private int exact(BigInteger integer) {
    if (integer.bitLength() > 31) {
      throw new ShapeException(integer + " is outside the range of " + primitive);
    }
    return integer.intValue();
  }
}
