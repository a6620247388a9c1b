package dev.assay.chain.metadata;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * A value of any type of a runtime. A composite of one unnamed field is its field: an account is
 * its 32 bytes, a {@code NetUid(u16)} its number. The accessors fail with a {@link ShapeException}
 * where the value has another shape.
 */
public sealed interface Value {
  /** A boolean. */
  record Bool(boolean value) implements Value {}

  /** An integer of at most 63 bits and sign, whatever its type. */
  record Int(long value) implements Value {}

  /** An integer that {@link Int} cannot hold. */
  record BigInt(BigInteger value) implements Value {}

  /** A text. */
  record Text(String value) implements Value {}

  /** One of an enumeration's variants; {@code fields} is a {@link Struct} or {@link Sequence}. */
  record Variant(String name, int index, Value fields) implements Value {}

  /** A tuple, or a sequence of what are neither bytes nor integers. */
  final class Sequence implements Value {
    static final Sequence EMPTY = new Sequence(List.of());

    private final List<Value> values;

    Sequence(List<Value> values) {
      this.values = values;
    }

    @Override
    public boolean equals(Object other) {
      return other instanceof Sequence that && values.equals(that.values);
    }

    @Override
    public int hashCode() {
      return values.hashCode();
    }

    @Override
    public String toString() {
      return values.toString();
    }
  }

  /** Bytes: a sequence or array of u8. */
  record Bytes(dev.assay.chain.scale.Bytes value) implements Value {
    Bytes(byte[] bytes) {
      this(new dev.assay.chain.scale.Bytes(bytes));
    }

    @Override
    public String toString() {
      return value.toString();
    }
  }

  /** A sequence or array of integers, each of at most 63 bits and sign. */
  final class Ints implements Value {
    private final long[] values;

    Ints(long[] values) {
      this.values = values;
    }

    @Override
    public boolean equals(Object other) {
      return other instanceof Ints that && Arrays.equals(values, that.values);
    }

    @Override
    public int hashCode() {
      return Arrays.hashCode(values);
    }

    @Override
    public String toString() {
      return Arrays.toString(values);
    }
  }

  /** Named fields in their order. */
  final class Struct implements Value {
    private final List<String> names;
    private final Value[] values;

    Struct(List<String> names, Value[] values) {
      this.names = names;
      this.values = values;
    }

    /** The names in their order. */
    public List<String> names() {
      return names;
    }

    @Override
    public boolean equals(Object other) {
      return other instanceof Struct that
          && names.equals(that.names)
          && Arrays.equals(values, that.values);
    }

    @Override
    public int hashCode() {
      return Objects.hash(names, Arrays.hashCode(values));
    }

    @Override
    public String toString() {
      Map<String, Value> shown = new LinkedHashMap<>();
      for (int i = 0; i < values.length; i++) {
        shown.put(names.get(i), values[i]);
      }
      return shown.toString();
    }
  }

  /** The value of no bytes. */
  static Value empty() {
    return Sequence.EMPTY;
  }

  /** An integer. */
  static Value of(long value) {
    return new Int(value);
  }

  /** An integer of any size. */
  static Value of(BigInteger value) {
    return value.bitLength() <= 63 ? new Int(value.longValue()) : new BigInt(value);
  }

  /** A boolean. */
  static Value of(boolean value) {
    return new Bool(value);
  }

  /** A text. */
  static Value of(String value) {
    return new Text(value);
  }

  /** Bytes, which are copied. */
  static Value of(byte[] bytes) {
    return new Bytes(bytes.clone());
  }

  /** A sequence of integers, which are copied. */
  static Value of(long[] values) {
    return new Ints(values.clone());
  }

  /** A tuple, or a sequence. */
  static Value of(List<? extends Value> values) {
    return new Sequence(List.copyOf(values));
  }

  /** Named fields, in the map's order. */
  static Value struct(Map<String, ? extends Value> fields) {
    return new Struct(List.copyOf(fields.keySet()), fields.values().toArray(Value[]::new));
  }

  /** A variant to be encoded, found by its name, with its fields in order. */
  static Value variant(String name, Value... fields) {
    return new Variant(name, -1, of(List.of(fields)));
  }

  /** What an Option holds: {@code Some(value)}. */
  static Value some(Value value) {
    return variant("Some", value);
  }

  /** An Option that holds nothing. */
  static Value none() {
    return variant("None");
  }

  /** The integer, which must fit {@code long}. */
  default long asLong() {
    if (this instanceof Int integer) {
      return integer.value;
    }
    throw unexpected("an integer of 63 bits");
  }

  /** The integer, which must fit {@code int}. */
  default int asInt() {
    long value = asLong();
    if (value != (int) value) {
      throw unexpected("an integer of 31 bits");
    }
    return (int) value;
  }

  /** The integer, of any size. */
  default BigInteger asBigInteger() {
    return this instanceof BigInt big ? big.value : BigInteger.valueOf(asLong());
  }

  /** The boolean. */
  default boolean asBoolean() {
    if (this instanceof Bool bool) {
      return bool.value;
    }
    throw unexpected("a boolean");
  }

  /** A copy of the bytes. An empty sequence of any type counts as no bytes. */
  default byte[] asBytes() {
    if (this instanceof Bytes bytes) {
      return bytes.value.raw().clone();
    }
    if (this instanceof Ints integers) {
      return narrowed(integers.values);
    }
    throw unexpected("bytes");
  }

  /**
   * A copy of so many bytes, of an account or a hash for instance.
   *
   * @throws ShapeException where there are more or fewer
   */
  default byte[] asBytes(int length) {
    byte[] bytes = asBytes();
    if (bytes.length != length) {
      throw unexpected(length + " bytes");
    }
    return bytes;
  }

  /** The text; bytes are read as UTF-8 with replacement of what is none. */
  default String asText() {
    return this instanceof Text text ? text.value : new String(asBytes(), StandardCharsets.UTF_8);
  }

  /** The elements of a sequence, tuple, integers, bytes, or struct. */
  default List<Value> asList() {
    if (this instanceof Sequence sequence) {
      return Collections.unmodifiableList(sequence.values);
    }
    if (this instanceof Struct struct) {
      return List.of(struct.values);
    }
    if (this instanceof Text || this instanceof Variant) {
      throw unexpected("a sequence");
    }
    List<Value> elements = new ArrayList<>();
    for (long value : asLongs()) {
      elements.add(new Int(value));
    }
    return elements;
  }

  /** The elements of a sequence of integers, each of which must fit {@code long}. */
  default long[] asLongs() {
    if (this instanceof Ints integers) {
      return integers.values.clone();
    }
    if (this instanceof Bytes bytes) {
      long[] values = new long[bytes.value.length()];
      Arrays.setAll(values, i -> bytes.value.raw()[i] & 0xff);
      return values;
    }
    if (this instanceof Sequence sequence) {
      return sequence.values.stream().mapToLong(Value::asLong).toArray();
    }
    throw unexpected("a sequence of integers");
  }

  /** The field of that name, of a struct or of a variant. */
  default Value field(String name) {
    return find(name).orElseThrow(() -> unexpected("a struct with the field " + name));
  }

  /** The field of that name, if a struct or variant has it. */
  default Optional<Value> find(String name) {
    if (this instanceof Variant variant) {
      return variant.fields.find(name);
    }
    if (this instanceof Struct struct) {
      int index = struct.names.indexOf(name);
      return index < 0 ? Optional.empty() : Optional.of(struct.values[index]);
    }
    return Optional.empty();
  }

  /** The only element of a tuple or of a variant's fields, or the element at {@code index}. */
  default Value at(int index) {
    List<Value> elements = this instanceof Variant variant ? variant.fields.asList() : asList();
    if (index < 0 || index >= elements.size()) {
      throw unexpected("at least " + (index + 1) + " elements");
    }
    return elements.get(index);
  }

  /** The variant. */
  default Variant asVariant() {
    if (this instanceof Variant variant) {
      return variant;
    }
    throw unexpected("a variant");
  }

  /** What an Option holds. */
  default Optional<Value> asOptional() {
    Variant variant = asVariant();
    return switch (variant.name) {
      case "None" -> Optional.empty();
      case "Some" -> Optional.of(variant.at(0));
      default -> throw unexpected("an option");
    };
  }

  private ShapeException unexpected(String expected) {
    return new ShapeException("expected " + expected + ", found " + Described.of(this));
  }

  private static byte[] narrowed(long[] values) {
    byte[] bytes = new byte[values.length];
    for (int i = 0; i < bytes.length; i++) {
      if (values[i] < 0 || values[i] > 255) {
        throw new ShapeException("expected bytes, found the integer " + values[i]);
      }
      bytes[i] = (byte) values[i];
    }
    return bytes;
  }
}
