package dev.assay.score.simulation;

import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What each miner earned.
 *
 * @param share by group, every group: the mean over epochs of its part of the weights, as the
 *     chain's u16
 * @param baselineShare the same without what the scenario adds
 * @param epochs how many evaluations there were
 * @param largestMovement the most that any miner's part of the weights changed from one epoch to
 *     the next, 0 to 1
 */
public record SimulationResult(
    SortedMap<Group, Double> share,
    SortedMap<Group, Double> baselineShare,
    int epochs,
    double largestMovement) {
  public SimulationResult {
    share = copy(share);
    baselineShare = copy(baselineShare);
  }

  private static SortedMap<Group, Double> copy(Map<Group, Double> map) {
    return Collections.unmodifiableSortedMap(new TreeMap<>(map));
  }
}
