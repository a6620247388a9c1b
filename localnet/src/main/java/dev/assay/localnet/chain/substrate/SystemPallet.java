package dev.assay.localnet.chain.substrate;

import static dev.assay.chain.hash.StorageHasher.BLAKE2_128_CONCAT;
import static dev.assay.chain.hash.StorageHasher.TWOX_64_CONCAT;
import static dev.assay.localnet.chain.metadata.Field.field;

import dev.assay.chain.hash.Blake2;
import dev.assay.chain.keys.AccountId;
import dev.assay.chain.scale.Bytes;
import dev.assay.chain.scale.ScaleWriter;
import dev.assay.localnet.bytes.Bytes32;
import dev.assay.localnet.chain.metadata.Field;
import dev.assay.localnet.chain.metadata.Shape;
import dev.assay.localnet.chain.metadata.Shapes;
import dev.assay.localnet.chain.metadata.TypeNode;
import dev.assay.localnet.chain.metadata.TypeNode.Case;
import dev.assay.localnet.chain.metadata.TypeNode.Composite;
import dev.assay.localnet.chain.metadata.TypeNode.Parameter;
import dev.assay.localnet.chain.metadata.TypeNode.Variant;
import dev.assay.localnet.chain.pallet.Arguments;
import dev.assay.localnet.chain.pallet.Call;
import dev.assay.localnet.chain.pallet.Context;
import dev.assay.localnet.chain.pallet.DispatchError;
import dev.assay.localnet.chain.pallet.DispatchInfo;
import dev.assay.localnet.chain.pallet.EventLog;
import dev.assay.localnet.chain.pallet.EventType;
import dev.assay.localnet.chain.pallet.Events;
import dev.assay.localnet.chain.pallet.Pallet;
import dev.assay.localnet.chain.state.PalletStorage;
import dev.assay.localnet.chain.state.Plain;
import dev.assay.localnet.chain.state.SingleMap;
import dev.assay.localnet.chain.state.Storage;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/** {@code System}: accounts, block numbers and hashes, events. */
public final class SystemPallet {
  /** How many block hashes back a mortal extrinsic may be born. */
  public static final long BLOCK_HASH_COUNT = 2400;

  static final int INDEX = 0;
  private static final PalletStorage STORAGE = new PalletStorage("System");
  private static final Events EVENTS = new Events(INDEX);

  /** Nonce and balance. */
  public static final SingleMap<AccountId, AccountInfo> ACCOUNT =
      STORAGE.map(
          "Account", BLAKE2_128_CONCAT, Shapes.ACCOUNT, AccountInfo.SHAPE, AccountInfo.ABSENT);

  static final SingleMap<Long, Bytes32> BLOCK_HASH =
      STORAGE.map("BlockHash", TWOX_64_CONCAT, Shapes.U32, Shapes.HASH, Bytes32.ZERO);

  /** The number of the block. */
  public static final Plain<Long> NUMBER = STORAGE.plain("Number", Shapes.U32, 0L);

  static final Plain<Bytes32> PARENT_HASH = STORAGE.plain("ParentHash", Shapes.HASH, Bytes32.ZERO);
  static final Plain<byte[]> DIGEST = STORAGE.plain("Digest", digest(), new byte[] {0});
  static final Plain<List<byte[]>> EVENT_RECORDS =
      STORAGE.plain("Events", eventRecords(), List.of());
  static final Plain<Long> EVENT_COUNT = STORAGE.plain("EventCount", Shapes.U32, 0L);

  static final EventType EXTRINSIC_SUCCESS =
      EVENTS.named(0, "ExtrinsicSuccess", field("dispatch_info", DispatchInfo.SHAPE));
  static final EventType EXTRINSIC_FAILED =
      EVENTS.named(
          1,
          "ExtrinsicFailed",
          field("dispatch_error", DispatchError.SHAPE),
          field("dispatch_info", DispatchInfo.SHAPE));
  static final EventType CODE_UPDATED = EVENTS.named(2, "CodeUpdated");
  static final EventType NEW_ACCOUNT =
      EVENTS.named(3, "NewAccount", field("account", Shapes.ACCOUNT));
  static final EventType KILLED_ACCOUNT =
      EVENTS.named(4, "KilledAccount", field("account", Shapes.ACCOUNT));
  static final EventType REMARKED =
      EVENTS.named(5, "Remarked", field("sender", Shapes.ACCOUNT), field("hash", Shapes.HASH));

  /** Where the runtime lies. */
  public static final Bytes CODE = new Bytes(":code".getBytes(StandardCharsets.UTF_8));

  private static final Field<byte[]> REMARK = field("remark", Shapes.BYTES);

  private SystemPallet() {}

  /**
   * The pallet.
   *
   * @param version the runtime's version, which is a constant of this pallet
   */
  public static Pallet pallet(RuntimeVersion version) {
    return new Pallet(
        "System",
        INDEX,
        "frame_system",
        1,
        STORAGE.items(),
        List.of(
            Call.paid(0, "remark", 1_600_000, SystemPallet::remark, REMARK),
            Call.paid(7, "remark_with_event", 6_000_000, SystemPallet::remarkWithEvent, REMARK)),
        EVENTS.types(),
        List.of(SystemError.values()),
        SystemConstants.of(version));
  }

  /**
   * Writes what clients look for at genesis.
   *
   * @param code the first runtime's
   */
  public static void genesis(Storage storage, byte[] code) {
    storage.putRaw(CODE, code);
    storage.put(NUMBER.key(), 0L);
  }

  /** Begins a block. */
  public static void initialize(Storage storage, long number, Bytes32 parent) {
    storage.put(NUMBER.key(), number);
    storage.put(PARENT_HASH.key(), parent);
    storage.put(BLOCK_HASH.at(number - 1), parent);
    if (number > BLOCK_HASH_COUNT) {
      storage.remove(BLOCK_HASH.at(number - BLOCK_HASH_COUNT - 1));
    }
  }

  /** Keeps the digest items of the block. */
  public static void digest(Storage storage, List<byte[]> items) {
    storage.put(DIGEST.key(), new ScaleWriter().vec(items, ScaleWriter::bytes).toByteArray());
  }

  /** Puts another runtime's code in the place of the present one's, which executes this block. */
  public static void setCode(Context context, byte[] code) {
    context.storage().putRaw(CODE, code);
    context.deposit(CODE_UPDATED);
  }

  /** Ends a block. */
  public static void complete(Storage storage, EventLog events) {
    storage.put(EVENT_RECORDS.key(), events.records());
    storage.put(EVENT_COUNT.key(), (long) events.size());
  }

  /** The hash of an earlier block, as far back as {@link #BLOCK_HASH_COUNT}. */
  public static Optional<Bytes32> blockHash(Storage storage, long number) {
    return storage.find(BLOCK_HASH.at(number));
  }

  /** The nonce that the account's next extrinsic has. */
  public static long nonce(Storage storage, AccountId account) {
    return storage.get(ACCOUNT.at(account)).nonce();
  }

  /** Uses up a nonce. */
  public static void incrementNonce(Storage storage, AccountId account) {
    storage.update(ACCOUNT.at(account), info -> info.withNonce(info.nonce() + 1));
  }

  /** Says how an extrinsic went. */
  public static void extrinsicDone(
      Context context, Optional<DispatchError> failure, DispatchInfo info) {
    failure.ifPresentOrElse(
        error -> context.deposit(EXTRINSIC_FAILED, error, info),
        () -> context.deposit(EXTRINSIC_SUCCESS, info));
  }

  private static void remark(Context context, Arguments arguments) {
    if (!context.origin().root()) {
      context.signer();
    }
  }

  private static void remarkWithEvent(Context context, Arguments arguments) {
    Bytes32 hash = new Bytes32(Blake2.blake2b256(arguments.get(REMARK)));
    context.deposit(REMARKED, context.signer(), hash);
  }

  private static Shape<byte[]> digest() {
    TypeNode engine = Shapes.byteArray(4).type();
    List<TypeNode.Member> engineAndData =
        List.of(Field.positional(engine), Field.unnamed(Shapes.BYTES).member());
    TypeNode item =
        new Variant(
            Shapes.path("sp_runtime::generic::digest::DigestItem"),
            List.of(),
            List.of(
                new Case("PreRuntime", 6, engineAndData),
                new Case("Consensus", 4, engineAndData),
                new Case("Seal", 5, engineAndData),
                new Case("Other", 0, List.of(Field.unnamed(Shapes.BYTES).member())),
                new Case("RuntimeEnvironmentUpdated", 8, List.of())));
    TypeNode.Member logs =
        new TypeNode.Member(Optional.of("logs"), new TypeNode.Sequence(item), "Vec<DigestItem>");
    return Shapes.verbatim(
        new Composite(
            Shapes.path("sp_runtime::generic::digest::Digest"), List.of(), List.of(logs)));
  }

  private static Shape<List<byte[]>> eventRecords() {
    TypeNode phase =
        new Variant(
            Shapes.path("frame_system::Phase"),
            List.of(),
            List.of(
                new Case("ApplyExtrinsic", 0, List.of(Field.unnamed(Shapes.U32).member())),
                new Case("Finalization", 1, List.of()),
                new Case("Initialization", 2, List.of())));
    TypeNode event = new TypeNode.OuterEvent();
    TypeNode topics = new TypeNode.Sequence(Shapes.HASH.type());
    TypeNode entry =
        new Composite(
            Shapes.path("frame_system::EventRecord"),
            List.of(
                new Parameter("E", Optional.of(event)),
                new Parameter("T", Optional.of(Shapes.HASH.type()))),
            List.of(
                new TypeNode.Member(Optional.of("phase"), phase, "Phase"),
                new TypeNode.Member(Optional.of("event"), event, "E"),
                new TypeNode.Member(Optional.of("topics"), topics, "Vec<T>")));
    return new Shape<>(
        new TypeNode.Sequence(entry),
        1,
        (out, records) -> out.vec(records, ScaleWriter::bytes),
        in -> {
          throw new UnsupportedOperationException("the node writes events and never reads them");
        });
  }
}
