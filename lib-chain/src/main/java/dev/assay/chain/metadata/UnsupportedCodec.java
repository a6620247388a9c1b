package dev.assay.chain.metadata;

import dev.assay.chain.scale.ScaleReader;
import dev.assay.chain.scale.ScaleWriter;

/** Types that no pallet of Bittensor uses; met in a value, they are refused by name. */
final class UnsupportedCodec extends Codec {
  private final String kind;

  UnsupportedCodec(String kind) {
    this.kind = kind;
  }

  @Override
  Value decode(ScaleReader reader, int depth) {
    throw reader.fail(kind + " are not supported");
  }

  @Override
  void encode(Value value, ScaleWriter writer, int depth) {
    throw new ShapeException(kind + " are not supported");
  }
}
