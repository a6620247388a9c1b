package dev.assay.localnet.chain.subtensor.api;

import dev.assay.chain.keys.AccountId;
import dev.assay.localnet.chain.api.ApiContext;
import dev.assay.localnet.chain.state.Plain;
import dev.assay.localnet.chain.state.SingleMap;
import dev.assay.localnet.chain.state.Storage;
import dev.assay.localnet.chain.subtensor.storage.AxonInfo;
import dev.assay.localnet.chain.subtensor.storage.Mechanisms;
import dev.assay.localnet.chain.subtensor.storage.Neurons;
import dev.assay.localnet.chain.subtensor.storage.PrometheusInfo;
import dev.assay.localnet.chain.subtensor.storage.Stakes;
import dev.assay.localnet.chain.subtensor.storage.Subnets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/**
 * A subnet's mechanism after a block, for the runtime APIs.
 *
 * @param hotkeys by uid
 */
record SubnetView(Storage storage, long block, int netuid, int index, List<AccountId> hotkeys) {

  static SubnetView of(ApiContext context, int netuid, int mechanism) {
    Storage storage = context.storage();
    List<AccountId> hotkeys = new ArrayList<>();
    for (int uid = 0; uid < storage.get(Subnets.SUBNETWORK_N.at(netuid)); uid++) {
      hotkeys.add(storage.get(Neurons.KEYS.at(netuid, uid)));
    }
    int index = Mechanisms.storageIndex(netuid, mechanism);
    return new SubnetView(storage, context.block(), netuid, index, hotkeys);
  }

  <T> T get(SingleMap<Integer, T> item) {
    return storage.get(item.at(netuid));
  }

  <T> T get(Plain<T> item) {
    return storage.get(item.key());
  }

  /** A vector that is kept once per mechanism. */
  <T> T ofMechanism(SingleMap<Integer, T> item) {
    return storage.get(item.at(index));
  }

  /** One value for each neuron, by uid. */
  <T> List<T> each(Function<AccountId, T> value) {
    return hotkeys.stream().map(value).toList();
  }

  AccountId coldkey(AccountId hotkey) {
    return storage.get(Stakes.OWNER.at(hotkey));
  }

  long stake(AccountId hotkey) {
    return Stakes.total(storage, hotkey, netuid);
  }

  AxonInfo axon(AccountId hotkey) {
    return storage.find(Neurons.AXONS.at(netuid, hotkey)).orElse(AxonInfo.NONE);
  }

  PrometheusInfo prometheus(AccountId hotkey) {
    return storage.find(Neurons.PROMETHEUS.at(netuid, hotkey)).orElse(PrometheusInfo.NONE);
  }
}
