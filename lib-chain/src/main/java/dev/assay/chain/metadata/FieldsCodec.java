package dev.assay.chain.metadata;

import dev.assay.chain.scale.ScaleReader;
import dev.assay.chain.scale.ScaleWriter;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Composites, tuples and a variant's fields: one value after the other, with or without names. */
final class FieldsCodec extends Codec {
  private final Codec[] codecs;
  private final int[] types;
  private final Optional<List<String>> names;

  FieldsCodec(Codec[] codecs, List<Integer> types, Optional<List<String>> names) {
    this.codecs = codecs;
    this.types = types.stream().mapToInt(Integer::intValue).toArray();
    this.names = names;
  }

  /** Named if every field has a name. */
  static FieldsCodec of(Codec[] codecs, List<Type.Field> fields) {
    boolean named = !fields.isEmpty() && fields.stream().allMatch(f -> f.name().isPresent());
    return new FieldsCodec(
        codecs,
        fields.stream().map(Type.Field::type).toList(),
        named
            ? Optional.of(fields.stream().flatMap(field -> field.name().stream()).toList())
            : Optional.empty());
  }

  @Override
  Value decode(ScaleReader reader, int depth) {
    if (types.length == 0) {
      return Value.empty();
    }
    int inner = deeper(depth, reader);
    Value[] values = new Value[types.length];
    for (int i = 0; i < types.length; i++) {
      Codec codec = codecs[types[i]];
      requireFinite(codec, reader);
      values[i] = codec.minimumSize() == 0 ? Value.empty() : codec.decode(reader, inner);
    }
    return names.isPresent()
        ? new Value.Struct(names.get(), values)
        : new Value.Sequence(Arrays.asList(values));
  }

  @Override
  void encode(Value value, ScaleWriter writer, int depth) {
    int inner = deeper(depth);
    if (names.isPresent() && value instanceof Value.Struct struct) {
      encodeNamed(struct, writer, inner);
      return;
    }
    List<Value> values = types.length == 0 ? List.of() : value.asList();
    if (values.size() != types.length) {
      throw new ShapeException(
          "expected %d fields%s, found %s"
              .formatted(
                  types.length, names.map(each -> " " + each).orElse(""), Described.of(value)));
    }
    for (int i = 0; i < types.length; i++) {
      encodeField(codecs[types[i]], values.get(i), writer, inner);
    }
  }

  /**
   * What takes no bytes is decoded as the empty value, whatever it is; so any value stands for it.
   */
  private static void encodeField(Codec codec, Value value, ScaleWriter writer, int inner) {
    if (codec.minimumSize() > 0) {
      codec.encode(value, writer, inner);
    }
  }

  private void encodeNamed(Value.Struct struct, ScaleWriter writer, int inner) {
    List<String> expected = names.orElseThrow();
    if (struct.names().size() != expected.size()) {
      throw new ShapeException(
          "expected the fields " + expected + ", found " + Described.of(struct));
    }
    for (int i = 0; i < types.length; i++) {
      String name = expected.get(i);
      try {
        encodeField(codecs[types[i]], struct.field(name), writer, inner);
      } catch (IllegalArgumentException | ShapeException refused) {
        throw new ShapeException("field " + name + ": " + refused.getMessage());
      }
    }
  }

  private static void requireFinite(Codec codec, ScaleReader reader) {
    if (codec.minimumSize() > reader.remaining()) {
      throw reader.fail(
          "at least %d bytes are needed, %d are left"
              .formatted(codec.minimumSize(), reader.remaining()));
    }
  }
}
