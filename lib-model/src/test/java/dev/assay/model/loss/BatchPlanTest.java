package dev.assay.model.loss;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.model.text.EncodedSample;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class BatchPlanTest {

  @Test
  void longestComeFirstAndEqualLengthsKeepTheirOrder() {
    assertThat(BatchPlan.of(samples(8000, 9000, 8000, 10, 8000)))
        .containsExactly(List.of(1), List.of(0, 2), List.of(4, 3));
  }

  @Test
  void paddingCountsAndASampleBeyondTheBudgetIsAlone() {
    assertThat(BatchPlan.of(samples(20_000, 20_001, 5000, 5000, 5000, 1)))
        .containsExactly(List.of(1), List.of(0), List.of(2, 3, 4), List.of(5));
  }

  @Test
  void laterSpansWaitForEarlierOnes() {
    int[] lengths = new int[BatchPlan.SPAN + 2];
    Arrays.fill(lengths, 10);
    lengths[BatchPlan.SPAN + 1] = 8000;

    List<List<Integer>> batches = BatchPlan.of(samples(lengths));

    assertThat(batches.get(0)).hasSize(BatchPlan.SPAN).doesNotContain(BatchPlan.SPAN + 1);
    assertThat(batches.get(1)).containsExactly(BatchPlan.SPAN + 1, BatchPlan.SPAN);
  }

  @Test
  void noSamplesMakeNoBatch() {
    assertThat(BatchPlan.of(List.of())).isEmpty();
  }

  private static List<EncodedSample> samples(int... lengths) {
    return IntStream.of(lengths).mapToObj(length -> new EncodedSample(new int[length], 0)).toList();
  }
}
