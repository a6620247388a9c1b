package dev.assay.localnet.chain.metadata;

import java.util.Optional;

/** A named field of a struct, a call or an event; an empty name stands for a positional one. */
public record Field<T>(String name, Shape<T> shape) {

  /** A named field. */
  public static <T> Field<T> field(String name, Shape<T> shape) {
    return new Field<>(name, shape);
  }

  /** A positional field. */
  public static <T> Field<T> unnamed(Shape<T> shape) {
    return new Field<>("", shape);
  }

  /** A positional field of a type that has no shape of its own. */
  public static TypeNode.Member positional(TypeNode type) {
    return new TypeNode.Member(Optional.empty(), type, TypeNames.of(type));
  }

  /** How the metadata describes it. */
  public TypeNode.Member member() {
    Optional<String> given = name.isEmpty() ? Optional.empty() : Optional.of(name);
    return new TypeNode.Member(given, shape.type(), TypeNames.of(shape.type()));
  }
}
