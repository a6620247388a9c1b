package dev.assay.jobs.submit;

import dev.assay.chain.subtensor.Weight;
import dev.assay.score.UidWeight;
import java.util.List;

/**
 * What is to be set for one window, fixed before anything is sent.
 *
 * @param hotkey SS58 address of the validator
 * @param window number of the window
 * @param evaluation that the vector comes from
 * @param vector by uid ascending
 * @param versionKey sent along
 * @param lastUpdate the chain's last update of the hotkey when the intent was made
 */
record WeightIntent(
    int netuid,
    int mechanism,
    String hotkey,
    long window,
    String evaluation,
    List<UidWeight> vector,
    long versionKey,
    long lastUpdate) {
  WeightIntent {
    vector = List.copyOf(vector);
  }

  /** The vector as the chain takes it. */
  List<Weight> chainWeights() {
    return vector.stream().map(weight -> new Weight(weight.uid(), weight.weight())).toList();
  }

  /** Whether another intent would set the same weights. */
  boolean setsTheSame(WeightIntent other) {
    return vector.equals(other.vector) && versionKey == other.versionKey;
  }
}
