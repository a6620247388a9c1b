package dev.assay.localnet.chain.subtensor.weights;

import static dev.assay.localnet.chain.subtensor.storage.SubtensorError.COMMITTING_WEIGHTS_TOO_FAST;
import static dev.assay.localnet.chain.subtensor.storage.SubtensorError.HOT_KEY_NOT_REGISTERED_IN_SUB_NET;
import static dev.assay.localnet.chain.subtensor.storage.SubtensorError.INCORRECT_COMMIT_REVEAL_VERSION;
import static dev.assay.localnet.chain.subtensor.storage.SubtensorError.TOO_MANY_UNREVEALED_COMMITS;

import dev.assay.chain.hash.Blake2;
import dev.assay.chain.keys.AccountId;
import dev.assay.chain.scale.Bytes;
import dev.assay.chain.scale.ScaleException;
import dev.assay.chain.timelock.Timelock;
import dev.assay.chain.timelock.TimelockException;
import dev.assay.chain.timelock.WeightsPayload;
import dev.assay.localnet.bytes.Bytes32;
import dev.assay.localnet.chain.drand.DrandPallet;
import dev.assay.localnet.chain.metadata.Pair;
import dev.assay.localnet.chain.pallet.Context;
import dev.assay.localnet.chain.pallet.DispatchException;
import dev.assay.localnet.chain.pallet.Origin;
import dev.assay.localnet.chain.state.Storage;
import dev.assay.localnet.chain.subtensor.storage.Hyperparameters;
import dev.assay.localnet.chain.subtensor.storage.Mechanisms;
import dev.assay.localnet.chain.subtensor.storage.NeuronTable;
import dev.assay.localnet.chain.subtensor.storage.Neurons;
import dev.assay.localnet.chain.subtensor.storage.SubtensorEvents;
import dev.assay.localnet.chain.subtensor.storage.TimelockedCommit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Weights that the beacon reveals (version 4 of commit-reveal). */
public final class TimelockedCommits {
  private static final Logger LOG = LoggerFactory.getLogger(TimelockedCommits.class);
  private static final int MAX_UNREVEALED = 10;

  private TimelockedCommits() {}

  public static void commit(
      Context context, int netuid, int mechanism, byte[] ciphertext, long round, int version) {
    Storage storage = context.storage();
    Mechanisms.ensureExists(storage, netuid, mechanism);
    int index = Mechanisms.storageIndex(netuid, mechanism);
    AccountId hotkey = context.signer();
    HashCommits.ensureCommitReveal(storage, netuid);
    INCORRECT_COMMIT_REVEAL_VERSION.unless(
        version == storage.get(Hyperparameters.COMMIT_REVEAL_WEIGHTS_VERSION.key()));
    HOT_KEY_NOT_REGISTERED_IN_SUB_NET.unless(storage.has(Neurons.UIDS.at(netuid, hotkey)));
    int uid = storage.get(Neurons.UIDS.at(netuid, hotkey));
    COMMITTING_WEIGHTS_TOO_FAST.unless(
        WeightSetting.isSlowEnough(storage, netuid, index, uid, context.block()));
    long epoch = EpochClock.index(storage, netuid, context.block());
    List<TimelockedCommit> commits =
        new ArrayList<>(storage.get(Neurons.TIMELOCKED_COMMITS.at(index, epoch)));
    long own = commits.stream().filter(each -> each.hotkey().equals(hotkey)).count();
    TOO_MANY_UNREVEALED_COMMITS.unless(own < MAX_UNREVEALED);
    commits.add(new TimelockedCommit(hotkey, context.block(), new Bytes(ciphertext), round));
    storage.put(Neurons.TIMELOCKED_COMMITS.at(index, epoch), commits);
    Bytes32 hash = new Bytes32(Blake2.blake2b256(ciphertext));
    context.deposit(SubtensorEvents.TIMELOCKED_WEIGHTS_COMMITTED, hotkey, index, hash, round);
    NeuronTable.setLastUpdate(storage, index, uid, context.block());
  }

  /**
   * Reveals what has become readable. A commit whose round hasn't come waits for the next block.
   */
  public static void revealDue(Context context, int netuid) {
    Storage storage = context.storage();
    long period = EpochClock.period(storage, netuid);
    long current = EpochClock.index(storage, netuid, context.block());
    for (int mechanism = 0; mechanism < Mechanisms.count(storage, netuid); mechanism++) {
      int index = Mechanisms.storageIndex(netuid, mechanism);
      dropExpired(storage, index, current - period);
      if (current >= period) {
        reveal(context, netuid, mechanism, current - period);
      }
    }
  }

  private static void dropExpired(Storage storage, int index, long firstKept) {
    for (Pair<Long, List<TimelockedCommit>> epoch :
        Neurons.TIMELOCKED_COMMITS.entries(storage, index)) {
      if (epoch.first() < firstKept) {
        storage.remove(Neurons.TIMELOCKED_COMMITS.at(index, epoch.first()));
      }
    }
  }

  private static void reveal(Context context, int netuid, int mechanism, long epoch) {
    Storage storage = context.storage();
    int index = Mechanisms.storageIndex(netuid, mechanism);
    List<TimelockedCommit> waiting = new ArrayList<>();
    List<TimelockedCommit> commits = storage.get(Neurons.TIMELOCKED_COMMITS.at(index, epoch));
    for (TimelockedCommit commit : commits) {
      Optional<byte[]> signature = DrandPallet.signature(storage, commit.round());
      if (signature.isEmpty()) {
        waiting.add(commit);
      } else {
        reveal(context, netuid, mechanism, commit, signature.get());
      }
    }
    if (waiting.size() == commits.size()) {
      return;
    }
    if (waiting.isEmpty()) {
      storage.remove(Neurons.TIMELOCKED_COMMITS.at(index, epoch));
    } else {
      storage.put(Neurons.TIMELOCKED_COMMITS.at(index, epoch), waiting);
    }
  }

  private static void reveal(
      Context context, int netuid, int mechanism, TimelockedCommit commit, byte[] signature) {
    Storage.Checkpoint before = context.storage().checkpoint();
    int events = context.events().size();
    try {
      byte[] plain = Timelock.decrypt(commit.ciphertext().raw(), signature);
      WeightsPayload payload = WeightsPayload.decode(plain);
      if (payload.hotkey().isPresent() && !payload.hotkey().get().equals(commit.hotkey())) {
        LOG.debug("{} committed what another hotkey encrypted", commit.hotkey());
        return;
      }
      WeightSetting.Row row =
          new WeightSetting.Row(payload.uids(), payload.values(), payload.versionKey());
      WeightSetting.set(context.as(Origin.signed(commit.hotkey())), netuid, mechanism, row);
      context.deposit(
          SubtensorEvents.TIMELOCKED_WEIGHTS_REVEALED,
          Mechanisms.storageIndex(netuid, mechanism),
          commit.hotkey());
    } catch (ScaleException | TimelockException | DispatchException e) {
      // The chain drops such a commit silently; its author sees nothing revealed.
      context.storage().rollback(before);
      context.events().truncate(events);
      LOG.debug("the commit of {} can't be revealed", commit.hotkey(), e);
    }
  }
}
