package dev.assay.model.loss;

import dev.assay.model.text.EncodedSample;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Groups samples of similar length. The plan follows from the samples alone, so that whoever
 * computes with the same samples has the same batches, whatever the devices.
 */
final class BatchPlan {

  /** Most tokens of a batch, padding included. A longer sample is a batch by itself. */
  static final int TOKENS = 16_384;

  private BatchPlan() {}

  /**
   * Batches as indices of the samples: longest first, equal lengths in the samples' order, cut at
   * {@link #TOKENS}.
   */
  static List<List<Integer>> of(List<EncodedSample> samples) {
    List<Integer> sorted =
        IntStream.range(0, samples.size())
            .boxed()
            .sorted(Comparator.comparingInt(index -> -samples.get(index).length()))
            .toList();
    List<List<Integer>> batches = new ArrayList<>();
    int start = 0;
    while (start < sorted.size()) {
      int longest = Math.max(1, samples.get(sorted.get(start)).length());
      int end = Math.min(sorted.size(), start + Math.max(1, TOKENS / longest));
      batches.add(sorted.subList(start, end));
      start = end;
    }
    return batches;
  }
}
