package dev.assay.chain.metadata;

import dev.assay.chain.scale.ScaleReader;
import dev.assay.chain.scale.ScaleWriter;

/** Booleans and texts. */
final class ScalarCodec extends Codec {
  private static final Value TRUE = new Value.Bool(true);
  private static final Value FALSE = new Value.Bool(false);

  private final boolean text;

  ScalarCodec(boolean text) {
    this.text = text;
  }

  @Override
  Value decode(ScaleReader reader, int depth) {
    if (text) {
      return new Value.Text(reader.string());
    }
    return reader.bool() ? TRUE : FALSE;
  }

  @Override
  void encode(Value value, ScaleWriter writer, int depth) {
    if (text) {
      writer.string(value.asText());
    } else {
      writer.bool(value.asBoolean());
    }
  }
}
