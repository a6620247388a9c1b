package dev.assay.chain.metadata;

import java.util.List;
import java.util.Optional;

/** Builds the codecs of all types; they refer to each other through one table, since types may. */
final class Codecs {
  private final List<Type> types;
  private final Codec[] table;

  private Codecs(List<Type> types) {
    this.types = types;
    this.table = new Codec[types.size()];
  }

  static Codec[] of(List<Type> types) {
    Codecs codecs = new Codecs(types);
    types.forEach(type -> codecs.requireKnown(type.shape()));
    int[] minimumSizes = MinimumSizes.of(types);
    for (int id = 0; id < types.size(); id++) {
      codecs.table[id] = codecs.codec(types.get(codecs.inner(id)).shape());
      codecs.table[id].minimumSize(minimumSizes[id]);
    }
    return codecs.table;
  }

  private Codec codec(Type.Shape shape) {
    if (shape instanceof Type.Shape.Composite composite) {
      return FieldsCodec.of(table, composite.fields());
    }
    if (shape instanceof Type.Shape.Enumeration enumeration) {
      return new VariantCodec(table, enumeration.variants());
    }
    if (shape instanceof Type.Shape.Sequence sequence) {
      return new ListCodec(table, sequence.element(), ListCodec.ANY);
    }
    if (shape instanceof Type.Shape.Array array) {
      return new ListCodec(table, array.element(), array.length());
    }
    if (shape instanceof Type.Shape.Tuple tuple) {
      return new FieldsCodec(table, tuple.elements(), Optional.empty());
    }
    if (shape instanceof Type.Shape.Compact compact) {
      return compact(compact);
    }
    return shape instanceof Type.Shape.Scalar scalar
        ? scalar(scalar.primitive())
        : new UnsupportedCodec("bit sequences");
  }

  private static Codec scalar(Type.Primitive primitive) {
    return switch (primitive) {
      case BOOL -> new ScalarCodec(false);
      case STR -> new ScalarCodec(true);
      default -> new IntegerCodec(primitive, false);
    };
  }

  private Codec compact(Type.Shape.Compact compact) {
    Type.Shape inner = types.get(inner(compact.type())).shape();
    if (inner instanceof Type.Shape.Scalar scalar) {
      switch (scalar.primitive()) {
        case U8, U16, U32, U64, U128 -> {
          return new IntegerCodec(scalar.primitive(), true);
        }
        default -> {}
      }
    }
    return new UnsupportedCodec(
        "a compact of a type other than unsigned integers of at most 128 bits");
  }

  /** The type inside composites of one unnamed field, which add nothing to a value. */
  private int inner(int id) {
    int inner = id;
    for (int step = 0; step < Codec.DEEPEST; step++) {
      if (!(types.get(inner).shape() instanceof Type.Shape.Composite composite)
          || composite.fields().size() != 1
          || composite.fields().get(0).name().isPresent()) {
        return inner;
      }
      inner = composite.fields().get(0).type();
    }
    return id;
  }

  private void requireKnown(Type.Shape shape) {
    if (shape instanceof Type.Shape.Composite composite) {
      composite.fields().forEach(field -> requireKnown(field.type()));
    } else if (shape instanceof Type.Shape.Enumeration enumeration) {
      enumeration.variants().stream()
          .flatMap(variant -> variant.fields().stream())
          .forEach(field -> requireKnown(field.type()));
    } else if (shape instanceof Type.Shape.Sequence sequence) {
      requireKnown(sequence.element());
    } else if (shape instanceof Type.Shape.Array array) {
      requireKnown(array.element());
    } else if (shape instanceof Type.Shape.Tuple tuple) {
      tuple.elements().forEach(this::requireKnown);
    } else if (shape instanceof Type.Shape.Compact compact) {
      requireKnown(compact.type());
    }
  }

  private void requireKnown(int id) {
    if (id < 0 || id >= types.size()) {
      throw new IllegalArgumentException(
          "type " + id + " is referred to, but there are " + types.size());
    }
  }
}
