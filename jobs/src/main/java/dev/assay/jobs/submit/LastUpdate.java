package dev.assay.jobs.submit;

import dev.assay.chain.subtensor.BlockView;
import dev.assay.chain.subtensor.Neuron;
import dev.assay.jobs.submit.WeightLog.Attempt;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * The last update of a hotkey's weights, as the chain shows it, beside what the log knows. Each
 * method says in words what stands against setting weights now.
 *
 * @param windowBlocks length of a window
 */
record LastUpdate(Neuron neuron, WeightLog log, int windowBlocks) {
  /** The same, as a later block shows it. */
  LastUpdate at(Neuron later) {
    return new LastUpdate(later, log, windowBlocks);
  }

  /**
   * Whether the update is one that the log does not know. A log without any update looks at this
   * window alone: what was set before it belongs to other windows.
   */
  Optional<String> strangers(WeightIntent plan) {
    OptionalLong ours = log.lastChange(plan);
    boolean isStrangers =
        ours.isPresent()
            ? block() > ours.getAsLong()
            : isOfWeights() && block() >= plan.window() * windowBlocks;
    return isStrangers ? Optional.of(notOurs()) : Optional.empty();
  }

  /** Whether a hotkey that we never set weights with was updated since the intent was made. */
  Optional<String> movedSince(WeightIntent intent) {
    return log.lastChange(intent).isEmpty() && block() > intent.lastUpdate()
        ? Optional.of(notOurs())
        : Optional.empty();
  }

  /** Whether a later window has its weights, as the log knows it or as the chain shows it. */
  Optional<String> newerThan(WeightIntent intent) {
    List<Attempt> attempts = log.attempts(intent);
    Optional<Attempt> later =
        attempts.stream()
            .filter(attempt -> attempt.intent().window() > intent.window())
            .filter(attempt -> attempt.stands() || attempt.isUnsettled())
            .findFirst();
    if (later.isPresent()) {
      return Optional.of(
          "window %d has its weights, of evaluation %s; those of the older window %d would undo them"
              .formatted(
                  later.get().intent().window(),
                  later.get().intent().evaluation(),
                  intent.window()));
    }
    boolean isOurs =
        attempts.stream()
            .flatMap(attempt -> attempt.included().stream())
            .anyMatch(place -> place.number() == block());
    long window = block() / windowBlocks;
    return isOurs || !isOfWeights() || window <= intent.window()
        ? Optional.empty()
        : Optional.of(
            "the hotkey's weights are of block %d in window %d; those of the older window %d would undo them"
                .formatted(block(), window, intent.window()));
  }

  /**
   * Whether the chain would refuse weights as too fast.
   *
   * @param state whose hyperparameters count
   * @param best height of the best block; the next one includes what is sent
   */
  Optional<String> tooSoon(WeightIntent intent, BlockView state, long best) {
    long limit = state.hyperparameters(intent.netuid()).weightsRateLimit();
    long from = block() + limit;
    return block() == 0 || best + 1 >= from
        ? Optional.empty()
        : Optional.of(
            ("subnet %d accepts a hotkey's weights every %d blocks, and the last are of block %d;"
                    + " run again from block %d on")
                .formatted(intent.netuid(), limit, block(), from));
  }

  private long block() {
    return neuron.lastUpdate();
  }

  /** A registration counts as an update, too. */
  private boolean isOfWeights() {
    return block() != neuron.blockAtRegistration();
  }

  private String notOurs() {
    return ("the hotkey's weights were updated at block %d, and not by this validator; stop the"
            + " other program, then run with --accept-update %d")
        .formatted(block(), block());
  }
}
