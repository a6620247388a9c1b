package dev.assay.jobs.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ClusterSimulationTest {
  private static final int WINDOWS = 10;

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5})
  void whatWasPromisedOfAClusterHolds(long seed) {
    ClusterSimulation.Figures whole = ClusterSimulation.run(WINDOWS, false, seed);
    ClusterSimulation.Figures damaged = ClusterSimulation.run(WINDOWS, true, seed);

    assertThat(whole.downloadsRatio()).isBetween(1.0, 1.1);
    assertThat(damaged.downloadsRatio()).isBetween(1.0, 1.2);
    assertThat(whole.makespanRatioWorst()).isBetween(1.0, 1.15);
  }

  @Test
  void moreModelsThanGpusTakeLongerThanTheirBound() {
    // A node that has to fetch several of the largest has the last one late.
    assertThat(ClusterSimulation.whole(WINDOWS, 1).makespanRatioWorst()).isGreaterThan(1.1);
  }

  @Test
  void theSameSeedGivesTheSameFigures() {
    assertThat(ClusterSimulation.run(WINDOWS, true, 7))
        .isEqualTo(ClusterSimulation.run(WINDOWS, true, 7));
  }

  @Test
  void disksThatHoldLittleFetchAgain() {
    SimulatedCluster small = new SimulatedCluster(16, 8, 100_000_000_000L, 1.25e9, 2e9, 40 / 16e9);

    assertThat(
            ClusterSimulation.run(small, ClusterSimulation.SHIPPED, WINDOWS, false, 1)
                .downloadsRatio())
        .isGreaterThan(ClusterSimulation.run(WINDOWS, false, 1).downloadsRatio());
  }
}
