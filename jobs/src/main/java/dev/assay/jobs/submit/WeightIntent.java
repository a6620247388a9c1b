package dev.assay.jobs.submit;

import dev.assay.chain.subtensor.Weight;
import dev.assay.score.weights.UidWeight;
import java.util.List;

/**
 * What is to be set for one window, fixed before anything is sent.
 *
 * @param genesis hash of the chain's block 0; {@link #UNKNOWN_CHAIN} in what was written by a
 *     release that did not record it
 * @param hotkey SS58 address of the validator
 * @param window number of the window
 * @param evaluation that the vector comes from
 * @param vector by uid ascending
 * @param versionKey sent along
 * @param lastUpdate the chain's last update of the hotkey when the intent was made
 */
record WeightIntent(
    String genesis,
    int netuid,
    int mechanism,
    String hotkey,
    long window,
    String evaluation,
    List<UidWeight> vector,
    long versionKey,
    long lastUpdate) {
  static final String UNKNOWN_CHAIN = "";

  WeightIntent {
    vector = List.copyOf(vector);
  }

  /** The vector as the chain takes it. */
  List<Weight> chainWeights() {
    return vector.stream().map(weight -> new Weight(weight.uid(), weight.weight())).toList();
  }

  /** Whether another intent stands for the same weights: the evaluation decides. */
  boolean standsForTheSame(WeightIntent other) {
    return genesis.equals(other.genesis)
        && (evaluation.equals(other.evaluation) || vector.equals(other.vector));
  }

  /**
   * The same for the chain as it is now: with its version key, and paying only hotkeys that are
   * still registered.
   */
  WeightIntent with(List<UidWeight> payable, long currentVersionKey) {
    return new WeightIntent(
        genesis,
        netuid,
        mechanism,
        hotkey,
        window,
        evaluation,
        payable,
        currentVersionKey,
        lastUpdate);
  }
}
