package dev.assay.localnet.chain.subtensor.storage;

import dev.assay.localnet.chain.state.Storage;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Subnets may have several mechanisms, each with weights and incentives of its own. */
public final class Mechanisms {
  private static final int STEP = 4096;
  private static final int WHOLE = 65_535;

  private Mechanisms() {}

  /** What stands in the place of the netuid for a mechanism. */
  public static int storageIndex(int netuid, int mechanism) {
    return (mechanism * STEP + netuid) & 0xffff;
  }

  public static int count(Storage storage, int netuid) {
    return storage.get(Hyperparameters.MECHANISM_COUNT_CURRENT.at(netuid));
  }

  /**
   * Each mechanism's part of an emission: as its owner split it, or equal; the first's has the
   * rest.
   */
  public static List<Long> parts(Storage storage, int netuid, long emission) {
    int count = count(storage, netuid);
    List<Integer> split =
        storage
            .find(Hyperparameters.MECHANISM_EMISSION_SPLIT.at(netuid))
            .filter(each -> each.size() == count)
            .orElse(List.of());
    List<Long> parts = new ArrayList<>();
    long given = 0;
    for (int mechanism = 0; mechanism < count; mechanism++) {
      long part =
          split.isEmpty()
              ? emission / count
              : BigInteger.valueOf(emission)
                  .multiply(BigInteger.valueOf(split.get(mechanism)))
                  .divide(BigInteger.valueOf(WHOLE))
                  .longValueExact();
      parts.add(part);
      given += part;
    }
    parts.set(0, parts.get(0) + emission - given);
    return parts;
  }

  /**
   * Sets how a subnet's emission is split.
   *
   * @throws dev.assay.localnet.chain.pallet.DispatchException unless there is one part for each
   *     mechanism and all come to 65535
   */
  public static void split(Storage storage, int netuid, Optional<List<Integer>> split) {
    if (split.isEmpty()) {
      storage.remove(Hyperparameters.MECHANISM_EMISSION_SPLIT.at(netuid));
      return;
    }
    SubtensorError.INVALID_VALUE.unless(
        split.get().size() == count(storage, netuid)
            && split.get().stream().mapToInt(Integer::intValue).sum() == WHOLE);
    storage.put(Hyperparameters.MECHANISM_EMISSION_SPLIT.at(netuid), split.get());
  }

  public static void ensureExists(Storage storage, int netuid, int mechanism) {
    SubtensorError.MECHANISM_DOES_NOT_EXIST.unless(
        exists(storage, netuid) && mechanism < count(storage, netuid));
  }

  /** Whether the subnet exists. */
  public static boolean exists(Storage storage, int netuid) {
    return storage.get(Subnets.NETWORKS_ADDED.at(netuid));
  }
}
