package dev.assay.score.weights;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.score.rules.WeightLimits;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

class WeightVectorPropertyTest {
  /** What the pallet checks: the largest weight is at most its limit of the sum. */
  @Property
  void theChainsLimitHoldsAfterRounding(
      @ForAll @Size(min = 3, max = 60) List<@DoubleRange(min = 0.01, max = 1) Double> values,
      @ForAll @IntRange(min = 24_000, max = 65_535) int limit) {
    WeightVector vector = WeightVector.of(map(values), new WeightLimits(limit, 0));
    long sum = vector.weights().stream().mapToLong(UidWeight::weight).sum();
    assertThat((long) WeightLimits.MAX * WeightLimits.MAX).isLessThanOrEqualTo(limit * sum);
  }

  @Property
  void aLargerWeightIsNeverSentAsASmallerOne(
      @ForAll @Size(min = 1, max = 60) List<@DoubleRange(min = 0, max = 1) Double> values) {
    SortedMap<Integer, Double> weights = map(values);
    WeightVector vector = WeightVector.of(weights, WeightLimits.NONE);
    for (int one : weights.keySet()) {
      for (int other : weights.keySet()) {
        if (weights.get(one) > weights.get(other)) {
          assertThat(vector.of(one)).isGreaterThanOrEqualTo(vector.of(other));
        }
      }
    }
  }

  @Property
  void theMinimumCountIsReached(
      @ForAll @Size(min = 1, max = 60) List<@DoubleRange(min = 0, max = 1) Double> values,
      @ForAll @IntRange(min = 0, max = 60) int drawnCount) {
    SortedMap<Integer, Double> weights = map(values);
    weights.put(weights.size(), 1.0);
    int minCount = Math.min(drawnCount, weights.size());
    WeightVector vector = WeightVector.of(weights, new WeightLimits(65_535, minCount));
    assertThat(vector.weights()).hasSizeGreaterThanOrEqualTo(minCount);
  }

  private static SortedMap<Integer, Double> map(List<Double> values) {
    SortedMap<Integer, Double> weights = new TreeMap<>();
    for (int i = 0; i < values.size(); i++) {
      weights.put(i, values.get(i));
    }
    return weights;
  }
}
