package dev.assay.localnet.chain.pallet;

import dev.assay.chain.scale.ScaleWriter;
import java.util.ArrayList;
import java.util.List;

/** The events of the block in the making. */
public final class EventLog {
  private static final int APPLY_EXTRINSIC = 0;
  private static final int INITIALIZATION = 2;

  private final List<byte[]> records = new ArrayList<>();
  private int extrinsic = -1;

  /** From here on events belong to the extrinsic of that index. */
  public void enterExtrinsic(int index) {
    extrinsic = index;
  }

  void deposit(byte[] event) {
    ScaleWriter out = new ScaleWriter();
    if (extrinsic < 0) {
      out.u8(INITIALIZATION);
    } else {
      out.u8(APPLY_EXTRINSIC).u32(extrinsic);
    }
    records.add(out.bytes(event).compact(0).toByteArray());
  }

  /** How many there are; a place to come back to. */
  public int size() {
    return records.size();
  }

  /** Forgets what came after a place. */
  public void truncate(int size) {
    records.subList(size, records.size()).clear();
  }

  /** All records, encoded. */
  public List<byte[]> records() {
    return List.copyOf(records);
  }
}
