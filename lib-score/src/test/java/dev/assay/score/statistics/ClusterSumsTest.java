package dev.assay.score.statistics;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ClusterSumsTest {
  @Test
  void samplesThatAreClustersOfTheirOwnAddUpAsClustersDo() {
    double[] earlier = {2, 1.5, 0.25, Double.NaN, 3};
    double[] later = {1, 1.75, 9, 2, 0};
    // The same clusters by other numbers, which have to be sorted out first.
    ClusterSums own = ClusterSums.of(earlier, later, new int[] {0, 1, 2, -1, 3}, 1);
    ClusterSums numbered = ClusterSums.of(earlier, later, new int[] {3, 1, 2, -1, 0}, 1);

    assertThat(own).usingRecursiveComparison().isEqualTo(numbered);
    assertThat(own.clusters).isEqualTo(4);
    assertThat(own.y).isEqualTo(1 - 0.25 - 1 + 1);
    assertThat(own.z).isEqualTo(1 + 1.5 + 0.25);
  }
}
