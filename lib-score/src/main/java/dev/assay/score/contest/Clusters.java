package dev.assay.score.contest;

import dev.assay.score.entry.SampleFilter;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Numbers the clusters of a round's samples. */
public final class Clusters {
  private Clusters() {}

  /**
   * Which cluster each sample belongs to: numbers from 0, or -1 for a sample that is skipped. The
   * names may be more than the samples with losses: where no model was judged to the end, or none
   * at all, the last samples have none.
   *
   * @throws IllegalArgumentException if clusters are named for some samples and not for others
   */
  public static int[] number(Samples samples, SampleFilter filter) {
    List<String> names = samples.clusters();
    if (!names.isEmpty() && names.size() < filter.count()) {
      throw new IllegalArgumentException(
          "clusters: are named for "
              + names.size()
              + " samples, must be for at least the round's "
              + filter.count());
    }
    Map<String, Integer> numbers = new HashMap<>();
    int[] clusters = new int[filter.count()];
    for (int i = 0; i < clusters.length; i++) {
      if (!filter.counts(i)) {
        clusters[i] = -1;
      } else if (names.isEmpty()) {
        clusters[i] = i;
      } else {
        Integer number = numbers.putIfAbsent(names.get(i), numbers.size());
        clusters[i] = number == null ? numbers.size() - 1 : number;
      }
    }
    return clusters;
  }
}
