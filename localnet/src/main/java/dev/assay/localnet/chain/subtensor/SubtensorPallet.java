package dev.assay.localnet.chain.subtensor;

import dev.assay.localnet.chain.genesis.SubnetGenesis;
import dev.assay.localnet.chain.metadata.Shapes;
import dev.assay.localnet.chain.pallet.Constant;
import dev.assay.localnet.chain.pallet.Context;
import dev.assay.localnet.chain.pallet.Pallet;
import dev.assay.localnet.chain.state.Storage;
import dev.assay.localnet.chain.state.StorageItem;
import dev.assay.localnet.chain.subtensor.storage.EmptyItems;
import dev.assay.localnet.chain.subtensor.storage.Hyperparameters;
import dev.assay.localnet.chain.subtensor.storage.Neurons;
import dev.assay.localnet.chain.subtensor.storage.Stakes;
import dev.assay.localnet.chain.subtensor.storage.Subnets;
import dev.assay.localnet.chain.subtensor.storage.SubtensorError;
import dev.assay.localnet.chain.subtensor.storage.SubtensorEvents;
import dev.assay.localnet.chain.subtensor.storage.SubtensorModule;
import java.util.ArrayList;
import java.util.List;

/** {@code SubtensorModule}. */
public final class SubtensorPallet {
  private SubtensorPallet() {}

  /** The pallet. */
  public static Pallet pallet() {
    List<StorageItem<?>> storage = new ArrayList<>();
    storage.addAll(Hyperparameters.ITEMS.items());
    storage.addAll(Subnets.ITEMS.items());
    storage.addAll(Neurons.ITEMS.items());
    storage.addAll(Stakes.ITEMS.items());
    storage.addAll(EmptyItems.items());
    return new Pallet(
        SubtensorModule.NAME,
        SubtensorModule.INDEX,
        "pallet_subtensor",
        1,
        storage,
        SubtensorCalls.all(),
        SubtensorEvents.ALL.types(),
        List.of(SubtensorError.values()),
        List.of(
            new Constant<>("InitialTempo", Shapes.U16, 360),
            new Constant<>("InitialServingRateLimit", Shapes.U64, 50L)));
  }

  /** What happens at the beginning of a block. */
  public static void initialize(Context context) {
    BlockStep.run(context);
  }

  /** Makes a subnet at genesis. */
  public static void genesis(Storage storage, SubnetGenesis subnet) {
    int netuid = subnet.netuid();
    storage.put(Subnets.NETWORKS_ADDED.at(netuid), true);
    storage.update(Subnets.TOTAL_NETWORKS.key(), count -> count + 1);
    storage.put(Subnets.SUBNETWORK_N.at(netuid), 0);
    storage.put(Subnets.SUBNET_OWNER.at(netuid), subnet.owner());
    storage.put(Subnets.SUBNET_OWNER_HOTKEY.at(netuid), subnet.ownerHotkey());
    storage.put(Subnets.FIRST_EMISSION_BLOCK_NUMBER.at(netuid), 1L);
    storage.put(Subnets.NETWORK_REGISTERED_AT.at(netuid), 0L);
    storage.put(Hyperparameters.SUBTOKEN_ENABLED.at(netuid), true);
    storage.put(Hyperparameters.TEMPO.at(netuid), subnet.tempo());
    storage.put(Hyperparameters.KAPPA.at(netuid), subnet.kappa());
    storage.put(Hyperparameters.IMMUNITY_PERIOD.at(netuid), subnet.immunityPeriod());
    storage.put(Hyperparameters.MIN_ALLOWED_WEIGHTS.at(netuid), subnet.minAllowedWeights());
    storage.put(Hyperparameters.WEIGHTS_SET_RATE_LIMIT.at(netuid), subnet.weightsRateLimit());
    storage.put(Hyperparameters.COMMIT_REVEAL_WEIGHTS_ENABLED.at(netuid), subnet.commitReveal());
    storage.put(Hyperparameters.MAX_ALLOWED_UIDS.at(netuid), subnet.maxUids());
    storage.put(Hyperparameters.MAX_ALLOWED_VALIDATORS.at(netuid), subnet.maxValidators());
    storage.put(Hyperparameters.BURN.at(netuid), subnet.burn());
    Stakes.pair(storage, subnet.owner(), subnet.ownerHotkey());
  }
}
