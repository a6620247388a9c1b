package dev.assay.localnet.chain.subtensor;

import static dev.assay.chain.hash.StorageHasher.IDENTITY;
import static dev.assay.chain.hash.StorageHasher.TWOX_64_CONCAT;
import static dev.assay.localnet.chain.metadata.Field.field;

import dev.assay.chain.keys.AccountId;
import dev.assay.chain.scale.ScaleException;
import dev.assay.chain.timelock.Timelock;
import dev.assay.chain.timelock.TimelockException;
import dev.assay.localnet.chain.drand.DrandPallet;
import dev.assay.localnet.chain.metadata.Field;
import dev.assay.localnet.chain.metadata.Pair;
import dev.assay.localnet.chain.metadata.RecordShape;
import dev.assay.localnet.chain.metadata.Shape;
import dev.assay.localnet.chain.metadata.Shapes;
import dev.assay.localnet.chain.metadata.TypeNode;
import dev.assay.localnet.chain.metadata.TypeNode.Parameter;
import dev.assay.localnet.chain.pallet.Arguments;
import dev.assay.localnet.chain.pallet.Call;
import dev.assay.localnet.chain.pallet.Constant;
import dev.assay.localnet.chain.pallet.Context;
import dev.assay.localnet.chain.pallet.EventType;
import dev.assay.localnet.chain.pallet.Events;
import dev.assay.localnet.chain.pallet.Pallet;
import dev.assay.localnet.chain.pallet.PalletError;
import dev.assay.localnet.chain.state.DoubleMap;
import dev.assay.localnet.chain.state.PalletStorage;
import dev.assay.localnet.chain.state.Plain;
import dev.assay.localnet.chain.state.Storage;
import dev.assay.localnet.chain.state.StorageItem.KeyPart;
import dev.assay.localnet.chain.subtensor.storage.Hyperparameters;
import dev.assay.localnet.chain.subtensor.storage.Mechanisms;
import dev.assay.localnet.chain.subtensor.storage.Neurons;
import dev.assay.localnet.chain.subtensor.storage.Subnets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** {@code Commitments}: what hotkeys publish, models among it. */
public final class CommitmentsPallet {
  private static final Logger LOG = LoggerFactory.getLogger(CommitmentsPallet.class);
  private static final int INDEX = 18;
  private static final int MAX_FIELDS = 3;
  private static final int MAX_REVEALS = 10;
  private static final long MIN_SPACE = 100;
  private static final PalletStorage STORAGE = new PalletStorage("Commitments");
  private static final Events EVENTS = new Events(INDEX);
  private static final KeyPart<Integer> NETUID_KEY = new KeyPart<>(IDENTITY, Shapes.U16);
  private static final KeyPart<AccountId> HOTKEY_KEY =
      new KeyPart<>(TWOX_64_CONCAT, Shapes.ACCOUNT);

  record Info(List<CommitmentData> fields) {
    static final Shape<Info> SHAPE =
        RecordShape.of(
            Info.class,
            "pallet_commitments::types::CommitmentInfo",
            List.of(new Parameter("FieldLimit", Optional.empty())),
            Shapes.boundedVec(CommitmentData.SHAPE, MAX_FIELDS));
  }

  public record Commitment(long deposit, long block, Info info) {
    public static final Shape<Commitment> SHAPE =
        RecordShape.of(
            Commitment.class,
            "pallet_commitments::types::Registration",
            List.of(
                new Parameter("Balance", Optional.of(Shapes.U64.type())),
                new Parameter("MaxFields", Optional.empty()),
                new Parameter("BlockNumber", Optional.of(Shapes.U32.type()))),
            Shapes.U64,
            Shapes.U32,
            Info.SHAPE);
  }

  record Usage(long lastEpoch, long usedSpace) {
    static final Shape<Usage> SHAPE =
        RecordShape.of(
            Usage.class, "pallet_commitments::types::UsageTracker", Shapes.U64, Shapes.U64);
  }

  private static final Plain<List<Pair<Integer, AccountId>>> TIMELOCKED =
      STORAGE.plain("TimelockedIndex", index(), List.of());
  public static final DoubleMap<Integer, AccountId, Commitment> COMMITMENTS =
      STORAGE.optionalMap("CommitmentOf", NETUID_KEY, HOTKEY_KEY, Commitment.SHAPE);
  private static final DoubleMap<Integer, AccountId, Long> LAST_COMMITMENT =
      STORAGE.optionalMap("LastCommitment", NETUID_KEY, HOTKEY_KEY, Shapes.U32);
  private static final DoubleMap<Integer, AccountId, Long> LAST_BONDS_RESET =
      STORAGE.optionalMap("LastBondsReset", NETUID_KEY, HOTKEY_KEY, Shapes.U32);
  private static final DoubleMap<Integer, AccountId, List<Pair<byte[], Long>>> REVEALED =
      STORAGE.optionalMap(
          "RevealedCommitments",
          NETUID_KEY,
          HOTKEY_KEY,
          Shapes.vec(Shapes.pair(Shapes.BYTES, Shapes.U64)));
  private static final DoubleMap<Integer, AccountId, Usage> USED_SPACE =
      STORAGE.optionalMap("UsedSpaceOf", NETUID_KEY, HOTKEY_KEY, Usage.SHAPE);
  private static final Plain<Long> MAX_SPACE = STORAGE.plain("MaxSpace", Shapes.U32, 3100L);

  private static final Field<Integer> NETUID = field("netuid", Shapes.U16);
  private static final Field<AccountId> WHO = field("who", Shapes.ACCOUNT);
  private static final Field<Info> INFO = field("info", Info.SHAPE.boxed());

  private static final EventType COMMITMENT = EVENTS.named(0, "Commitment", NETUID, WHO);
  private static final EventType TIMELOCK_COMMITMENT =
      EVENTS.named(1, "TimelockCommitment", NETUID, WHO, field("reveal_round", Shapes.U64));
  private static final EventType COMMITMENT_REVEALED =
      EVENTS.named(2, "CommitmentRevealed", NETUID, WHO);

  private enum Problem implements PalletError {
    TOO_MANY_FIELDS_IN_COMMITMENT_INFO,
    ACCOUNT_NOT_ALLOWED_COMMIT,
    SPACE_LIMIT_EXCEEDED;

    @Override
    public int pallet() {
      return INDEX;
    }
  }

  private CommitmentsPallet() {}

  /** The pallet. */
  public static Pallet pallet() {
    return new Pallet(
        "Commitments",
        INDEX,
        "pallet_commitments",
        1,
        STORAGE.items(),
        List.of(
            Call.free(0, "set_commitment", 33_480_000, CommitmentsPallet::commit, NETUID, INFO)),
        EVENTS.types(),
        List.of(Problem.values()),
        List.of(
            new Constant<>("MaxFields", Shapes.U32, (long) MAX_FIELDS),
            new Constant<>("InitialDeposit", Shapes.U64, 0L),
            new Constant<>("FieldDeposit", Shapes.U64, 0L)));
  }

  /** What happens at the beginning of a block: what the beacon has opened is revealed. */
  public static void initialize(Context context) {
    for (Pair<Integer, AccountId> key : context.storage().get(TIMELOCKED.key())) {
      reveal(context, key.first(), key.second());
    }
  }

  private static void commit(Context context, Arguments arguments) {
    Storage storage = context.storage();
    AccountId hotkey = context.signer();
    int netuid = arguments.get(NETUID);
    Info info = arguments.get(INFO);
    Problem.ACCOUNT_NOT_ALLOWED_COMMIT.unless(
        storage.get(Neurons.IS_NETWORK_MEMBER.at(hotkey, netuid)));
    if (info.fields().stream().anyMatch(CommitmentData::resetsBonds)) {
      storage.put(LAST_BONDS_RESET.at(netuid, hotkey), context.block());
      resetBonds(storage, netuid, hotkey);
    }
    useSpace(storage, netuid, hotkey, info);
    storage.put(COMMITMENTS.at(netuid, hotkey), new Commitment(0, context.block(), info));
    storage.put(LAST_COMMITMENT.at(netuid, hotkey), context.block());
    Optional<CommitmentData> timelocked =
        info.fields().stream().filter(CommitmentData::isTimelocked).findFirst();
    setTimelocked(storage, netuid, hotkey, timelocked.isPresent());
    timelocked.ifPresentOrElse(
        data -> context.deposit(TIMELOCK_COMMITMENT, netuid, hotkey, data.round()),
        () -> context.deposit(COMMITMENT, netuid, hotkey));
  }

  private static void useSpace(Storage storage, int netuid, AccountId hotkey, Info info) {
    long needed = info.fields().stream().mapToLong(CommitmentData::space).sum();
    long epoch = storage.get(Subnets.SUBNET_EPOCH_INDEX.at(netuid));
    Usage before = storage.find(USED_SPACE.at(netuid, hotkey)).orElse(new Usage(0, 0));
    long used = before.lastEpoch() == epoch ? before.usedSpace() : 0;
    long total = used + Math.max(needed, MIN_SPACE);
    Problem.SPACE_LIMIT_EXCEEDED.unless(total <= storage.get(MAX_SPACE.key()));
    storage.put(USED_SPACE.at(netuid, hotkey), new Usage(epoch, total));
  }

  /** All bonds to the hotkey's neuron are given up, where the subnet allows it. */
  private static void resetBonds(Storage storage, int netuid, AccountId hotkey) {
    Optional<Integer> uid = storage.find(Neurons.UIDS.at(netuid, hotkey));
    if (uid.isEmpty() || !storage.get(Hyperparameters.BONDS_RESET_ON.at(netuid))) {
      return;
    }
    for (int mechanism = 0; mechanism < Mechanisms.count(storage, netuid); mechanism++) {
      int index = Mechanisms.storageIndex(netuid, mechanism);
      for (Pair<Integer, List<Pair<Integer, Integer>>> row :
          Neurons.BONDS.entries(storage, index)) {
        List<Pair<Integer, Integer>> left =
            row.second().stream().filter(bond -> !bond.first().equals(uid.get())).toList();
        storage.put(Neurons.BONDS.at(index, row.first()), left);
      }
    }
  }

  private static void setTimelocked(
      Storage storage, int netuid, AccountId hotkey, boolean timelocked) {
    Pair<Integer, AccountId> key = new Pair<>(netuid, hotkey);
    List<Pair<Integer, AccountId>> before = storage.get(TIMELOCKED.key());
    if (before.contains(key) == timelocked) {
      return;
    }
    List<Pair<Integer, AccountId>> after = new ArrayList<>(before);
    if (timelocked) {
      after.add(key);
    } else {
      after.remove(key);
    }
    after.sort(
        (one, other) -> {
          int byNetuid = one.first().compareTo(other.first());
          return byNetuid != 0 ? byNetuid : one.second().compareTo(other.second());
        });
    storage.put(TIMELOCKED.key(), after);
  }

  private static void reveal(Context context, int netuid, AccountId hotkey) {
    Storage storage = context.storage();
    Optional<Commitment> commitment = storage.find(COMMITMENTS.at(netuid, hotkey));
    if (commitment.isEmpty()) {
      setTimelocked(storage, netuid, hotkey, false);
      return;
    }
    List<CommitmentData> left = new ArrayList<>();
    List<byte[]> opened = new ArrayList<>();
    for (CommitmentData data : commitment.get().info().fields()) {
      Optional<byte[]> signature = DrandPallet.signature(storage, data.round());
      if (!data.isTimelocked() || signature.isEmpty()) {
        left.add(data);
      } else {
        open(data, signature.get()).ifPresent(opened::add);
      }
    }
    if (left.size() == commitment.get().info().fields().size()) {
      return;
    }
    storeRevealed(context, netuid, hotkey, opened);
    Commitment before = commitment.get();
    if (left.isEmpty()) {
      storage.remove(COMMITMENTS.at(netuid, hotkey));
    } else {
      storage.put(
          COMMITMENTS.at(netuid, hotkey),
          new Commitment(before.deposit(), before.block(), new Info(left)));
    }
    boolean waiting = left.stream().anyMatch(CommitmentData::isTimelocked);
    setTimelocked(storage, netuid, hotkey, waiting);
  }

  private static Optional<byte[]> open(CommitmentData data, byte[] signature) {
    try {
      byte[] plain = Timelock.decrypt(data.content().raw(), signature);
      return Optional.of(plain).filter(bytes -> bytes.length > 0);
    } catch (ScaleException | TimelockException e) {
      // The chain drops what can't be opened.
      LOG.debug("a commitment can't be opened", e);
      return Optional.empty();
    }
  }

  private static void storeRevealed(
      Context context, int netuid, AccountId hotkey, List<byte[]> opened) {
    if (opened.isEmpty()) {
      return;
    }
    Storage storage = context.storage();
    List<Pair<byte[], Long>> all =
        new ArrayList<>(storage.find(REVEALED.at(netuid, hotkey)).orElse(List.of()));
    for (byte[] plain : opened) {
      all.add(new Pair<>(plain, context.block()));
      context.deposit(COMMITMENT_REVEALED, netuid, hotkey);
    }
    List<Pair<byte[], Long>> newest =
        all.subList(Math.max(0, all.size() - MAX_REVEALS), all.size());
    storage.put(REVEALED.at(netuid, hotkey), newest);
  }

  private static Shape<List<Pair<Integer, AccountId>>> index() {
    Shape<Pair<Integer, AccountId>> entry = Shapes.pair(Shapes.U16, Shapes.ACCOUNT);
    Shape<List<Pair<Integer, AccountId>>> entries = Shapes.vec(entry);
    TypeNode type =
        new TypeNode.Composite(
            List.of("BTreeSet"),
            List.of(new Parameter("T", Optional.of(entry.type()))),
            List.of(Field.unnamed(entries).member()));
    return new Shape<>(type, 1, entries.encoder(), entries.decoder());
  }
}
