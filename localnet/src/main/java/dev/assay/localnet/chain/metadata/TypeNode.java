package dev.assay.localnet.chain.metadata;

import java.util.List;
import java.util.Optional;

/** A SCALE type as runtime metadata describes it. Equal descriptions are one type. */
public sealed interface TypeNode {

  /** A primitive: {@code bool}, {@code str}, {@code u8} and so on. */
  record Primitive(String name) implements TypeNode {}

  /** A compact integer. */
  record Compact(TypeNode inner) implements TypeNode {}

  /** A sequence with its length in front. */
  record Sequence(TypeNode element) implements TypeNode {}

  /** An array of a fixed length. */
  record FixedArray(int length, TypeNode element) implements TypeNode {}

  /** A tuple; the empty one is the unit type. */
  record Tuple(List<TypeNode> elements) implements TypeNode {}

  /** A struct, a newtype or a wrapper. */
  record Composite(List<String> path, List<Parameter> parameters, List<Member> members)
      implements TypeNode {}

  /** An enum. */
  record Variant(List<String> path, List<Parameter> parameters, List<Case> cases)
      implements TypeNode {}

  /** The runtime's call type from inside itself: {@code Utility.batch} takes calls. */
  record OuterCall() implements TypeNode {}

  /** The runtime's event type, from inside a pallet that can't know the others. */
  record OuterEvent() implements TypeNode {}

  /** A generic parameter of a type; a phantom one has no type. */
  record Parameter(String name, Optional<TypeNode> type) {}

  /** A field. */
  record Member(Optional<String> name, TypeNode type, String typeName) {}

  /** A value behind a pointer in Rust: the same bytes, but recursion may pass through it. */
  record Boxed(TypeNode inner) implements TypeNode {}

  /** One case of an enum; docs are sentences for people. */
  record Case(String name, int index, List<Member> members, List<String> docs) {
    /** A case that its name explains. */
    public Case(String name, int index, List<Member> members) {
      this(name, index, members, List.of());
    }
  }
}
