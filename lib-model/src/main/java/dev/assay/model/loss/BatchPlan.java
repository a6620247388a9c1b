package dev.assay.model.loss;

import dev.assay.model.text.EncodedSample;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Groups samples of similar length, span after span of their order, so that whoever stops early has
 * computed few that come later. The plan follows from the samples alone: whoever computes with the
 * same samples has the same batches, whatever the devices and whatever was computed before.
 */
final class BatchPlan {

  /** Most tokens of a batch, padding included. A longer sample is a batch by itself. */
  static final int TOKENS = 16_384;

  /** Samples of one span. */
  static final int SPAN = 64;

  private BatchPlan() {}

  /**
   * Batches as indices of the samples: in each span the longest first, equal lengths in the
   * samples' order, cut at {@link #TOKENS}.
   */
  static List<List<Integer>> of(List<EncodedSample> samples) {
    List<List<Integer>> batches = new ArrayList<>();
    for (int start = 0; start < samples.size(); start += SPAN) {
      int end = Math.min(samples.size(), start + SPAN);
      List<Integer> sorted =
          IntStream.range(start, end)
              .boxed()
              .sorted(Comparator.comparingInt(index -> -samples.get(index).length()))
              .toList();
      cut(sorted, samples, batches);
    }
    return batches;
  }

  private static void cut(
      List<Integer> sorted, List<EncodedSample> samples, List<List<Integer>> batches) {
    int start = 0;
    while (start < sorted.size()) {
      int longest = Math.max(1, samples.get(sorted.get(start)).length());
      int end = Math.min(sorted.size(), start + Math.max(1, TOKENS / longest));
      batches.add(sorted.subList(start, end));
      start = end;
    }
  }
}
