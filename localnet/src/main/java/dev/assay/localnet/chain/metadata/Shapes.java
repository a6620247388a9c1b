package dev.assay.localnet.chain.metadata;

import dev.assay.chain.keys.AccountId;
import dev.assay.chain.scale.ScaleException;
import dev.assay.chain.scale.ScaleReader;
import dev.assay.chain.scale.ScaleWriter;
import dev.assay.localnet.bytes.Bytes32;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Function;

/**
 * The building blocks of types. Unsigned integers of up to 16 bits are {@code Integer}, of 32 bits
 * {@code Long}; 64 bits are the bits of a {@code Long}, to be compared as unsigned.
 */
public final class Shapes {
  public static final Shape<Integer> U8 = primitive("u8", 1, ScaleWriter::u8, ScaleReader::u8);
  public static final Shape<Integer> U16 = primitive("u16", 2, ScaleWriter::u16, ScaleReader::u16);
  public static final Shape<Long> U32 = primitive("u32", 4, ScaleWriter::u32, ScaleReader::u32);
  public static final Shape<Long> U64 = primitive("u64", 8, ScaleWriter::u64, ScaleReader::u64);
  public static final Shape<BigInteger> U128 =
      primitive("u128", 16, ScaleWriter::u128, ScaleReader::u128);
  public static final Shape<Integer> I16 =
      primitive("i16", 2, ScaleWriter::i16, in -> (int) in.i16());
  public static final Shape<Long> I64 = primitive("i64", 8, ScaleWriter::i64, ScaleReader::i64);
  public static final Shape<BigInteger> I128 =
      primitive("i128", 16, ScaleWriter::i128, ScaleReader::i128);
  public static final Shape<Boolean> BOOL =
      primitive("bool", 1, ScaleWriter::bool, ScaleReader::bool);
  public static final Shape<String> STR =
      primitive("str", 1, ScaleWriter::string, ScaleReader::string);

  /** {@code Vec<u8>}. */
  public static final Shape<byte[]> BYTES =
      new Shape<>(new TypeNode.Sequence(U8.type()), 1, ScaleWriter::byteVec, ScaleReader::byteVec);

  public static final Shape<Integer> COMPACT_U8 = compactInt(U8, 0xff);
  public static final Shape<Integer> COMPACT_U16 = compactInt(U16, 0xffff);
  public static final Shape<Long> COMPACT_U32 =
      new Shape<>(
          new TypeNode.Compact(U32.type()),
          1,
          ScaleWriter::compact,
          in -> bounded(in, in.compactLong(), 0xffff_ffffL));
  public static final Shape<Long> COMPACT_U64 =
      new Shape<>(
          new TypeNode.Compact(U64.type()), 1, ScaleWriter::compact, ScaleReader::compactLong);
  public static final Shape<BigInteger> COMPACT_U128 =
      new Shape<>(new TypeNode.Compact(U128.type()), 1, ScaleWriter::compact, ScaleReader::compact);

  /** The unit type; its value is {@code null}. */
  public static final Shape<Void> UNIT =
      new Shape<>(new TypeNode.Tuple(List.of()), 0, (out, value) -> {}, in -> null);

  public static final Shape<AccountId> ACCOUNT =
      newtype32("sp_core", "crypto", "AccountId32")
          .as(value -> AccountId.of(value.bytes()), account -> new Bytes32(account.bytes()));
  public static final Shape<Bytes32> HASH = newtype32("primitive_types", "H256");

  private Shapes() {}

  /** {@code [u8; length]}. */
  public static Shape<byte[]> byteArray(int length) {
    return new Shape<>(
        new TypeNode.FixedArray(length, U8.type()),
        length,
        (out, value) -> out.bytes(exactly(length, value)),
        in -> in.bytes(length));
  }

  /** {@code Vec<element>}. */
  public static <T> Shape<List<T>> vec(Shape<T> element) {
    return new Shape<>(
        new TypeNode.Sequence(element.type()),
        1,
        (out, values) -> out.vec(values, element.encoder()),
        in -> elements(in, element));
  }

  /** {@code Option<value>}. */
  public static <T> Shape<Optional<T>> option(Shape<T> value) {
    TypeNode type =
        new TypeNode.Variant(
            List.of("Option"),
            List.of(new TypeNode.Parameter("T", Optional.of(value.type()))),
            List.of(
                new TypeNode.Case("None", 0, List.of()),
                new TypeNode.Case("Some", 1, List.of(Field.unnamed(value).member()))));
    return new Shape<>(
        type,
        1,
        (out, given) -> out.option(given, value.encoder()),
        in -> in.option(value.decoder()));
  }

  /** A pair. */
  public static <A, B> Shape<Pair<A, B>> pair(Shape<A> first, Shape<B> second) {
    return new Shape<>(
        new TypeNode.Tuple(List.of(first.type(), second.type())),
        first.minimumSize() + second.minimumSize(),
        (out, value) -> {
          first.write(out, value.first());
          second.write(out, value.second());
        },
        in -> new Pair<>(first.read(in), second.read(in)));
  }

  /** {@code BoundedVec<u8, ConstU32<limit>>}: more is refused as it is read. */
  public static Shape<byte[]> boundedBytes(int limit) {
    return new Shape<>(
        boundedVec(U8.type()),
        1,
        ScaleWriter::byteVec,
        in -> {
          int length = in.count(1);
          bounded(in, length, limit);
          return in.bytes(length);
        });
  }

  /** {@code BoundedVec<element, ConstU32<limit>>}: more is refused as it is read. */
  public static <T> Shape<List<T>> boundedVec(Shape<T> element, int limit) {
    return new Shape<>(
        boundedVec(element.type()),
        1,
        (out, values) -> out.vec(values, element.encoder()),
        in -> {
          List<T> values = elements(in, element);
          bounded(in, values.size(), limit);
          return values;
        });
  }

  /** {@code WeakBoundedVec<element, ConstU32<limit>>}: more is refused as it is read here. */
  public static <T> Shape<List<T>> weakBoundedVec(Shape<T> element, int limit) {
    Shape<List<T>> bounded = boundedVec(element, limit);
    return new Shape<>(
        bounded("bounded_collections::weak_bounded_vec::WeakBoundedVec", element.type()),
        bounded.minimumSize(),
        bounded.encoder(),
        bounded.decoder());
  }

  /** A struct or wrapper around one positional value. */
  public static <T> Shape<T> wrapper(String path, Shape<T> inner) {
    return new Shape<>(
        new TypeNode.Composite(path(path), List.of(), List.of(Field.unnamed(inner).member())),
        inner.minimumSize(),
        inner.encoder(),
        inner.decoder());
  }

  /** A struct or wrapper around one named value. */
  public static <T> Shape<T> wrapper(String path, String name, Shape<T> inner) {
    return new Shape<>(
        new TypeNode.Composite(path(path), List.of(), List.of(Field.field(name, inner).member())),
        inner.minimumSize(),
        inner.encoder(),
        inner.decoder());
  }

  /** An enum without fields, whose value is the index of its case. */
  public static Shape<Integer> plainEnum(String path, String... cases) {
    List<TypeNode.Case> described = new ArrayList<>();
    for (int i = 0; i < cases.length; i++) {
      described.add(new TypeNode.Case(cases[i], i, List.of()));
    }
    return new Shape<>(
        new TypeNode.Variant(path(path), List.of(), described),
        1,
        ScaleWriter::u8,
        in -> (int) bounded(in, in.u8(), cases.length - 1));
  }

  /** A type whose values are given as their bytes, for constants that are only shown. */
  public static Shape<byte[]> verbatim(TypeNode type) {
    return new Shape<>(type, 0, ScaleWriter::bytes, in -> in.bytes(in.remaining()));
  }

  /** The parts of a Rust path. */
  public static List<String> path(String path) {
    return List.of(path.split("::"));
  }

  private static Shape<Bytes32> newtype32(String... path) {
    Shape<byte[]> array = byteArray(32);
    return new Shape<>(
        new TypeNode.Composite(List.of(path), List.of(), List.of(Field.unnamed(array).member())),
        32,
        (out, value) -> out.bytes(value.bytes()),
        in -> new Bytes32(in.bytes(32)));
  }

  private static TypeNode boundedVec(TypeNode element) {
    return bounded("bounded_collections::bounded_vec::BoundedVec", element);
  }

  private static TypeNode bounded(String path, TypeNode element) {
    TypeNode.Sequence inner = new TypeNode.Sequence(element);
    return new TypeNode.Composite(
        path(path),
        List.of(
            new TypeNode.Parameter("T", Optional.of(element)),
            new TypeNode.Parameter("S", Optional.empty())),
        List.of(new TypeNode.Member(Optional.empty(), inner, "Vec<T>")));
  }

  private static <T> List<T> elements(ScaleReader in, Shape<T> element) {
    int count = in.count(element.minimumSize());
    List<T> values = new ArrayList<>(Math.min(count, 1024));
    for (int i = 0; i < count; i++) {
      values.add(element.read(in));
    }
    return values;
  }

  private static <T> Shape<T> primitive(
      String name, int size, BiConsumer<ScaleWriter, T> encoder, Function<ScaleReader, T> decoder) {
    return new Shape<>(new TypeNode.Primitive(name), size, encoder, decoder);
  }

  private static Shape<Integer> compactInt(Shape<Integer> inner, int limit) {
    return new Shape<>(
        new TypeNode.Compact(inner.type()),
        1,
        (out, value) -> out.compact(value),
        in -> (int) bounded(in, in.compactLong(), limit));
  }

  private static long bounded(ScaleReader in, long value, long limit) {
    if (value < 0 || value > limit) {
      throw new ScaleException(in.offset(), value + " exceeds the limit of " + limit);
    }
    return value;
  }

  private static byte[] exactly(int length, byte[] value) {
    if (value.length != length) {
      throw new IllegalArgumentException(length + " bytes are needed, not " + value.length);
    }
    return value;
  }
}
