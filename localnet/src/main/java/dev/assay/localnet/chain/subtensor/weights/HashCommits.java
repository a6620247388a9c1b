package dev.assay.localnet.chain.subtensor.weights;

import static dev.assay.localnet.chain.subtensor.storage.SubtensorError.COMMITTING_WEIGHTS_TOO_FAST;
import static dev.assay.localnet.chain.subtensor.storage.SubtensorError.COMMIT_REVEAL_DISABLED;
import static dev.assay.localnet.chain.subtensor.storage.SubtensorError.EXPIRED_WEIGHT_COMMIT;
import static dev.assay.localnet.chain.subtensor.storage.SubtensorError.HOT_KEY_NOT_REGISTERED_IN_SUB_NET;
import static dev.assay.localnet.chain.subtensor.storage.SubtensorError.INVALID_REVEAL_COMMIT_HASH_NOT_MATCH;
import static dev.assay.localnet.chain.subtensor.storage.SubtensorError.NO_WEIGHTS_COMMIT_FOUND;
import static dev.assay.localnet.chain.subtensor.storage.SubtensorError.REVEAL_TOO_EARLY;
import static dev.assay.localnet.chain.subtensor.storage.SubtensorError.TOO_MANY_UNREVEALED_COMMITS;

import dev.assay.chain.hash.Blake2;
import dev.assay.chain.keys.AccountId;
import dev.assay.chain.scale.ScaleWriter;
import dev.assay.localnet.bytes.Bytes32;
import dev.assay.localnet.chain.pallet.Context;
import dev.assay.localnet.chain.state.Storage;
import dev.assay.localnet.chain.subtensor.storage.HashCommit;
import dev.assay.localnet.chain.subtensor.storage.Hyperparameters;
import dev.assay.localnet.chain.subtensor.storage.Mechanisms;
import dev.assay.localnet.chain.subtensor.storage.NeuronTable;
import dev.assay.localnet.chain.subtensor.storage.Neurons;
import dev.assay.localnet.chain.subtensor.storage.SubtensorEvents;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Weights that are committed by their hash and revealed by their committer. */
public final class HashCommits {
  private static final int MAX_UNREVEALED = 10;

  private HashCommits() {}

  /** What a commit was the hash of. */
  public record Reveal(WeightSetting.Row row, List<Integer> salt) {}

  public static void commit(Context context, int netuid, int mechanism, Bytes32 hash) {
    Storage storage = context.storage();
    Mechanisms.ensureExists(storage, netuid, mechanism);
    int index = Mechanisms.storageIndex(netuid, mechanism);
    AccountId hotkey = context.signer();
    ensureCommitReveal(storage, netuid);
    HOT_KEY_NOT_REGISTERED_IN_SUB_NET.unless(storage.has(Neurons.UIDS.at(netuid, hotkey)));
    int uid = storage.get(Neurons.UIDS.at(netuid, hotkey));
    COMMITTING_WEIGHTS_TOO_FAST.unless(
        WeightSetting.isSlowEnough(storage, netuid, index, uid, context.block()));
    List<HashCommit> commits = new ArrayList<>(of(storage, index, hotkey));
    dropExpired(commits, storage, netuid, context.block());
    TOO_MANY_UNREVEALED_COMMITS.unless(commits.size() < MAX_UNREVEALED);
    long epoch = EpochClock.index(storage, netuid, context.block());
    commits.add(new HashCommit(hash, epoch, context.block(), 0));
    storage.put(Neurons.WEIGHT_COMMITS.at(index, hotkey), commits);
    context.deposit(SubtensorEvents.WEIGHTS_COMMITTED, hotkey, index, hash);
    NeuronTable.setLastUpdate(storage, index, uid, context.block());
  }

  public static void reveal(
      Context context, int netuid, int mechanism, WeightSetting.Row row, List<Integer> salt) {
    Storage storage = context.storage();
    int index = Mechanisms.storageIndex(netuid, mechanism);
    AccountId hotkey = context.signer();
    ensureCommitReveal(storage, netuid);
    NO_WEIGHTS_COMMIT_FOUND.unless(storage.has(Neurons.WEIGHT_COMMITS.at(index, hotkey)));
    List<HashCommit> commits = new ArrayList<>(of(storage, index, hotkey));
    Set<Bytes32> expired = dropExpired(commits, storage, netuid, context.block());
    Bytes32 hash = hash(hotkey, index, row, salt);
    int position = position(commits, hash);
    if (position < 0) {
      EXPIRED_WEIGHT_COMMIT.unless(!expired.contains(hash));
      NO_WEIGHTS_COMMIT_FOUND.unless(!commits.isEmpty());
      throw INVALID_REVEAL_COMMIT_HASH_NOT_MATCH.failure();
    }
    long epoch = commits.get(position).epoch();
    REVEAL_TOO_EARLY.unless(EpochClock.isRevealable(storage, netuid, context.block(), epoch));
    store(storage, index, hotkey, commits.subList(position + 1, commits.size()));
    WeightSetting.set(context, netuid, mechanism, row);
    context.deposit(SubtensorEvents.WEIGHTS_REVEALED, hotkey, index, hash);
  }

  /** Reveals commits to the first mechanism's weights: all of them or none. */
  public static void revealAll(Context context, int netuid, List<Reveal> reveals) {
    Storage storage = context.storage();
    AccountId hotkey = context.signer();
    ensureCommitReveal(storage, netuid);
    NO_WEIGHTS_COMMIT_FOUND.unless(storage.has(Neurons.WEIGHT_COMMITS.at(netuid, hotkey)));
    List<HashCommit> commits = new ArrayList<>(of(storage, netuid, hotkey));
    Set<Bytes32> expired = dropExpired(commits, storage, netuid, context.block());
    List<Bytes32> hashes =
        reveals.stream().map(each -> hash(hotkey, netuid, each.row(), each.salt())).toList();
    for (Bytes32 hash : hashes) {
      int position = positionOf(commits, hash, expired);
      REVEAL_TOO_EARLY.unless(
          EpochClock.isRevealable(storage, netuid, context.block(), commits.get(position).epoch()));
    }
    for (int i = 0; i < hashes.size(); i++) {
      commits.remove(positionOf(commits, hashes.get(i), expired));
      WeightSetting.set(context, netuid, 0, reveals.get(i).row());
    }
    store(storage, netuid, hotkey, commits);
    context.deposit(SubtensorEvents.WEIGHTS_BATCH_REVEALED, hotkey, netuid, hashes);
  }

  /** Lets a reveal pass whose commit is there and due. */
  public static void ensureRevealable(
      Storage storage, long block, AccountId hotkey, int netuid, int mechanism, Reveal reveal) {
    int index = Mechanisms.storageIndex(netuid, mechanism);
    List<HashCommit> commits = of(storage, index, hotkey);
    int position = position(commits, hash(hotkey, index, reveal.row(), reveal.salt()));
    NO_WEIGHTS_COMMIT_FOUND.unless(position >= 0);
    long epoch = commits.get(position).epoch();
    REVEAL_TOO_EARLY.unless(EpochClock.isRevealable(storage, netuid, block, epoch));
  }

  private static int positionOf(List<HashCommit> commits, Bytes32 hash, Set<Bytes32> expired) {
    int position = position(commits, hash);
    EXPIRED_WEIGHT_COMMIT.unless(position >= 0 || !expired.contains(hash));
    INVALID_REVEAL_COMMIT_HASH_NOT_MATCH.unless(position >= 0);
    return position;
  }

  private static void store(
      Storage storage, int index, AccountId hotkey, List<HashCommit> commits) {
    if (commits.isEmpty()) {
      storage.remove(Neurons.WEIGHT_COMMITS.at(index, hotkey));
    } else {
      storage.put(Neurons.WEIGHT_COMMITS.at(index, hotkey), commits);
    }
  }

  static void ensureCommitReveal(Storage storage, int netuid) {
    COMMIT_REVEAL_DISABLED.unless(
        storage.get(Hyperparameters.COMMIT_REVEAL_WEIGHTS_ENABLED.at(netuid)));
  }

  static List<HashCommit> of(Storage storage, int index, AccountId hotkey) {
    return storage.find(Neurons.WEIGHT_COMMITS.at(index, hotkey)).orElse(List.of());
  }

  static int position(List<HashCommit> commits, Bytes32 hash) {
    for (int i = 0; i < commits.size(); i++) {
      if (commits.get(i).hash().equals(hash)) {
        return i;
      }
    }
    return -1;
  }

  /** What a commit must be the hash of. */
  static Bytes32 hash(AccountId hotkey, int index, WeightSetting.Row row, List<Integer> salt) {
    ScaleWriter out = new ScaleWriter().bytes(hotkey.bytes()).u16(index);
    out.vec(row.uids(), ScaleWriter::u16).vec(row.values(), ScaleWriter::u16);
    out.vec(salt, ScaleWriter::u16).u64(row.versionKey());
    return new Bytes32(Blake2.blake2b256(out.toByteArray()));
  }

  private static Set<Bytes32> dropExpired(
      List<HashCommit> commits, Storage storage, int netuid, long block) {
    Set<Bytes32> expired = new HashSet<>();
    while (!commits.isEmpty()
        && EpochClock.isExpired(storage, netuid, block, commits.get(0).epoch())) {
      expired.add(commits.remove(0).hash());
    }
    return expired;
  }
}
