package dev.assay.chain.metadata;

import dev.assay.chain.scale.ScaleReader;
import dev.assay.chain.scale.ScaleWriter;
import java.util.List;

/** Enumerations: a byte that names the variant, then its fields. */
final class VariantCodec extends Codec {
  private final Type.Variant[] variants = new Type.Variant[256];
  private final FieldsCodec[] fields = new FieldsCodec[256];

  VariantCodec(Codec[] codecs, List<Type.Variant> variants) {
    for (Type.Variant variant : variants) {
      this.variants[variant.index()] = variant;
      this.fields[variant.index()] = FieldsCodec.of(codecs, variant.fields());
    }
  }

  @Override
  Value decode(ScaleReader reader, int depth) {
    int inner = deeper(depth, reader);
    int index = reader.u8();
    if (variants[index] == null) {
      throw reader.fail("the enumeration has no variant " + index);
    }
    return new Value.Variant(variants[index].name(), index, fields[index].decode(reader, inner));
  }

  @Override
  void encode(Value value, ScaleWriter writer, int depth) {
    int inner = deeper(depth);
    Value.Variant variant = value.asVariant();
    int index = indexOf(variant.name());
    writer.u8(index);
    fields[index].encode(variant.fields(), writer, inner);
  }

  private int indexOf(String name) {
    for (Type.Variant variant : variants) {
      if (variant != null && variant.name().equals(name)) {
        return variant.index();
      }
    }
    throw new ShapeException("the enumeration has no variant " + name);
  }
}
