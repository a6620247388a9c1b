package dev.assay.localnet.chain.metadata;

import java.util.List;
import java.util.stream.Collectors;

/** The name that a field's declaration in Rust would show for its type. */
final class TypeNames {
  private TypeNames() {}

  static String of(TypeNode type) {
    if (type instanceof TypeNode.Primitive primitive) {
      return primitive.name();
    }
    if (type instanceof TypeNode.Compact compact) {
      return "Compact<" + of(compact.inner()) + ">";
    }
    if (type instanceof TypeNode.Sequence sequence) {
      return "Vec<" + of(sequence.element()) + ">";
    }
    if (type instanceof TypeNode.FixedArray array) {
      return "[" + of(array.element()) + "; " + array.length() + "]";
    }
    if (type instanceof TypeNode.Tuple tuple) {
      return tuple.elements().stream()
          .map(TypeNames::of)
          .collect(Collectors.joining(", ", "(", ")"));
    }
    if (type instanceof TypeNode.Composite composite) {
      return generic(composite.path(), composite.parameters());
    }
    if (type instanceof TypeNode.Variant variant) {
      return generic(variant.path(), variant.parameters());
    }
    if (type instanceof TypeNode.Boxed boxed) {
      return "Box<" + of(boxed.inner()) + ">";
    }
    return type instanceof TypeNode.OuterEvent ? "RuntimeEvent" : "<T as Config>::RuntimeCall";
  }

  private static String generic(List<String> path, List<TypeNode.Parameter> parameters) {
    String name = path.get(path.size() - 1);
    if (name.equals("AccountId32")) {
      return "AccountId";
    }
    String arguments =
        parameters.stream()
            .flatMap(parameter -> parameter.type().stream())
            .map(TypeNames::of)
            .collect(Collectors.joining(", "));
    return arguments.isEmpty() ? name : name + "<" + arguments + ">";
  }
}
