package dev.assay.localnet.chain.metadata;

import dev.assay.chain.scale.ScaleWriter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Numbers the types of a runtime and encodes them as a portable registry. */
public final class TypeRegistry {
  private static final List<String> PRIMITIVES =
      List.of(
          "bool", "char", "str", "u8", "u16", "u32", "u64", "u128", "u256", "i8", "i16", "i32",
          "i64", "i128", "i256");

  private final TypeNode outerCall;
  private final TypeNode outerEvent;
  private final Map<TypeNode, Integer> ids = new HashMap<>();
  private final List<byte[]> encoded = new ArrayList<>();

  /**
   * @param outerCall what {@link TypeNode.OuterCall} stands for
   * @param outerEvent what {@link TypeNode.OuterEvent} stands for
   */
  public TypeRegistry(TypeNode outerCall, TypeNode outerEvent) {
    this.outerCall = outerCall;
    this.outerEvent = outerEvent;
  }

  /** The number of a type, given on first sight. */
  public int id(TypeNode type) {
    if (type instanceof TypeNode.OuterCall) {
      return id(outerCall);
    }
    if (type instanceof TypeNode.OuterEvent) {
      return id(outerEvent);
    }
    if (type instanceof TypeNode.Boxed boxed) {
      return id(boxed.inner());
    }
    Integer known = ids.get(type);
    if (known != null) {
      return known;
    }
    int id = encoded.size();
    // The place is taken before the type is walked, because a type may contain itself.
    ids.put(type, id);
    encoded.add(new byte[0]);
    encoded.set(id, encode(type));
    return id;
  }

  /** All types numbered so far. */
  public byte[] encode() {
    ScaleWriter out = new ScaleWriter().compact(encoded.size());
    for (int id = 0; id < encoded.size(); id++) {
      out.compact(id).bytes(encoded.get(id));
    }
    return out.toByteArray();
  }

  private byte[] encode(TypeNode type) {
    ScaleWriter out = new ScaleWriter();
    if (type instanceof TypeNode.Composite composite) {
      head(out, composite.path(), composite.parameters());
      out.u8(0).vec(composite.members(), this::member);
    } else if (type instanceof TypeNode.Variant variant) {
      head(out, variant.path(), variant.parameters());
      out.u8(1).vec(variant.cases(), this::variantCase);
    } else {
      head(out, List.of(), List.of());
      anonymous(out, type);
    }
    return docs(out).toByteArray();
  }

  private void anonymous(ScaleWriter out, TypeNode type) {
    if (type instanceof TypeNode.Sequence sequence) {
      out.u8(2).compact(id(sequence.element()));
    } else if (type instanceof TypeNode.FixedArray array) {
      out.u8(3).u32(array.length()).compact(id(array.element()));
    } else if (type instanceof TypeNode.Tuple tuple) {
      out.u8(4).vec(tuple.elements(), (inner, element) -> inner.compact(id(element)));
    } else if (type instanceof TypeNode.Primitive primitive) {
      out.u8(5).u8(PRIMITIVES.indexOf(primitive.name()));
    } else if (type instanceof TypeNode.Compact compact) {
      out.u8(6).compact(id(compact.inner()));
    } else {
      throw new IllegalArgumentException("no encoding for " + type);
    }
  }

  private void head(ScaleWriter out, List<String> path, List<TypeNode.Parameter> parameters) {
    out.vec(path, ScaleWriter::string);
    out.vec(
        parameters,
        (inner, parameter) ->
            inner
                .string(parameter.name())
                .option(parameter.type(), (value, node) -> value.compact(id(node))));
  }

  private void variantCase(ScaleWriter out, TypeNode.Case variant) {
    out.string(variant.name());
    out.vec(variant.members(), this::member);
    out.u8(variant.index()).vec(variant.docs(), ScaleWriter::string);
  }

  private void member(ScaleWriter out, TypeNode.Member member) {
    out.option(member.name(), ScaleWriter::string);
    out.compact(id(member.type()));
    docs(out.option(Optional.of(member.typeName()), ScaleWriter::string));
  }

  private static ScaleWriter docs(ScaleWriter out) {
    return out.compact(0);
  }
}
