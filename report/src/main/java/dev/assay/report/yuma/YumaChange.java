package dev.assay.report.yuma;

import dev.assay.chain.yuma.I64F64;
import dev.assay.chain.yuma.UidValue;
import dev.assay.chain.yuma.WeightRow;
import dev.assay.chain.yuma.YumaInput;
import dev.assay.chain.yuma.YumaNeuron;
import dev.assay.chain.yuma.YumaParameters;
import dev.assay.score.rules.WeightLimits;
import dev.assay.score.weights.UidWeight;
import dev.assay.score.weights.WeightVector;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What is different in a what-if.
 *
 * @param weights by validator uid, the validator's new weights by uid, in any unit, none below 0
 * @param stakes in rao by uid
 * @param parameters all hyperparameters, where one of them changes
 */
public record YumaChange(
    SortedMap<Integer, ? extends SortedMap<Integer, Double>> weights,
    Map<Integer, Long> stakes,
    Optional<YumaParameters> parameters) {

  /** One validator sets other weights. */
  public static YumaChange ofWeights(int uid, SortedMap<Integer, Double> weights) {
    return new YumaChange(new TreeMap<>(Map.of(uid, weights)), Map.of(), Optional.empty());
  }

  /** Whose weights change. */
  Set<Integer> validators() {
    return new TreeSet<>(weights.keySet());
  }

  /**
   * The input with the change made.
   *
   * @param setAt the block in which new weights count as set
   * @throws IllegalArgumentException if a uid is none of the subnet's, or weights are not finite or
   *     below 0
   */
  YumaInput applied(YumaInput input, long setAt) {
    int size = input.neurons().size();
    weights.forEach(
        (uid, row) -> {
          requireUid("weights are set by", uid, size);
          row.keySet().forEach(about -> requireUid("weights are about", about, size));
        });
    stakes.keySet().forEach(uid -> requireUid("stake changes of", uid, size));
    List<YumaNeuron> neurons = new ArrayList<>();
    for (int uid = 0; uid < size; uid++) {
      neurons.add(changed(input.neurons().get(uid), uid, setAt));
    }
    return new YumaInput(
        input.block(),
        input.lastStepBlock(),
        input.emission(),
        input.ownerUid(),
        parameters.orElse(input.parameters()),
        neurons);
  }

  private YumaNeuron changed(YumaNeuron neuron, int uid, long setAt) {
    boolean sets = weights.containsKey(uid);
    return new YumaNeuron(
        stakes.containsKey(uid) ? I64F64.ofU64(stakes.get(uid)) : neuron.stake(),
        sets ? OptionalLong.of(setAt) : neuron.lastUpdate(),
        neuron.registeredAt(),
        neuron.validatorPermit(),
        neuron.earliestCommit(),
        sets ? row(weights.get(uid)) : neuron.weights(),
        neuron.bonds());
  }

  /** As this validator sends them and the chain then stores them. */
  private static List<UidValue> row(SortedMap<Integer, Double> weights) {
    List<UidWeight> sent = WeightVector.of(weights, WeightLimits.NONE).weights();
    int[] stored = WeightRow.maxUpscale(sent.stream().mapToInt(UidWeight::weight).toArray());
    List<UidValue> row = new ArrayList<>();
    for (int k = 0; k < stored.length; k++) {
      row.add(new UidValue(sent.get(k).uid(), stored[k]));
    }
    return row;
  }

  private static void requireUid(String what, int uid, int size) {
    if (uid < 0 || uid >= size) {
      throw new IllegalArgumentException(
          "%s uid %d; the subnet's uids are 0 to %d".formatted(what, uid, size - 1));
    }
  }
}
