package dev.assay.score.weights;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.assay.score.rules.WeightLimits;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class WeightVectorTest {
  @Test
  void theLargestBecomes65535AndZerosAreLeftOut() {
    assertThat(WeightVector.of(weights(0.5, 0, 0.25, 0.25), WeightLimits.NONE).weights())
        .containsExactly(
            new UidWeight(0, 65_535), new UidWeight(2, 32_768), new UidWeight(3, 32_768));
  }

  /** The chain's own test of vec_max_upscale_to_u16 in pallets/subtensor (tests/math.rs). */
  @Test
  void agreesWithThePalletsUpscaling() {
    WeightVector vector =
        WeightVector.of(
            weights(1e-6, 6e-6, 7e-6, 1e-4, .001, .01, .1, .2, .3, .4), WeightLimits.NONE);
    assertThat(vector.weights())
        .extracting(UidWeight::weight)
        .containsExactly(1, 1, 16, 164, 1_638, 16_384, 32_768, 49_151, 65_535);
  }

  @Test
  void halvesAreRoundedToEven() {
    SortedMap<Integer, Double> weights = weights(65_535, 0.5, 1.5, 2.5);
    assertThat(WeightVector.of(weights, WeightLimits.NONE).weights())
        .containsExactly(new UidWeight(0, 65_535), new UidWeight(2, 2), new UidWeight(3, 2));
  }

  @Test
  void aWeightAboveTheLimitIsCutToTheLimitOfTheNewSum() {
    WeightVector vector = WeightVector.of(weights(0.7, 0.1, 0.1, 0.1), new WeightLimits(26_214, 0));
    long sum = vector.weights().stream().mapToLong(UidWeight::weight).sum();
    assertThat(vector.of(0)).isEqualTo(65_535);
    assertThat(65_535 / (double) sum).isLessThanOrEqualTo(26_214 / 65_535.0).isGreaterThan(0.3999);
    assertThat(vector.of(1)).isBetween(32_767, 32_769);
  }

  @Test
  void whereEvenEqualWeightsExceedTheLimitTheyAreEqual() {
    WeightVector vector = WeightVector.of(weights(0.9, 0.1), new WeightLimits(655, 0));
    assertThat(vector.weights()).extracting(UidWeight::weight).containsExactly(65_535, 65_535);
  }

  @Test
  void tooFewWeightsAreFilledUpWithTheSmallest() {
    WeightVector vector = WeightVector.of(weights(1, 0, 0, 0), new WeightLimits(65_535, 3));
    assertThat(vector.weights()).extracting(UidWeight::weight).containsExactly(65_535, 1, 1, 1);
  }

  @Test
  void fewerUidsThanTheChainAsksForAreRefused() {
    assertThatThrownBy(() -> WeightVector.of(weights(1, 0), new WeightLimits(65_535, 3)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("there are 2, the chain takes no fewer than 3");
  }

  @Test
  void nobodyEarnedMeansNothingToSet() {
    assertThat(WeightVector.of(weights(0, 0), WeightLimits.NONE).weights()).isEmpty();
    assertThat(WeightVector.of(new TreeMap<>(Map.of()), WeightLimits.NONE).weights()).isEmpty();
  }

  @Test
  void nanNeverReachesTheChain() {
    for (double value : List.of(Double.NaN, Double.POSITIVE_INFINITY, -1.0)) {
      assertThatThrownBy(() -> WeightVector.of(weights(1, value), WeightLimits.NONE))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("weight of uid 1");
    }
  }

  @Test
  void theSmallestNumbersAreScaledWithoutLoss() {
    assertThat(WeightVector.of(weights(4.9e-324, 0), WeightLimits.NONE).weights())
        .containsExactly(new UidWeight(0, 65_535));
    assertThat(
            WeightVector.of(weights(Double.MAX_VALUE, Double.MAX_VALUE), WeightLimits.NONE)
                .weights())
        .hasSize(2);
  }

  private static SortedMap<Integer, Double> weights(double... values) {
    SortedMap<Integer, Double> weights = new TreeMap<>();
    for (int i = 0; i < values.length; i++) {
      weights.put(i, values[i]);
    }
    return weights;
  }
}
