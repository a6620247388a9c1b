package dev.assay.localnet.chain.pallet;

import static dev.assay.chain.hash.StorageHasher.BLAKE2_128_CONCAT;
import static dev.assay.localnet.chain.metadata.Field.field;

import dev.assay.chain.timelock.DrandChain;
import dev.assay.localnet.chain.Bytes;
import dev.assay.localnet.chain.metadata.Field;
import dev.assay.localnet.chain.metadata.RecordShape;
import dev.assay.localnet.chain.metadata.Shape;
import dev.assay.localnet.chain.metadata.Shapes;
import dev.assay.localnet.chain.metadata.TypeNode;
import dev.assay.localnet.chain.metadata.TypeNode.Case;
import dev.assay.localnet.chain.metadata.TypeNode.Parameter;
import dev.assay.localnet.chain.metadata.TypeNode.Variant;
import dev.assay.localnet.chain.state.PalletStorage;
import dev.assay.localnet.chain.state.Plain;
import dev.assay.localnet.chain.state.SingleMap;
import dev.assay.localnet.chain.state.Storage;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/** {@code Drand}: the beacon's rounds, which open what was encrypted to them. */
public final class DrandPallet {
  private static final int INDEX = 26;
  private static final int KEPT = 216_000;
  private static final PalletStorage STORAGE = new PalletStorage("Drand");
  private static final Events EVENTS = new Events(INDEX);
  private static final Bytes NOTHING = new Bytes(new byte[0]);

  /** One round of the beacon. */
  public record Pulse(long round, Bytes randomness, Bytes signature) {
    static final Shape<Pulse> SHAPE =
        RecordShape.of(
            Pulse.class, "pallet_drand::types::Pulse", Shapes.U64, bounded(32), bounded(144));
  }

  /** What a block brings in. */
  public record PulsesPayload(long blockNumber, List<Pulse> pulses, Bytes public_) {
    static final Shape<PulsesPayload> SHAPE =
        RecordShape.of(
            PulsesPayload.class,
            "pallet_drand::types::PulsesPayload",
            List.of(
                new Parameter("Public", Optional.of(signer().type())),
                new Parameter("BlockNumber", Optional.of(Shapes.U32.type()))),
            Shapes.U32,
            Shapes.vec(Pulse.SHAPE),
            signer());
  }

  record Metadata(Bytes beaconId) {
    static final Shape<Metadata> SHAPE =
        RecordShape.of(Metadata.class, "pallet_drand::types::Metadata", bounded(32));
  }

  record Configuration(
      Bytes publicKey,
      long period,
      long genesisTime,
      Bytes hash,
      Bytes groupHash,
      Bytes schemeId,
      Metadata metadata) {
    static final Shape<Configuration> SHAPE =
        RecordShape.of(
            Configuration.class,
            "pallet_drand::types::BeaconConfiguration",
            bounded(96),
            Shapes.U32,
            Shapes.U32,
            bounded(32),
            bounded(32),
            bounded(32),
            Metadata.SHAPE);
  }

  private static final Plain<Configuration> CONFIGURATION =
      STORAGE.plain("BeaconConfig", Configuration.SHAPE, quicknet());

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
      field("signature", Shapes.option(signature()));

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
    storage.put(CONFIGURATION.key(), configuration(beacon));
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

  /** What the pallet takes for granted, as its metadata says. */
  private static Configuration quicknet() {
    HexFormat hex = HexFormat.of();
    Configuration common = configuration(DrandChain.QUICKNET);
    return new Configuration(
        common.publicKey(),
        common.period(),
        common.genesisTime(),
        new Bytes(hex.parseHex("52db9ba70e0cc0f6eaf7803dd07447a1f5477735fd3f661792ba94600c84e971")),
        new Bytes(hex.parseHex("f477d5c89f21a17c863a7f937c6a6d15859414d2be09cd448d4279af331c5d3e")),
        new Bytes("bls-unchained-g1-rfc9380".getBytes(StandardCharsets.US_ASCII)),
        new Metadata(new Bytes("quicknet".getBytes(StandardCharsets.US_ASCII))));
  }

  private static Configuration configuration(DrandChain beacon) {
    return new Configuration(
        new Bytes(beacon.publicKey().bytes()),
        beacon.period().toSeconds(),
        beacon.genesis().getEpochSecond(),
        NOTHING,
        NOTHING,
        NOTHING,
        new Metadata(NOTHING));
  }

  private static Shape<Bytes> bounded(int limit) {
    return Shapes.boundedBytes(limit).as(Bytes::new, Bytes::raw);
  }

  /** {@code MultiSigner}, as its bytes. */
  private static Shape<Bytes> signer() {
    return tagged("sp_runtime::MultiSigner", "Ed25519", 32, "Sr25519", 32, "Ecdsa", 33);
  }

  /** {@code MultiSignature}, as its bytes. */
  private static Shape<Bytes> signature() {
    return tagged("sp_runtime::MultiSignature", "Ed25519", 64, "Sr25519", 64, "Ecdsa", 65);
  }

  private static Shape<Bytes> tagged(
      String path, String name0, int size0, String name1, int size1, String name2, int size2) {
    List<Case> cases =
        List.of(
            new Case(name0, 0, List.of(Field.unnamed(Shapes.byteArray(size0)).member())),
            new Case(name1, 1, List.of(Field.unnamed(Shapes.byteArray(size1)).member())),
            new Case(name2, 2, List.of(Field.unnamed(Shapes.byteArray(size2)).member())));
    TypeNode type = new Variant(Shapes.path(path), List.of(), cases);
    return new Shape<>(
        type,
        size0 + 1,
        (out, value) -> out.bytes(value.raw()),
        in -> {
          int tag = in.u8();
          byte[] value = in.bytes(tag == 2 ? size2 : size0);
          byte[] all = new byte[value.length + 1];
          all[0] = (byte) tag;
          System.arraycopy(value, 0, all, 1, value.length);
          return new Bytes(all);
        });
  }
}
