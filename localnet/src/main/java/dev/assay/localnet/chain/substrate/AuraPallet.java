package dev.assay.localnet.chain.substrate;

import dev.assay.localnet.chain.metadata.Shapes;
import dev.assay.localnet.chain.pallet.Constant;
import dev.assay.localnet.chain.pallet.Pallet;
import java.util.List;

/**
 * {@code Aura}, as far as clients ask for it: the time of a slot, from which the bittensor SDK
 * calculates when a commit of weights will be revealed.
 */
public final class AuraPallet {

  private static final int INDEX = 3;

  private AuraPallet() {}

  /** The pallet. */
  public static Pallet pallet() {
    return new Pallet(
        "Aura",
        INDEX,
        "pallet_aura",
        1,
        List.of(),
        List.of(),
        List.of(),
        List.of(),
        List.of(new Constant<>("SlotDuration", Shapes.U64, TimestampPallet.BLOCK_MILLISECONDS)));
  }
}
