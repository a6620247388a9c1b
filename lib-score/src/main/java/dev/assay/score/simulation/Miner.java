package dev.assay.score.simulation;

import dev.assay.score.entry.Entry;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * A made-up miner's commitment.
 *
 * @param uid its UID
 * @param group whose share it counts to
 * @param block the block of its commitment
 * @param model which model it is: equal numbers have equal losses but for {@code noise}
 * @param quality its expected loss as a multiple of the samples' base loss; NaN or infinite for
 *     junk
 * @param noise standard deviation of a copy's own deviation from its model, as a share of the loss
 * @param firstEpoch the epoch in which it first takes part
 */
record Miner(
    int uid, Group group, long block, int model, double quality, double noise, int firstEpoch) {
  Miner {
    Objects.requireNonNull(group, "group");
  }

  /** An honest miner with a model of its own. */
  static Miner honest(int uid, Group group, long block, double quality) {
    return new Miner(uid, group, block, uid, quality, 0, 0);
  }

  /** A copy that a salted hash or a little noise disguises from the comparison of digests. */
  static Miner cloneOf(Miner original, int uid, long block, double noise) {
    return new Miner(uid, Group.COALITION, block, original.model(), original.quality(), noise, 0);
  }

  Entry entry() {
    return new Entry(
        uid, "miner-" + uid, 0, block, OptionalInt.of(uid), Optional.of("model-" + uid));
  }
}
