package dev.assay.localnet.chain.subtensor.weights;

import static dev.assay.localnet.chain.subtensor.storage.SubtensorError.CAN_NOT_SET_ROOT_NETWORK_WEIGHTS;
import static dev.assay.localnet.chain.subtensor.storage.SubtensorError.DUPLICATE_UIDS;
import static dev.assay.localnet.chain.subtensor.storage.SubtensorError.HOT_KEY_NOT_REGISTERED_IN_SUB_NET;
import static dev.assay.localnet.chain.subtensor.storage.SubtensorError.INCORRECT_WEIGHT_VERSION_KEY;
import static dev.assay.localnet.chain.subtensor.storage.SubtensorError.MAX_WEIGHT_EXCEEDED;
import static dev.assay.localnet.chain.subtensor.storage.SubtensorError.NEURON_NO_VALIDATOR_PERMIT;
import static dev.assay.localnet.chain.subtensor.storage.SubtensorError.NOT_ENOUGH_STAKE_TO_SET_WEIGHTS;
import static dev.assay.localnet.chain.subtensor.storage.SubtensorError.SETTING_WEIGHTS_TOO_FAST;
import static dev.assay.localnet.chain.subtensor.storage.SubtensorError.UIDS_LENGTH_EXCEED_UIDS_IN_SUB_NET;
import static dev.assay.localnet.chain.subtensor.storage.SubtensorError.UID_VEC_CONTAIN_INVALID_ONE;
import static dev.assay.localnet.chain.subtensor.storage.SubtensorError.WEIGHT_VEC_LENGTH_IS_LOW;
import static dev.assay.localnet.chain.subtensor.storage.SubtensorError.WEIGHT_VEC_NOT_EQUAL_SIZE;

import dev.assay.chain.keys.AccountId;
import dev.assay.chain.yuma.WeightRow;
import dev.assay.localnet.chain.metadata.Pair;
import dev.assay.localnet.chain.pallet.Context;
import dev.assay.localnet.chain.state.Storage;
import dev.assay.localnet.chain.subtensor.storage.Hyperparameters;
import dev.assay.localnet.chain.subtensor.storage.Mechanisms;
import dev.assay.localnet.chain.subtensor.storage.NeuronTable;
import dev.assay.localnet.chain.subtensor.storage.Neurons;
import dev.assay.localnet.chain.subtensor.storage.Stakes;
import dev.assay.localnet.chain.subtensor.storage.Subnets;
import dev.assay.localnet.chain.subtensor.storage.SubtensorEvents;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;

/** A validator sets its weights ({@code internal_set_weights}). */
public final class WeightSetting {
  private static final int ROOT = 0;
  private static final int NO_LIMIT = 0xffff;

  private WeightSetting() {}

  /** Weights as a validator gives them: a uid and a weight each. */
  public record Row(List<Integer> uids, List<Integer> values, long versionKey) {
    private boolean isSelfWeight(int uid) {
      return values.size() == 1 && !uids.isEmpty() && uids.get(0) == uid;
    }
  }

  public static void set(Context context, int netuid, int mechanism, Row row) {
    Storage storage = context.storage();
    AccountId hotkey = context.signer();
    int index = Mechanisms.storageIndex(netuid, mechanism);
    CAN_NOT_SET_ROOT_NETWORK_WEIGHTS.unless(netuid != ROOT);
    WEIGHT_VEC_NOT_EQUAL_SIZE.unless(row.uids().size() == row.values().size());
    Mechanisms.ensureExists(storage, netuid, mechanism);
    int count = storage.get(Subnets.SUBNETWORK_N.at(netuid));
    UIDS_LENGTH_EXCEED_UIDS_IN_SUB_NET.unless(row.uids().size() <= count);
    HOT_KEY_NOT_REGISTERED_IN_SUB_NET.unless(storage.has(Neurons.UIDS.at(netuid, hotkey)));
    NOT_ENOUGH_STAKE_TO_SET_WEIGHTS.unless(hasStake(storage, netuid, hotkey));
    INCORRECT_WEIGHT_VERSION_KEY.unless(isCurrent(storage, netuid, row.versionKey()));
    int uid = storage.get(Neurons.UIDS.at(netuid, hotkey));
    boolean commits = storage.get(Hyperparameters.COMMIT_REVEAL_WEIGHTS_ENABLED.at(netuid));
    SETTING_WEIGHTS_TOO_FAST.unless(
        commits || isSlowEnough(storage, netuid, index, uid, context.block()));
    NEURON_NO_VALIDATOR_PERMIT.unless(hasPermit(storage, netuid, uid, row));
    DUPLICATE_UIDS.unless(new HashSet<>(row.uids()).size() == row.uids().size());
    UID_VEC_CONTAIN_INVALID_ONE.unless(row.uids().stream().allMatch(each -> each < count));
    int least = Math.min(count, storage.get(Hyperparameters.MIN_ALLOWED_WEIGHTS.at(netuid)));
    WEIGHT_VEC_LENGTH_IS_LOW.unless(row.isSelfWeight(uid) || row.values().size() >= least);
    int[] upscaled =
        WeightRow.maxUpscale(row.values().stream().mapToInt(Integer::intValue).toArray());
    MAX_WEIGHT_EXCEEDED.unless(row.isSelfWeight(uid) || isLimited(storage, netuid, upscaled));
    storage.put(Neurons.WEIGHTS.at(index, uid), zip(row.uids(), upscaled));
    if (!commits) {
      NeuronTable.setLastUpdate(storage, index, uid, context.block());
    }
    context.deposit(SubtensorEvents.WEIGHTS_SET, index, uid);
  }

  /** Whether the hotkey has the stake that weights need, or is the owner's. */
  public static boolean hasStake(Storage storage, int netuid, AccountId hotkey) {
    long needed = storage.get(Hyperparameters.STAKE_THRESHOLD.key());
    return Long.compareUnsigned(Stakes.total(storage, hotkey, netuid), needed) >= 0
        || storage.find(Subnets.SUBNET_OWNER_HOTKEY.at(netuid)).filter(hotkey::equals).isPresent();
  }

  /** Whether a neuron's last update is long enough ago. */
  public static boolean isSlowEnough(Storage storage, int netuid, int index, int uid, long block) {
    long last = NeuronTable.lastUpdate(storage, index, uid);
    long limit = storage.get(Hyperparameters.WEIGHTS_SET_RATE_LIMIT.at(netuid));
    return last == 0 || Long.compareUnsigned(block - last, limit) >= 0;
  }

  private static boolean isCurrent(Storage storage, int netuid, long versionKey) {
    long current = storage.get(Hyperparameters.WEIGHTS_VERSION_KEY.at(netuid));
    return current == 0 || Long.compareUnsigned(versionKey, current) >= 0;
  }

  private static boolean hasPermit(Storage storage, int netuid, int uid, Row row) {
    if (row.isSelfWeight(uid)) {
      return true;
    }
    Optional<Integer> owner =
        storage
            .find(Subnets.SUBNET_OWNER_HOTKEY.at(netuid))
            .flatMap(hotkey -> storage.find(Neurons.UIDS.at(netuid, hotkey)));
    if (owner.isPresent() && owner.get() == uid) {
      return true;
    }
    List<Boolean> permits = storage.get(Neurons.VALIDATOR_PERMIT.at(netuid));
    return uid < permits.size() && permits.get(uid);
  }

  private static boolean isLimited(Storage storage, int netuid, int[] weights) {
    int limit = storage.get(Hyperparameters.MAX_WEIGHTS_LIMIT.at(netuid));
    return limit == NO_LIMIT || WeightRow.isWithinLimit(weights, limit);
  }

  private static List<Pair<Integer, Integer>> zip(List<Integer> uids, int[] weights) {
    List<Pair<Integer, Integer>> zipped = new ArrayList<>(weights.length);
    for (int i = 0; i < weights.length; i++) {
      zipped.add(new Pair<>(uids.get(i), weights[i]));
    }
    return zipped;
  }
}
