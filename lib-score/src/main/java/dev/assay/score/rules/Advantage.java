package dev.assay.score.rules;

import dev.assay.score.Limits;
import java.util.OptionalLong;

/**
 * How much better a later model must be than an earlier one: the earlier model's loss is multiplied
 * by 1 − ε. ε falls linearly from {@code initial} to {@code floor} over {@code decayBlocks} blocks
 * of the earlier model's age.
 *
 * @param initial ε of a model of age 0, at least 0 and below 1
 * @param floor ε once it has decayed, at most {@code initial}
 * @param decayBlocks blocks over which it decays; 0 where it never does
 */
public record Advantage(double initial, double floor, long decayBlocks) {
  public Advantage {
    Limits.between("advantage.initial", initial, 0, Math.nextDown(1.0));
    Limits.between("advantage.floor", floor, 0, initial);
    Limits.atLeast("advantage.decay_blocks", decayBlocks, 0);
    if (decayBlocks == 0 && floor != initial) {
      throw new IllegalArgumentException(
          "advantage.decay_blocks: is 0, must be above 0 where the floor "
              + floor
              + " is below the initial "
              + initial);
    }
  }

  /** An advantage that does not change with age. */
  public static Advantage fixed(double epsilon) {
    return new Advantage(epsilon, epsilon, 0);
  }

  /** ε of a model that has stood since one block, seen at another; a negative age counts as 0. */
  public double epsilon(long standsSince, long block) {
    long age = Math.max(0, block - standsSince);
    if (decayBlocks == 0) {
      return initial;
    }
    if (age >= decayBlocks) {
      return floor;
    }
    return initial - (initial - floor) * (age / (double) decayBlocks);
  }

  /**
   * The first block at which ε is at most this, for a model that has stood since a block; empty
   * where it never falls so far.
   */
  public OptionalLong blockOf(double epsilon, long standsSince) {
    if (epsilon >= initial) {
      return OptionalLong.of(standsSince);
    }
    if (epsilon < floor) {
      return OptionalLong.empty();
    }
    double age = Math.ceil((initial - epsilon) / (initial - floor) * decayBlocks);
    return OptionalLong.of(standsSince + Math.min((long) age, decayBlocks));
  }
}
