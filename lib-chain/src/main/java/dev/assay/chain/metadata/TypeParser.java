package dev.assay.chain.metadata;

import dev.assay.chain.scale.ScaleReader;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/** Reads one type of the portable registry (github.com/paritytech/scale-info, src/ty). */
final class TypeParser {
  private static final List<Type.Primitive> PRIMITIVES = List.of(Type.Primitive.values());

  private final ScaleReader reader;

  TypeParser(ScaleReader reader) {
    this.reader = reader;
  }

  Type type() {
    List<String> path = reader.vec(ScaleReader::string);
    List<Type.Parameter> parameters = reader.vec(each -> parameter());
    Type.Shape shape = shape();
    skipDocs(reader);
    return new Type(path, parameters, shape);
  }

  static void skipDocs(ScaleReader reader) {
    int lines = reader.count(1);
    for (int i = 0; i < lines; i++) {
      reader.skip(reader.count(1));
    }
  }

  private Type.Parameter parameter() {
    String name = reader.string();
    return new Type.Parameter(
        name, reader.bool() ? OptionalInt.of(reader.compactInt()) : OptionalInt.empty());
  }

  private Type.Shape shape() {
    int kind = reader.u8();
    return switch (kind) {
      case 0 -> new Type.Shape.Composite(fields());
      case 1 -> new Type.Shape.Enumeration(variants());
      case 2 -> new Type.Shape.Sequence(reader.compactInt());
      case 3 -> new Type.Shape.Array(reader.u32(), reader.compactInt());
      case 4 -> new Type.Shape.Tuple(reader.vec(ScaleReader::compactInt));
      case 5 -> new Type.Shape.Scalar(primitive());
      case 6 -> new Type.Shape.Compact(reader.compactInt());
      case 7 -> new Type.Shape.BitSequence(reader.compactInt(), reader.compactInt());
      default -> throw reader.fail("there is no kind of type " + kind);
    };
  }

  private Type.Primitive primitive() {
    int index = reader.u8();
    if (index >= PRIMITIVES.size()) {
      throw reader.fail("there is no primitive " + index);
    }
    return PRIMITIVES.get(index);
  }

  private List<Type.Variant> variants() {
    List<Type.Variant> variants = reader.vec(each -> variant());
    requireDistinct(variants.stream().map(Type.Variant::name).toList());
    return variants;
  }

  private Type.Variant variant() {
    String name = reader.string();
    List<Type.Field> fields = fields();
    int index = reader.u8();
    skipDocs(reader);
    return new Type.Variant(name, index, fields);
  }

  private List<Type.Field> fields() {
    List<Type.Field> fields = reader.vec(each -> field());
    requireDistinct(fields.stream().flatMap(field -> field.name().stream()).toList());
    return fields;
  }

  private Type.Field field() {
    Optional<String> name = reader.option(ScaleReader::string);
    int type = reader.compactInt();
    if (reader.bool()) {
      reader.skip(reader.count(1));
    }
    skipDocs(reader);
    return new Type.Field(name, type);
  }

  /** Values are encoded by name, so a repeated one would be ambiguous. */
  private void requireDistinct(List<String> names) {
    Set<String> seen = new HashSet<>();
    for (String name : names) {
      if (!seen.add(name)) {
        throw reader.fail("two parts of a type have the same name");
      }
    }
  }
}
