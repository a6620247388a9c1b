package dev.assay.cli.demo;

import java.util.List;

/**
 * What one miner of the demo does.
 *
 * @param name the miner's name, which is also its namespace on the hub
 * @param steps optimiser steps of its fine-tuning; 0 where it trains nothing
 */
record MinerPlan(String name, Work work, int steps) {
  enum Work {
    /** Fine-tunes the base model and publishes the result. */
    FINE_TUNES,
    /** Publishes the best miner's files again, byte for byte. */
    COPIES,
    /** Publishes a weights file that was cut short. */
    BREAKS
  }

  /**
   * The demo's miners in the order of their commitments. The budgets differ enough for the losses
   * to differ by more than the advantage of an earlier commitment.
   *
   * @param unit the smallest budget, in optimiser steps
   */
  static List<MinerPlan> field(int unit) {
    return List.of(
        new MinerPlan("hasty", Work.FINE_TUNES, unit),
        new MinerPlan("steady", Work.FINE_TUNES, 6 * unit),
        new MinerPlan("brisk", Work.FINE_TUNES, 4 * unit),
        new MinerPlan("patient", Work.FINE_TUNES, 12 * unit),
        new MinerPlan("casual", Work.FINE_TUNES, 2 * unit),
        new MinerPlan("keen", Work.FINE_TUNES, 8 * unit),
        new MinerPlan("copycat", Work.COPIES, 0),
        new MinerPlan("clumsy", Work.BREAKS, 0));
  }

  /** The miner whose model is copied: the one with the largest budget. */
  static MinerPlan best(List<MinerPlan> miners) {
    return miners.stream()
        .reduce((one, other) -> other.steps() > one.steps() ? other : one)
        .orElseThrow();
  }
}
