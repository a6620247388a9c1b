package dev.assay.localnet.chain.pallet;

import dev.assay.chain.scale.ScaleException;
import dev.assay.chain.scale.ScaleReader;
import dev.assay.chain.scale.ScaleWriter;
import dev.assay.localnet.chain.metadata.Field;
import dev.assay.localnet.chain.metadata.Shape;
import dev.assay.localnet.chain.metadata.TypeNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Reads calls, and calls inside calls. */
public final class CallCodec {
  private static final int MAX_DEPTH = 32;

  private final Map<Integer, Pallet> pallets = new HashMap<>();
  // A call within a call is read by the same shape, which is handed nothing but the reader.
  private final ThreadLocal<Integer> depth = ThreadLocal.withInitial(() -> 0);

  /** The calls of a pallet can be read from here on. */
  public void add(Pallet pallet) {
    pallets.put(pallet.index(), pallet);
  }

  /** The type of a call inside another. */
  public Shape<RuntimeCall> shape() {
    return new Shape<>(new TypeNode.OuterCall(), 2, (out, call) -> write(out, call), this::read);
  }

  /**
   * Reads a call.
   *
   * @throws ScaleException when there is no such call, its arguments are malformed, or it nests too
   *     deep
   */
  public RuntimeCall read(ScaleReader in) {
    int outer = depth.get();
    if (outer >= MAX_DEPTH) {
      throw new ScaleException(in.offset(), "calls nest deeper than " + MAX_DEPTH);
    }
    depth.set(outer + 1);
    try {
      return readHere(in);
    } finally {
      depth.set(outer);
    }
  }

  private RuntimeCall readHere(ScaleReader in) {
    int start = in.offset();
    int palletIndex = in.u8();
    int callIndex = in.u8();
    Pallet pallet = pallets.get(palletIndex);
    if (pallet != null) {
      for (Call call : pallet.calls()) {
        if (call.index() == callIndex) {
          return new RuntimeCall(pallet, call, arguments(in, call));
        }
      }
    }
    throw new ScaleException(start, "no call " + callIndex + " of a pallet " + palletIndex);
  }

  private static Arguments arguments(ScaleReader in, Call call) {
    List<Object> values = new ArrayList<>(call.fields().size());
    for (Field<?> field : call.fields()) {
      values.add(field.shape().decoder().apply(in));
    }
    return new Arguments(call.fields(), values);
  }

  // The values were read with the very shapes that write them.
  @SuppressWarnings("unchecked")
  private static void write(ScaleWriter out, RuntimeCall call) {
    out.u8(call.pallet().index()).u8(call.call().index());
    Arguments arguments = call.arguments();
    for (int i = 0; i < arguments.values().size(); i++) {
      Shape<Object> shape = (Shape<Object>) arguments.fields().get(i).shape();
      shape.encoder().accept(out, arguments.values().get(i));
    }
  }
}
