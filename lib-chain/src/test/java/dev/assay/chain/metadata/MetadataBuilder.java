package dev.assay.chain.metadata;

import dev.assay.chain.scale.ScaleWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Writes the metadata of a small runtime that a test describes, in version 14, 15 or 16 as
 * frame-metadata defines them.
 */
public final class MetadataBuilder {
  private static final List<Type.Primitive> PRIMITIVES = List.of(Type.Primitive.values());

  private final int version;
  private final List<byte[]> types = new ArrayList<>();
  private final List<byte[]> pallets = new ArrayList<>();
  private final List<byte[]> apis = new ArrayList<>();
  private final List<byte[]> extensions = new ArrayList<>();

  public MetadataBuilder(int version) {
    this.version = version;
  }

  /** A field of a composite or variant; an empty name stands for none. */
  public record Field(String name, int type) {}

  public static Field field(String name, int type) {
    return new Field(name, type);
  }

  /** A variant of an enumeration. */
  public record Variant(String name, int index, List<Field> fields) {}

  public static Variant variant(String name, int index, Field... fields) {
    return new Variant(name, index, List.of(fields));
  }

  public int primitive(Type.Primitive primitive) {
    return type("", writer -> writer.u8(5).u8(PRIMITIVES.indexOf(primitive)));
  }

  public int composite(String path, Field... fields) {
    return type(path, writer -> writer.u8(0).vec(List.of(fields), MetadataBuilder::writeField));
  }

  public int enumeration(String path, Variant... variants) {
    return type(path, writer -> writer.u8(1).vec(List.of(variants), MetadataBuilder::writeVariant));
  }

  public int sequence(int element) {
    return type("", writer -> writer.u8(2).compact(element));
  }

  public int array(long length, int element) {
    return type("", writer -> writer.u8(3).u32(length).compact(element));
  }

  public int tuple(Integer... elements) {
    return type("", writer -> writer.u8(4).vec(List.of(elements), ScaleWriter::compact));
  }

  public int compact(int inner) {
    return type("", writer -> writer.u8(6).compact(inner));
  }

  public int bitSequence(int store, int order) {
    return type("", writer -> writer.u8(7).compact(store).compact(order));
  }

  public int option(int inner) {
    return enumeration("Option", variant("None", 0), variant("Some", 1, field("", inner)));
  }

  /** The id that the next type will get, for types that refer to themselves. */
  public int nextType() {
    return types.size();
  }

  /** A storage item; {@code hashers} by their index in the metadata. */
  public record Entry(
      String name, boolean optional, List<Integer> hashers, int key, int value, Value fallback) {}

  public static Entry plain(String name, int value, byte[] fallback) {
    return new Entry(name, false, List.of(), 0, value, Value.of(fallback));
  }

  public static Entry map(
      String name, boolean optional, List<Integer> hashers, int key, int value) {
    return new Entry(name, optional, hashers, key, value, Value.of(new byte[] {0}));
  }

  /** Adds a pallet; types are those of its calls, events and errors. */
  public MetadataBuilder pallet(
      String name,
      int index,
      List<Entry> storage,
      Optional<Integer> calls,
      Optional<Integer> events,
      Optional<Integer> errors,
      Map<String, byte[]> constantsOfU32) {
    int u32 = primitive(Type.Primitive.U32);
    ScaleWriter writer = new ScaleWriter().string(name).bool(true).string(name);
    writer.vec(storage, this::writeEntry);
    writeEnumeration(writer, calls);
    writeEnumeration(writer, events);
    writer.vec(
        constantsOfU32.entrySet(),
        (out, constant) -> {
          out.string(constant.getKey()).compact(u32).byteVec(constant.getValue());
          docs(out);
          deprecation(out);
        });
    writeEnumeration(writer, errors);
    if (version == 16) {
      writer.compact(0).compact(0);
    }
    writer.u8(index);
    if (version >= 15) {
      docs(writer);
    }
    deprecation(writer);
    pallets.add(writer.toByteArray());
    return this;
  }

  /** Adds a runtime API of one method; version 14 leaves it out. */
  public MetadataBuilder api(String name, String method, List<Integer> inputs, int output) {
    ScaleWriter writer = new ScaleWriter().string(name).compact(1).string(method);
    writer.vec(inputs, (out, input) -> out.string("argument").compact(input)).compact(output);
    docs(writer);
    deprecation(writer);
    docs(writer);
    if (version == 16) {
      writer.compact(1);
    }
    deprecation(writer);
    apis.add(writer.toByteArray());
    return this;
  }

  /** Adds a transaction extension. */
  public MetadataBuilder extension(String identifier, int explicit, int implicit) {
    extensions.add(
        new ScaleWriter().string(identifier).compact(explicit).compact(implicit).toByteArray());
    return this;
  }

  public byte[] bytes() {
    int empty = tuple();
    ScaleWriter writer = new ScaleWriter().u32(0x6174656dL).u8(version);
    writer.compact(types.size());
    for (int id = 0; id < types.size(); id++) {
      writer.compact(id).bytes(types.get(id));
    }
    writer.vec(pallets, ScaleWriter::bytes);
    writeExtrinsic(writer, empty);
    if (version <= 15) {
      writer.compact(empty);
    }
    if (version >= 15) {
      writer.vec(apis, ScaleWriter::bytes);
      writer.compact(empty).compact(empty).compact(empty);
      writer.compact(0);
    }
    return writer.toByteArray();
  }

  public Metadata build() {
    return MetadataParser.parse(bytes());
  }

  private void writeExtrinsic(ScaleWriter writer, int empty) {
    switch (version) {
      case 14 -> writer.compact(empty).u8(4);
      case 15 -> writer.u8(4).compact(empty).compact(empty).compact(empty).compact(empty);
      default -> {
        writer.byteVec(new byte[] {4, 5}).compact(empty).compact(empty).compact(empty);
        writer.compact(1).u8(0).compact(extensions.size());
        for (int i = 0; i < extensions.size(); i++) {
          writer.compact(i);
        }
      }
    }
    writer.vec(extensions, ScaleWriter::bytes);
  }

  private void writeEntry(ScaleWriter writer, Entry entry) {
    writer.string(entry.name()).bool(!entry.optional()).bool(!entry.hashers().isEmpty());
    if (!entry.hashers().isEmpty()) {
      writer.vec(entry.hashers(), ScaleWriter::u8).compact(entry.key());
    }
    writer.compact(entry.value()).byteVec(entry.fallback().asBytes());
    docs(writer);
    deprecation(writer);
  }

  private void writeEnumeration(ScaleWriter writer, Optional<Integer> type) {
    writer.bool(type.isPresent());
    if (type.isPresent()) {
      writer.compact(type.get());
      if (version == 16) {
        // One variant that is deprecated, with a note and without the version since when.
        writer.compact(1).u8(0).u8(2).string("old").u8(0);
      }
    }
  }

  private void deprecation(ScaleWriter writer) {
    if (version == 16) {
      writer.u8(2).string("old").u8(1).string("1.0");
    }
  }

  private int type(String path, Consumer<ScaleWriter> shape) {
    ScaleWriter writer = new ScaleWriter();
    writer.vec(path.isEmpty() ? List.of() : List.of(path.split("::")), ScaleWriter::string);
    writer.compact(0);
    shape.accept(writer);
    docs(writer);
    types.add(writer.toByteArray());
    return types.size() - 1;
  }

  private static void writeVariant(ScaleWriter writer, Variant variant) {
    writer.string(variant.name()).vec(variant.fields(), MetadataBuilder::writeField);
    writer.u8(variant.index());
    docs(writer);
  }

  private static void writeField(ScaleWriter writer, Field field) {
    writer.option(
        field.name().isEmpty() ? Optional.empty() : Optional.of(field.name()), ScaleWriter::string);
    writer.compact(field.type()).u8(1).string("TypeName");
    docs(writer);
  }

  private static void docs(ScaleWriter writer) {
    writer.vec(List.of("A line of documentation."), ScaleWriter::string);
  }
}
