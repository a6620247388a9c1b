package dev.assay.jobs.submit;

import dev.assay.chain.subtensor.Neuron;
import dev.assay.jobs.config.AssayConfiguration;
import dev.assay.score.sampling.Window;

/**
 * A window that has no evaluation: how long there may still be one, and what is at stake.
 *
 * @param block height at which this was read
 * @param latestBlock at which {@code submit.fallback} decides
 * @param lastUpdate block of the hotkey's last weights
 * @param lastActiveBlock after which the chain counts the validator as inactive
 */
record Fallback(
    Window window,
    boolean repeats,
    long block,
    long latestBlock,
    long lastUpdate,
    long lastActiveBlock) {
  /** Decides at the configured block of the window, and before the chain's patience ends. */
  static Fallback of(Window window, HotkeyState state, AssayConfiguration configuration) {
    int netuid = configuration.chain().netuid();
    int mechanism = configuration.chain().mechanism();
    Neuron neuron = state.neuron(netuid, mechanism);
    long cutoff = state.block().nextEpoch(netuid, mechanism).input().parameters().activityCutoff();
    long lastActive = neuron.lastUpdate() + cutoff;
    long configured =
        window.firstBlock() + configuration.submit().latestBlock(configuration.window());
    return new Fallback(
        window,
        configuration.submit().repeats(),
        state.block().number(),
        Math.min(configured, lastActive),
        neuron.lastUpdate(),
        lastActive);
  }

  boolean isDue() {
    return block >= latestBlock;
  }

  /** Until it is due. */
  String waiting() {
    return "window %d has no evaluation yet; at block %d submit.fallback decides (%s). %s"
        .formatted(window.number(), latestBlock, repeats ? "repeat" : "none", stake());
  }

  /** When it is due and nothing is set. */
  String nothing() {
    return "WINDOW %d GETS NO WEIGHTS: it has no evaluation at block %d, and submit.fallback is none. %s"
        .formatted(window.number(), block, stake());
  }

  /** When it is due and there is nothing to repeat. */
  String nothingToRepeat() {
    return ("WINDOW %d GETS NO WEIGHTS: it has no evaluation at block %d, and this validator has"
            + " set none here that could be repeated. %s")
        .formatted(window.number(), block, stake());
  }

  /** When it is due and an earlier window's vector is set again. */
  String repeating(WeightIntent earlier) {
    return ("WINDOW %d REPEATS THE WEIGHTS OF WINDOW %d: it has no evaluation at block %d, and"
            + " submit.fallback is repeat. %s")
        .formatted(window.number(), earlier.window(), block, stake());
  }

  private String stake() {
    return block > lastActiveBlock
        ? ("The hotkey's last update is of block %d, and since block %d the chain counts it as"
                + " inactive and pays it nothing")
            .formatted(lastUpdate, lastActiveBlock + 1)
        : ("The hotkey's last update is of block %d; from block %d on the chain counts it as"
                + " inactive and pays it nothing")
            .formatted(lastUpdate, lastActiveBlock + 1);
  }
}
