package dev.assay.localnet.chain.subtensor;

import dev.assay.localnet.chain.pallet.Context;
import dev.assay.localnet.chain.state.Storage;
import dev.assay.localnet.chain.subtensor.storage.Subnets;
import dev.assay.localnet.chain.subtensor.weights.EpochClock;
import dev.assay.localnet.chain.subtensor.weights.TimelockedCommits;
import java.util.List;

/** What happens to all subnets at the beginning of a block (block_step.rs). */
final class BlockStep {
  private static final int MAX_EPOCHS_PER_BLOCK = 32;

  private BlockStep() {}

  static void run(Context context) {
    Storage storage = context.storage();
    List<Integer> netuids = Subnets.netuids(storage);
    for (int netuid : netuids) {
      Registration.decayPrice(storage, netuid, context.block());
    }
    for (int netuid : netuids) {
      TimelockedCommits.revealDue(context, netuid);
    }
    for (int netuid : netuids) {
      if (storage.has(Subnets.FIRST_EMISSION_BLOCK_NUMBER.at(netuid))) {
        Emission.accrue(storage, netuid);
      }
    }
    int epochs = 0;
    for (int netuid : netuids) {
      storage.update(Subnets.BLOCKS_SINCE_LAST_STEP.at(netuid), blocks -> blocks + 1);
      if (!EpochClock.isDue(storage, netuid, context.block())) {
        continue;
      }
      if (epochs++ < MAX_EPOCHS_PER_BLOCK) {
        epoch(context, netuid);
      } else {
        storage.put(Subnets.PENDING_EPOCH_AT.at(netuid), context.block() + 1);
      }
    }
  }

  private static void epoch(Context context, int netuid) {
    Storage storage = context.storage();
    storage.put(Subnets.BLOCKS_SINCE_LAST_STEP.at(netuid), 0L);
    Emission.Pending pending = Emission.drain(storage, netuid);
    storage.put(Subnets.LAST_EPOCH_BLOCK.at(netuid), context.block());
    storage.put(Subnets.PENDING_EPOCH_AT.at(netuid), 0L);
    storage.update(Subnets.SUBNET_EPOCH_INDEX.at(netuid), index -> index + 1);
    if (storage.get(Subnets.SUBNETWORK_N.at(netuid)) > 0) {
      List<Emission.Earned> earned = Epoch.run(context, netuid, pending.total());
      Emission.distribute(context, netuid, pending, earned);
    }
    storage.put(Subnets.LAST_MECHANSIM_STEP_BLOCK.at(netuid), context.block());
  }
}
