package dev.assay.chain.metadata;

import java.util.Arrays;
import java.util.List;

/**
 * The fewest bytes that a value of each type takes. Types may refer to each other in cycles, so the
 * sizes fall from infinity until they rest; what does not rest has no finite value and is refused
 * when decoded.
 */
final class MinimumSizes {
  static final int INFINITE = Integer.MAX_VALUE;
  private static final int ROUNDS = 64;

  private final List<Type> types;
  private final int[] sizes;

  private MinimumSizes(List<Type> types) {
    this.types = types;
    this.sizes = new int[types.size()];
    Arrays.fill(sizes, INFINITE);
  }

  static int[] of(List<Type> types) {
    MinimumSizes minimum = new MinimumSizes(types);
    for (int round = 0; round < ROUNDS && minimum.lower(); round++) {}
    return minimum.sizes;
  }

  private boolean lower() {
    boolean changed = false;
    for (int id = 0; id < sizes.length; id++) {
      int size = size(types.get(id).shape());
      changed |= size != sizes[id];
      sizes[id] = size;
    }
    return changed;
  }

  private int size(Type.Shape shape) {
    if (shape instanceof Type.Shape.Composite composite) {
      return fields(composite.fields());
    }
    if (shape instanceof Type.Shape.Enumeration enumeration) {
      int smallest = INFINITE;
      for (Type.Variant variant : enumeration.variants()) {
        smallest = Math.min(smallest, fields(variant.fields()));
      }
      return saturated(smallest + 1L);
    }
    if (shape instanceof Type.Shape.Tuple tuple) {
      long sum = 0;
      for (int element : tuple.elements()) {
        sum = saturated(sum + sizes[element]);
      }
      return (int) sum;
    }
    if (shape instanceof Type.Shape.Array array) {
      return saturated(array.length() * sizes[array.element()]);
    }
    return shape instanceof Type.Shape.Scalar scalar ? width(scalar.primitive()) : 1;
  }

  private int fields(List<Type.Field> fields) {
    long sum = 0;
    for (Type.Field field : fields) {
      sum = saturated(sum + sizes[field.type()]);
    }
    return (int) sum;
  }

  private static int saturated(long size) {
    return (int) Math.min(size, INFINITE);
  }

  private static int width(Type.Primitive primitive) {
    return switch (primitive) {
      case BOOL, STR, U8, I8 -> 1;
      case U16, I16 -> 2;
      case CHAR, U32, I32 -> 4;
      case U64, I64 -> 8;
      case U128, I128 -> 16;
      case U256, I256 -> 32;
    };
  }
}
