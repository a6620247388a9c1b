package dev.assay.score.weights;

import dev.assay.score.Limits;
import java.util.Collection;
import java.util.Map;
import java.util.Set;

/** How much of what is paid an evaluation was able to judge. */
public final class JudgedShare {
  private JudgedShare() {}

  /**
   * The share of those that could be judged, from 0 to 1; 1 if no model carries anything.
   *
   * @param carried what each hotkey carries, at least 0
   * @param unjudged hotkeys whose models our own side kept from being judged
   */
  public static double of(Map<String, Long> carried, Collection<String> unjudged) {
    Set<String> lost = Set.copyOf(unjudged);
    long all = 0;
    long missing = 0;
    for (Map.Entry<String, Long> part : carried.entrySet()) {
      Limits.atLeast("what " + part.getKey() + " carries", part.getValue(), 0);
      all += part.getValue();
      missing += lost.contains(part.getKey()) ? part.getValue() : 0;
    }
    return all == 0 ? 1 : (all - missing) / (double) all;
  }
}
