package dev.assay.score.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class SignificanceTest {
  private static final Significance RULE = Significance.DEFAULT;

  /** Both sides written out for 400 clusters: theorem 2.2 of arXiv 2103.06476. */
  @Test
  void theBoundaryIsThatOfTheTheorem() {
    double alpha = 0.05 / 256;
    double rhoSquared = (-2 * Math.log(alpha) + Math.log(-2 * Math.log(alpha)) + 1) / 400;
    double half =
        Math.sqrt(
            2
                * (400 * rhoSquared + 1)
                / (400.0 * 400 * rhoSquared)
                * Math.log(Math.sqrt(400 * rhoSquared + 1) / alpha));
    assertThat(RULE.boundary(400) / Math.sqrt(400)).isCloseTo(half, within(1e-12));
    assertThat(RULE.boundary(400)).isCloseTo(4.59, within(0.01));
  }

  @Test
  void withoutClustersTheErrorIsTheUsualOne() {
    double[] earlier = {1.0, 1.2, 0.9, 1.4, 1.1, 1.3};
    double[] later = {0.8, 1.3, 0.7, 1.1, 1.2, 1.0};
    double[] differences = {0.2, -0.1, 0.2, 0.3, -0.1, 0.3};
    double mean = 0.8 / 6;
    double squares = 0;
    for (double difference : differences) {
      squares += (difference - mean) * (difference - mean);
    }
    Evidence evidence = evidence(earlier, later, 0, 1, 2, 3, 4, 5);
    assertThat(RULE.standardError(evidence, 0))
        .isCloseTo(Math.sqrt(squares / 5 / 6), within(1e-12));
    assertThat(RULE.ahead(evidence, 0).estimate()).isCloseTo(mean, within(1e-12));
  }

  @Test
  void samplesOfOneClusterCountOnce() {
    double[] earlier = {1.0, 1.0, 1.0, 1.0, 2.0, 2.0, 2.0, 2.0};
    double[] later = {0.9, 0.9, 0.9, 0.9, 2.1, 2.1, 2.1, 2.1};
    double alone = RULE.standardError(evidence(earlier, later, 0, 1, 2, 3, 4, 5, 6, 7), 0);
    double clustered = RULE.standardError(evidence(earlier, later, 0, 0, 0, 0, 1, 1, 1, 1), 0);
    // Two clusters of four equal samples: the error of two observations, not of eight.
    assertThat(clustered).isCloseTo(0.1, within(1e-12));
    assertThat(alone).isLessThan(0.04);
  }

  @Test
  void tooFewClustersEstablishNothing() {
    double[] earlier = {2, 2, 2, 2, 2, 2, 2};
    double[] later = {1, 1, 1, 1, 1, 1, 1};
    assertThat(RULE.decide(evidence(earlier, later, 0, 1, 2, 3, 4, 5, 6), 0.01))
        .isEqualTo(Decision.UNRESOLVED);
  }

  @Test
  void nothingWithinTheKernelsToleranceIsEstablished() {
    double[] earlier = new double[400];
    double[] later = new double[400];
    int[] clusters = new int[400];
    for (int i = 0; i < 400; i++) {
      earlier[i] = 2;
      later[i] = 2 - 2 * 0.9 * RULE.tolerance();
      clusters[i] = i;
    }
    assertThat(RULE.decide(evidence(earlier, later, clusters), 0)).isEqualTo(Decision.UNRESOLVED);
    for (int i = 0; i < 400; i++) {
      later[i] = 2 - 2 * 1.1 * RULE.tolerance();
    }
    assertThat(RULE.decide(evidence(earlier, later, clusters), 0)).isEqualTo(Decision.LATER);
  }

  @Test
  void windowsAdd() {
    double[] a = {1.0, 1.5, 0.7, 1.9};
    double[] b = {1.1, 1.2, 0.9, 1.5};
    Evidence both =
        Evidence.none("c", "x", "y")
            .plus(ClusterSums.of(a, b, new int[] {0, 0, 1, 2}, 1), 0)
            .plus(ClusterSums.of(b, a, new int[] {0, 1, 1, 2}, 1), 1);
    double[] joinedA = {1.0, 1.5, 0.7, 1.9, 1.1, 1.2, 0.9, 1.5};
    double[] joinedB = {1.1, 1.2, 0.9, 1.5, 1.0, 1.5, 0.7, 1.9};
    Evidence joined = evidence(joinedA, joinedB, 0, 0, 1, 2, 3, 4, 4, 5);
    assertThat(RULE.standardError(both, 0.01))
        .isCloseTo(RULE.standardError(joined, 0.01), within(1e-12));
  }

  /**
   * 300 pairs of equal models, looked at 60 times each: 18 000 looks, hardly any false promotion.
   */
  @Test
  void lookingEveryWindowIsNoExtraChance() {
    int promoted = 0;
    Significance loose = new Significance(0.05, 1, 40, 8, 1, 0, 1);
    for (int pair = 0; pair < 300; pair++) {
      promoted += isEverPromoted(pair, loose) ? 1 : 0;
    }
    // Both sides together may err in 5 % of the pairs, one side in about half of those.
    assertThat(promoted).isLessThanOrEqualTo(15);
  }

  private static boolean isEverPromoted(int pair, Significance rule) {
    SeededRandom random = SeededRandom.of(5, pair);
    Evidence evidence = Evidence.none("c", "x", "y");
    for (int window = 0; window < 60; window++) {
      double[] earlier = new double[40];
      double[] later = new double[40];
      int[] clusters = new int[40];
      for (int i = 0; i < 40; i++) {
        earlier[i] = 2 + 0.2 * random.nextGaussian();
        later[i] = 2 + 0.2 * random.nextGaussian();
        clusters[i] = i;
      }
      evidence = evidence.plus(ClusterSums.of(earlier, later, clusters, 1), window);
      if (rule.decide(evidence, 0) == Decision.LATER) {
        return true;
      }
    }
    return false;
  }

  @Test
  void theBootstrapAgreesWithTheStandardError() {
    SeededRandom random = new SeededRandom(3);
    double[] values = new double[400];
    int[] clusters = new int[400];
    List<Double> list = new ArrayList<>();
    for (int i = 0; i < 400; i++) {
      values[i] = 0.05 + 0.2 * random.nextGaussian();
      clusters[i] = i;
      list.add(values[i]);
    }
    double mean = list.stream().mapToDouble(Double::doubleValue).average().orElseThrow();
    Interval interval = Bootstrap.mean(values, clusters, 2_000, 0.95, new SeededRandom(4));
    assertThat(interval.estimate()).isCloseTo(mean, within(1e-12));
    assertThat(interval.high() - mean).isCloseTo(1.96 * 0.2 / 20, within(0.002));
    assertThat(mean - interval.low()).isCloseTo(1.96 * 0.2 / 20, within(0.002));
    assertThat(interval)
        .isEqualTo(Bootstrap.mean(values, clusters, 2_000, 0.95, new SeededRandom(4)));
  }

  private static Evidence evidence(double[] earlier, double[] later, int... clusters) {
    return Evidence.none("c", "x", "y").plus(ClusterSums.of(earlier, later, clusters, 1), 0);
  }
}
