package dev.assay.localnet.chain.subtensor.storage;

import dev.assay.chain.keys.AccountId;
import dev.assay.localnet.chain.metadata.Pair;
import dev.assay.localnet.chain.state.SingleMap;
import dev.assay.localnet.chain.state.Storage;
import java.util.ArrayList;
import java.util.List;

/** Neurons come and go (uids.rs). */
public final class NeuronTable {
  private NeuronTable() {}

  public static void append(Storage storage, int netuid, AccountId hotkey, long block) {
    int uid = storage.get(Subnets.SUBNETWORK_N.at(netuid));
    storage.put(Subnets.SUBNETWORK_N.at(netuid), uid + 1);
    push(storage, Neurons.ACTIVE, netuid, true);
    push(storage, Neurons.EMISSION, netuid, 0L);
    push(storage, Neurons.CONSENSUS, netuid, 0);
    for (int mechanism = 0; mechanism < Mechanisms.count(storage, netuid); mechanism++) {
      int index = Mechanisms.storageIndex(netuid, mechanism);
      push(storage, Neurons.INCENTIVE, index, 0);
      setLastUpdate(storage, index, uid, block);
    }
    push(storage, Neurons.DIVIDENDS, netuid, 0);
    push(storage, Neurons.VALIDATOR_TRUST, netuid, 0);
    push(storage, Neurons.VALIDATOR_PERMIT, netuid, false);
    enter(storage, netuid, uid, hotkey, block);
  }

  public static void replace(Storage storage, int netuid, int uid, AccountId hotkey, long block) {
    AccountId old = storage.get(Neurons.KEYS.at(netuid, uid));
    storage.remove(Neurons.UIDS.at(netuid, old));
    storage.remove(Neurons.IS_NETWORK_MEMBER.at(old, netuid));
    set(storage, Neurons.ACTIVE, netuid, uid, true);
    enter(storage, netuid, uid, hotkey, block);
    storage.remove(Neurons.AXONS.at(netuid, old));
    storage.remove(Neurons.CERTIFICATES.at(netuid, old));
    storage.remove(Neurons.PROMETHEUS.at(netuid, old));
    clear(storage, netuid, uid);
    for (int mechanism = 0; mechanism < Mechanisms.count(storage, netuid); mechanism++) {
      setLastUpdate(storage, Mechanisms.storageIndex(netuid, mechanism), uid, block);
    }
  }

  /** When a neuron last set or committed weights; 0 where the vector is too short to say. */
  public static long lastUpdate(Storage storage, int index, int uid) {
    List<Long> updates = storage.get(Neurons.LAST_UPDATE.at(index));
    return uid < updates.size() ? updates.get(uid) : 0;
  }

  public static void setLastUpdate(Storage storage, int index, int uid, long block) {
    List<Long> updates = new ArrayList<>(storage.get(Neurons.LAST_UPDATE.at(index)));
    while (updates.size() <= uid) {
      updates.add(0L);
    }
    updates.set(uid, block);
    storage.put(Neurons.LAST_UPDATE.at(index), updates);
  }

  private static void enter(Storage storage, int netuid, int uid, AccountId hotkey, long block) {
    storage.put(Neurons.KEYS.at(netuid, uid), hotkey);
    storage.put(Neurons.UIDS.at(netuid, hotkey), uid);
    storage.put(Neurons.BLOCK_AT_REGISTRATION.at(netuid, uid), block);
    storage.put(Neurons.IS_NETWORK_MEMBER.at(hotkey, netuid), true);
  }

  private static void clear(Storage storage, int netuid, int uid) {
    set(storage, Neurons.EMISSION, netuid, uid, 0L);
    set(storage, Neurons.CONSENSUS, netuid, uid, 0);
    for (int mechanism = 0; mechanism < Mechanisms.count(storage, netuid); mechanism++) {
      int index = Mechanisms.storageIndex(netuid, mechanism);
      set(storage, Neurons.INCENTIVE, index, uid, 0);
      storage.remove(Neurons.BONDS.at(index, uid));
      storage.remove(Neurons.WEIGHTS.at(index, uid));
      clearWeightsFor(storage, index, uid);
    }
    set(storage, Neurons.DIVIDENDS, netuid, uid, 0);
    set(storage, Neurons.STAKE_WEIGHT, netuid, uid, 0);
    set(storage, Neurons.VALIDATOR_TRUST, netuid, uid, 0);
    set(storage, Neurons.VALIDATOR_PERMIT, netuid, uid, false);
  }

  private static void clearWeightsFor(Storage storage, int index, int uid) {
    for (Pair<Integer, List<Pair<Integer, Integer>>> row :
        Neurons.WEIGHTS.entries(storage, index)) {
      List<Pair<Integer, Integer>> cleared =
          row.second().stream()
              .map(weight -> weight.first() == uid ? new Pair<>(uid, 0) : weight)
              .toList();
      storage.put(Neurons.WEIGHTS.at(index, row.first()), cleared);
    }
  }

  private static <T> void push(
      Storage storage, SingleMap<Integer, List<T>> vector, int index, T value) {
    List<T> values = new ArrayList<>(storage.get(vector.at(index)));
    values.add(value);
    storage.put(vector.at(index), values);
  }

  private static <T> void set(
      Storage storage, SingleMap<Integer, List<T>> vector, int index, int uid, T value) {
    List<T> values = new ArrayList<>(storage.get(vector.at(index)));
    if (uid < values.size()) {
      values.set(uid, value);
      storage.put(vector.at(index), values);
    }
  }
}
