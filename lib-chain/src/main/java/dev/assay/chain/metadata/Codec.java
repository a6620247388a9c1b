package dev.assay.chain.metadata;

import dev.assay.chain.scale.ScaleReader;
import dev.assay.chain.scale.ScaleWriter;

/** Reads and writes the values of one type. */
abstract class Codec {
  /** Deeper values are refused: types may be recursive, input may be hostile. */
  static final int DEEPEST = 64;

  private int minimumSize;

  abstract Value decode(ScaleReader reader, int depth);

  abstract void encode(Value value, ScaleWriter writer, int depth);

  /** Fewest bytes of a value; {@link Integer#MAX_VALUE} where no value exists. */
  final int minimumSize() {
    return minimumSize;
  }

  final void minimumSize(int bytes) {
    minimumSize = bytes;
  }

  static int deeper(int depth, ScaleReader reader) {
    if (depth >= DEEPEST) {
      throw reader.fail("values nest deeper than " + DEEPEST);
    }
    return depth + 1;
  }

  static int deeper(int depth) {
    if (depth >= DEEPEST) {
      throw new ShapeException("values nest deeper than " + DEEPEST);
    }
    return depth + 1;
  }
}
