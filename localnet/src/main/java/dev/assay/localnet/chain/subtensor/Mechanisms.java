package dev.assay.localnet.chain.subtensor;

import dev.assay.localnet.chain.state.Storage;

/** Subnets may have several mechanisms, each with weights and incentives of its own. */
final class Mechanisms {
  private static final int STEP = 4096;

  private Mechanisms() {}

  /** What stands in the place of the netuid for a mechanism. */
  static int storageIndex(int netuid, int mechanism) {
    return (mechanism * STEP + netuid) & 0xffff;
  }

  static int count(Storage storage, int netuid) {
    return storage.get(Hyperparameters.MECHANISM_COUNT_CURRENT.at(netuid));
  }

  static void ensureExists(Storage storage, int netuid, int mechanism) {
    SubtensorError.MECHANISM_DOES_NOT_EXIST.unless(
        exists(storage, netuid) && mechanism < count(storage, netuid));
  }

  /** Whether the subnet exists. */
  static boolean exists(Storage storage, int netuid) {
    return storage.get(Subnets.NETWORKS_ADDED.at(netuid));
  }
}
