package dev.assay.localnet.chain.substrate;

import dev.assay.localnet.chain.metadata.RecordShape;
import dev.assay.localnet.chain.metadata.Shape;
import dev.assay.localnet.chain.metadata.Shapes;
import dev.assay.localnet.chain.pallet.Call;
import dev.assay.localnet.chain.pallet.Pallet;
import dev.assay.localnet.chain.state.PalletStorage;
import dev.assay.localnet.chain.state.Plain;
import dev.assay.localnet.chain.state.Storage;
import dev.assay.localnet.chain.state.StorageItem;
import java.util.ArrayList;
import java.util.List;

/**
 * What the runtime after an upgrade has and the one before has not: {@code
 * System.LastRuntimeUpgrade}, as on the real chain, and another index of {@code
 * Commitments.set_commitment}, for which its transaction version rises.
 */
public final class RuntimeUpgrade {
  private static final int MOVED_SET_COMMITMENT = 9;
  private static final PalletStorage STORAGE = new PalletStorage("System");
  private static final Plain<Last> LAST = STORAGE.optional("LastRuntimeUpgrade", Last.SHAPE);

  private RuntimeUpgrade() {}

  private record Last(long specVersion, String specName) {
    static final Shape<Last> SHAPE =
        RecordShape.of(
            Last.class,
            "frame_system::LastRuntimeUpgradeInfo",
            Shapes.COMPACT_U32,
            RuntimeVersion.cow(Shapes.STR));
  }

  /** A pallet as the runtime after the upgrade declares it. */
  public static Pallet of(Pallet before) {
    List<StorageItem<?>> storage = new ArrayList<>(before.storage());
    if (before.name().equals("System")) {
      storage.addAll(STORAGE.items());
    }
    List<Call> calls = before.calls().stream().map(RuntimeUpgrade::moved).toList();
    return new Pallet(
        before.name(),
        before.index(),
        before.crate(),
        before.genericArity(),
        storage,
        calls,
        before.events(),
        before.errors(),
        before.constants());
  }

  /** The first block of the runtime writes which one it is. */
  public static void initialize(Storage storage, RuntimeVersion version) {
    if (!storage.has(LAST.key())) {
      storage.put(LAST.key(), new Last(version.specVersion(), version.specName()));
    }
  }

  private static Call moved(Call call) {
    return call.name().equals("set_commitment") ? call.at(MOVED_SET_COMMITMENT) : call;
  }
}
