package dev.assay.localnet.chain.drand;

import static dev.assay.chain.hash.StorageHasher.BLAKE2_128_CONCAT;
import static dev.assay.localnet.chain.metadata.Field.field;

import dev.assay.chain.scale.Bytes;
import dev.assay.chain.timelock.DrandChain;
import dev.assay.localnet.chain.drand.DrandTypes.Configuration;
import dev.assay.localnet.chain.drand.DrandTypes.Pulse;
import dev.assay.localnet.chain.drand.DrandTypes.PulsesPayload;
import dev.assay.localnet.chain.metadata.Field;
import dev.assay.localnet.chain.metadata.Shapes;
import dev.assay.localnet.chain.pallet.Arguments;
import dev.assay.localnet.chain.pallet.Call;
import dev.assay.localnet.chain.pallet.Context;
import dev.assay.localnet.chain.pallet.EventType;
import dev.assay.localnet.chain.pallet.Events;
import dev.assay.localnet.chain.pallet.Pallet;
import dev.assay.localnet.chain.state.PalletStorage;
import dev.assay.localnet.chain.state.Plain;
import dev.assay.localnet.chain.state.SingleMap;
import dev.assay.localnet.chain.state.Storage;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** {@code Drand}: the beacon's rounds, which open what was encrypted to them. */
public final class DrandPallet {
  private static final int INDEX = 26;
  private static final int KEPT = 216_000;
  private static final PalletStorage STORAGE = new PalletStorage("Drand");
  private static final Events EVENTS = new Events(INDEX);

  private static final Plain<Configuration> CONFIGURATION =
      STORAGE.plain("BeaconConfig", Configuration.SHAPE, DrandTypes.quicknet());

  /** The rounds that have come, by number. */
  public static final SingleMap<Long, Pulse> PULSES =
      STORAGE.optionalMap("Pulses", BLAKE2_128_CONCAT, Shapes.U64, Pulse.SHAPE);

  /** The number of the newest. */
  public static final Plain<Long> LAST_STORED_ROUND =
      STORAGE.plain("LastStoredRound", Shapes.U64, 0L);

  static final Plain<Long> OLDEST_STORED_ROUND = STORAGE.plain("OldestStoredRound", Shapes.U64, 0L);

  static final EventType NEW_PULSE =
      EVENTS.named(1, "NewPulse", field("rounds", Shapes.vec(Shapes.U64)));

  private static final Field<PulsesPayload> PAYLOAD = field("pulses_payload", PulsesPayload.SHAPE);
  private static final Field<Optional<Bytes>> SIGNATURE =
      field("signature", Shapes.option(DrandTypes.signature()));

  private DrandPallet() {}

  /** The pallet. */
  public static Pallet pallet() {
    return new Pallet(
        "Drand",
        INDEX,
        "pallet_drand",
        1,
        STORAGE.items(),
        List.of(
            Call.free(0, "write_pulse", 5_294_000_000L, DrandPallet::write, PAYLOAD, SIGNATURE)),
        EVENTS.types(),
        List.of(),
        List.of());
  }

  /** Says at genesis which beacon the chain listens to. */
  public static void genesis(Storage storage, DrandChain beacon) {
    storage.put(CONFIGURATION.key(), DrandTypes.configuration(beacon));
  }

  /** The signature of a round, if it has come. */
  public static Optional<byte[]> signature(Storage storage, long round) {
    return storage.find(PULSES.at(round)).map(pulse -> pulse.signature().raw());
  }

  /** The number of the newest round that has come. */
  public static long lastRound(Storage storage) {
    return storage.get(LAST_STORED_ROUND.key());
  }

  /** What a block that brings these rounds in says. */
  public static PulsesPayload payload(long block, List<Pulse> pulses) {
    byte[] nobody = new byte[33];
    nobody[0] = 1;
    return new PulsesPayload(block, pulses, new Bytes(nobody));
  }

  /** Only the block itself gets here: the node takes no unsigned extrinsic from anybody. */
  private static void write(Context context, Arguments arguments) {
    context.ensureNone();
    Storage storage = context.storage();
    List<Long> rounds = new ArrayList<>();
    for (Pulse pulse : arguments.get(PAYLOAD).pulses()) {
      storage.put(PULSES.at(pulse.round()), pulse);
      storage.put(LAST_STORED_ROUND.key(), pulse.round());
      if (storage.get(OLDEST_STORED_ROUND.key()) == 0) {
        storage.put(OLDEST_STORED_ROUND.key(), pulse.round());
      }
      rounds.add(pulse.round());
    }
    forgetOldest(storage);
    if (!rounds.isEmpty()) {
      context.deposit(NEW_PULSE, rounds);
    }
  }

  private static void forgetOldest(Storage storage) {
    long oldest = storage.get(OLDEST_STORED_ROUND.key());
    long kept = storage.get(LAST_STORED_ROUND.key()) - KEPT + 1;
    while (oldest < kept) {
      storage.remove(PULSES.at(oldest++));
      storage.put(OLDEST_STORED_ROUND.key(), oldest);
    }
  }
}
