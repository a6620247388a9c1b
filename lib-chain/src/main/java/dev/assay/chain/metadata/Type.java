package dev.assay.chain.metadata;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * A type of the runtime.
 *
 * @param path its Rust path, such as {@code [sp_core, crypto, AccountId32]}; may be empty
 * @param parameters its generic parameters
 */
public record Type(List<String> path, List<Parameter> parameters, Shape shape) {
  public Type {
    path = List.copyOf(path);
    parameters = List.copyOf(parameters);
  }

  /** A generic parameter and, where it is one, its type. */
  public record Parameter(String name, OptionalInt type) {}

  /** A field of a composite or variant; names of tuple-like fields are absent. */
  public record Field(Optional<String> name, int type) {}

  /** A variant of an enumeration. */
  public record Variant(String name, int index, List<Field> fields) {
    public Variant {
      fields = List.copyOf(fields);
    }
  }

  /** What a type consists of; integers are ids of other types. */
  public sealed interface Shape {
    /** A struct. */
    record Composite(List<Field> fields) implements Shape {
      public Composite {
        fields = List.copyOf(fields);
      }
    }

    /** An enumeration. */
    record Enumeration(List<Variant> variants) implements Shape {
      public Enumeration {
        variants = List.copyOf(variants);
      }
    }

    /** A vector. */
    record Sequence(int element) implements Shape {}

    /** An array of a fixed length, an unsigned 32-bit number. */
    record Array(long length, int element) implements Shape {}

    /** A tuple. */
    record Tuple(List<Integer> elements) implements Shape {
      public Tuple {
        elements = List.copyOf(elements);
      }
    }

    /** A primitive. */
    record Scalar(Primitive primitive) implements Shape {}

    /** An integer, or a newtype of one, in compact form. */
    record Compact(int type) implements Shape {}

    /** A sequence of bits. */
    record BitSequence(int store, int order) implements Shape {}
  }

  /** The primitives, in the order of their indices. */
  public enum Primitive {
    BOOL,
    CHAR,
    STR,
    U8,
    U16,
    U32,
    U64,
    U128,
    U256,
    I8,
    I16,
    I32,
    I64,
    I128,
    I256
  }
}
