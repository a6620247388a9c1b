package dev.assay.jobs.submit;

import dev.assay.chain.subtensor.Metagraph;
import dev.assay.chain.subtensor.Neuron;
import dev.assay.score.rules.WeightLimits;
import dev.assay.score.weights.UidWeight;
import dev.assay.score.weights.WeightVector;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * The hotkeys that an evaluation pays, compared with the current holders of the uids. A uid that
 * another hotkey has got since gets nothing.
 *
 * @param hotkeys the holder of each uid at the evaluation, as SS58 addresses
 */
record Recipients(SortedMap<Integer, String> hotkeys) {
  /**
   * A vector without the hotkeys that are gone. While none is, it stays as it is, bit for bit;
   * otherwise what is left is raised to the chain's scale again.
   *
   * @param limits what the chain accepts
   */
  List<UidWeight> payable(List<UidWeight> vector, Metagraph now, WeightLimits limits) {
    Map<Integer, String> holders = holders(now);
    List<UidWeight> left =
        vector.stream().filter(weight -> isThere(weight.uid(), holders)).toList();
    return left.size() == vector.size() ? vector : rescaled(left, holders, limits);
  }

  /** The uids of a vector that another hotkey holds now, or none. */
  List<Integer> gone(List<UidWeight> vector, Metagraph now) {
    Map<Integer, String> holders = holders(now);
    return vector.stream().map(UidWeight::uid).filter(uid -> !isThere(uid, holders)).toList();
  }

  private static Map<Integer, String> holders(Metagraph now) {
    return now.neurons().stream()
        .collect(Collectors.toMap(Neuron::uid, neuron -> neuron.hotkey().ss58()));
  }

  private boolean isThere(int uid, Map<Integer, String> holders) {
    return hotkeys.containsKey(uid) && hotkeys.get(uid).equals(holders.get(uid));
  }

  private List<UidWeight> rescaled(
      List<UidWeight> left, Map<Integer, String> holders, WeightLimits limits) {
    if (left.isEmpty()) {
      return left;
    }
    SortedMap<Integer, Double> weights = new TreeMap<>();
    // Where the chain wants more weights than are left, those without one are filled in.
    holders.keySet().stream()
        .filter(uid -> !hotkeys.containsKey(uid) || isThere(uid, holders))
        .forEach(uid -> weights.put(uid, 0.0));
    left.forEach(weight -> weights.put(weight.uid(), (double) weight.weight()));
    return WeightVector.of(weights, limits).weights();
  }
}
