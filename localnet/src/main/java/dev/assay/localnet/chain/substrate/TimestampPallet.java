package dev.assay.localnet.chain.substrate;

import static dev.assay.localnet.chain.metadata.Field.field;

import dev.assay.localnet.chain.metadata.Field;
import dev.assay.localnet.chain.metadata.Shapes;
import dev.assay.localnet.chain.pallet.Arguments;
import dev.assay.localnet.chain.pallet.Call;
import dev.assay.localnet.chain.pallet.Constant;
import dev.assay.localnet.chain.pallet.Context;
import dev.assay.localnet.chain.pallet.Pallet;
import dev.assay.localnet.chain.state.PalletStorage;
import dev.assay.localnet.chain.state.Plain;
import java.util.List;

/** {@code Timestamp}: the chain's own time, in milliseconds since 1970. */
public final class TimestampPallet {
  /** The pallet's index. */
  public static final int INDEX = 2;

  /** The time between two blocks. */
  public static final long BLOCK_MILLISECONDS = 12_000;

  private static final PalletStorage STORAGE = new PalletStorage("Timestamp");

  /** The block's time. */
  public static final Plain<Long> NOW = STORAGE.plain("Now", Shapes.U64, 0L);

  private static final Field<Long> MOMENT = field("now", Shapes.COMPACT_U64);

  private TimestampPallet() {}

  /** The pallet. */
  public static Pallet pallet() {
    return new Pallet(
        "Timestamp",
        INDEX,
        "pallet_timestamp",
        1,
        STORAGE.items(),
        List.of(Call.paid(0, "set", 1_500_000, TimestampPallet::set, MOMENT)),
        List.of(),
        List.of(),
        List.of(new Constant<>("MinimumPeriod", Shapes.U64, BLOCK_MILLISECONDS / 2)));
  }

  private static void set(Context context, Arguments arguments) {
    context.ensureNone();
    context.storage().put(NOW.key(), arguments.get(MOMENT));
  }
}
