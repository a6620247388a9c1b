package dev.assay.chain.metadata;

import dev.assay.chain.scale.ScaleReader;
import dev.assay.chain.scale.ScaleWriter;
import java.util.List;

/** All types of a runtime by their id, and values decoded and encoded by them. Immutable. */
public final class TypeRegistry {
  private final List<Type> types;
  private final Codec[] codecs;

  /**
   * @param types the types in the order of their ids
   * @throws IllegalArgumentException if one of them refers to an id that is none
   */
  public TypeRegistry(List<Type> types) {
    this.types = List.copyOf(types);
    this.codecs = Codecs.of(this.types);
  }

  /** How many types there are; ids run from 0. */
  public int size() {
    return types.size();
  }

  /** The type of an id. */
  public Type type(int id) {
    return types.get(id);
  }

  /** The fewest bytes that a value of the type takes; 0 means that it always takes none. */
  public int minimumSize(int id) {
    return codecs[id].minimumSize();
  }

  /**
   * The next value.
   *
   * @throws dev.assay.chain.scale.ScaleException if the input does not hold one
   */
  public Value decode(int id, ScaleReader reader) {
    return codecs[id].decode(reader, 0);
  }

  /** The value that takes all of {@code bytes}. */
  public Value decode(int id, byte[] bytes) {
    ScaleReader reader = new ScaleReader(bytes);
    Value value = decode(id, reader);
    reader.end();
    return value;
  }

  /**
   * Writes a value of the type.
   *
   * @throws ShapeException if the value is not one
   */
  public void encode(int id, Value value, ScaleWriter writer) {
    try {
      codecs[id].encode(value, writer, 0);
    } catch (IllegalArgumentException outOfRange) {
      throw new ShapeException(outOfRange.getMessage());
    }
  }

  /** The bytes of a value of the type. */
  public byte[] encode(int id, Value value) {
    ScaleWriter writer = new ScaleWriter();
    encode(id, value, writer);
    return writer.toByteArray();
  }
}
