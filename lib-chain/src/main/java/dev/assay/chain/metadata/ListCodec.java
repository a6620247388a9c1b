package dev.assay.chain.metadata;

import dev.assay.chain.scale.ScaleReader;
import dev.assay.chain.scale.ScaleWriter;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;

/** Sequences, and arrays of a fixed length. Bytes and integers have dense forms of their own. */
final class ListCodec extends Codec {
  /** The length of a sequence, which its bytes carry. */
  static final long ANY = -1;

  private final Codec[] codecs;
  private final int element;
  private final long fixedLength;

  ListCodec(Codec[] codecs, int element, long fixedLength) {
    this.codecs = codecs;
    this.element = element;
    this.fixedLength = fixedLength;
  }

  @Override
  Value decode(ScaleReader reader, int depth) {
    int inner = deeper(depth, reader);
    if (minimumSize() == 0) {
      // An array of any length whose elements take no bytes.
      return Value.empty();
    }
    Codec codec = codecs[element];
    int length = length(codec, reader);
    if (codec.minimumSize() == 0) {
      return new Value.Sequence(Collections.nCopies(length, Value.empty()));
    }
    if (codec instanceof IntegerCodec integers && integers.isNarrow()) {
      return integers.isByte()
          ? new Value.Bytes(reader.bytes(length))
          : integers(integers, reader, length);
    }
    Value[] values = new Value[length];
    for (int i = 0; i < length; i++) {
      values[i] = codec.decode(reader, inner);
    }
    return new Value.Sequence(Arrays.asList(values));
  }

  @Override
  void encode(Value value, ScaleWriter writer, int depth) {
    int inner = deeper(depth);
    if (minimumSize() == 0) {
      return;
    }
    Codec codec = codecs[element];
    if (codec instanceof IntegerCodec integers && integers.isByte()) {
      byte[] bytes = bytes(value);
      writeLength(bytes.length, writer);
      writer.bytes(bytes);
      return;
    }
    List<Value> elements = value.asList();
    writeLength(elements.size(), writer);
    for (Value each : elements) {
      codec.encode(each, writer, inner);
    }
  }

  private int length(Codec codec, ScaleReader reader) {
    if (fixedLength == ANY) {
      return reader.count(codec.minimumSize());
    }
    if (fixedLength * codec.minimumSize() > reader.remaining()) {
      throw reader.fail("an array of " + fixedLength + " elements exceeds what is left");
    }
    return (int) Math.min(fixedLength, Integer.MAX_VALUE);
  }

  private void writeLength(int length, ScaleWriter writer) {
    if (fixedLength == ANY) {
      writer.compact(length);
    } else if (length != fixedLength) {
      throw new ShapeException("expected " + fixedLength + " elements, found " + length);
    }
  }

  private static byte[] bytes(Value value) {
    return value instanceof Value.Text text
        ? text.value().getBytes(StandardCharsets.UTF_8)
        : value.asBytes();
  }

  private static Value integers(IntegerCodec integers, ScaleReader reader, int length) {
    long[] bits = new long[length];
    boolean negative = false;
    for (int i = 0; i < length; i++) {
      bits[i] = integers.bits(reader);
      negative |= bits[i] < 0;
    }
    if (!negative || !integers.isUnsigned64()) {
      return new Value.Ints(bits);
    }
    return new Value.Sequence(
        Arrays.stream(bits)
            .mapToObj(each -> Value.of(new BigInteger(Long.toUnsignedString(each))))
            .toList());
  }
}
