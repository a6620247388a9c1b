package dev.assay.localnet.chain.pallet;

import dev.assay.chain.scale.ScaleWriter;
import dev.assay.localnet.chain.metadata.Field;
import dev.assay.localnet.chain.metadata.Shape;
import java.util.List;

/** One kind of event of a pallet. */
public record EventType(int pallet, String name, int index, List<Field<?>> fields) {

  /** The event with its values, in the order of the fields, as the outer enum encodes it. */
  public byte[] encode(Object... values) {
    if (values.length != fields.size()) {
      throw new IllegalArgumentException(
          name + " has " + fields.size() + " fields, not " + values.length);
    }
    ScaleWriter out = new ScaleWriter().u8(pallet).u8(index);
    for (int i = 0; i < values.length; i++) {
      write(out, fields.get(i).shape(), values[i]);
    }
    return out.toByteArray();
  }

  // Events are made beside their declarations; a value of another type fails in the first test.
  @SuppressWarnings("unchecked")
  private static void write(ScaleWriter out, Shape<?> shape, Object value) {
    ((Shape<Object>) shape).encoder().accept(out, value);
  }
}
