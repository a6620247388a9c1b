package dev.assay.jobs.source;

import java.io.Serializable;
import java.util.Optional;

/**
 * What is read of each block.
 *
 * @param mechanism of the subnet, where the table differs by it
 * @param keys the only rows that are wanted; without them all are
 */
record ChainQuery(int netuid, int mechanism, Optional<ChainKeys> keys) {
  /** As it is sent to executors; an {@link Optional} isn't. */
  record Sent(int netuid, int mechanism, ChainKeys keys) implements Serializable {
    ChainQuery query() {
      return new ChainQuery(netuid, mechanism, Optional.ofNullable(keys));
    }
  }

  Sent sent() {
    return new Sent(netuid, mechanism, keys.orElse(null));
  }
}
