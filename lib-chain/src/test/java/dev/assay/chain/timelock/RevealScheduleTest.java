package dev.assay.chain.timelock;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RevealScheduleTest {

  /**
   * The first two are bittensor-core's own vectors; the others were computed by its wheel 0.1.5 on
   * 2026-11-22.
   */
  @ParameterizedTest
  @CsvSource({
    "10, 0, 0, 50, 0, 10, 1, 60",
    "80, 95, 0, 20, 0, 91, 1, 95",
    "100, 0, 7, 360, 20, 120, 1, 460",
    "100, 0, 7, 360, 20, 120, 3, 1180",
    "0, 0, 0, 360, 50401, 1000, 2, 1721",
    "100, 0, 3, 99, 98, 198, 1, 298",
    "100, 0, 3, 99, 98, 198, 2, 397",
    "100, 150, 3, 300, 10, 110, 2, 450",
    "100, 111, 3, 300, 10, 110, 1, 411",
  })
  void theStatefulScheduleRevealsWhereTheReferenceDoes(
      long last,
      long pending,
      long index,
      int tempo,
      long since,
      long block,
      long period,
      long expected) {
    assertThat(
            new EpochSchedule(last, pending, index, tempo, since, block).firstRevealBlock(period))
        .isEqualTo(expected);
  }

  @Test
  void aSubnetWithoutTempoNeverReveals() {
    assertThatThrownBy(() -> new EpochSchedule(10, 0, 0, 0, 0, 10).firstRevealBlock(1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("tempo is 0");
  }

  @Test
  void aRevealPeriodThatNoChainHasIsRefused() {
    assertThatThrownBy(() -> new EpochSchedule(10, 0, 0, 50, 0, 10).firstRevealBlock(1L << 60))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("RevealPeriodEpochs");
    assertThatThrownBy(() -> new LegacyEpochSchedule(1, 50, 10).firstRevealBlock(0))
        .isInstanceOf(IllegalArgumentException.class);
  }

  /**
   * An epoch is due at a block, or not yet (bittensor-core, {@code should_run_epoch_auto_fire},
   * {@code should_run_epoch_tempo_zero}).
   */
  @Test
  void anEpochIsDueAfterATempo() {
    assertThat(new EpochSchedule(100, 0, 0, 50, 0, 120).isEpochDue(149)).isFalse();
    assertThat(new EpochSchedule(100, 0, 0, 50, 0, 120).isEpochDue(150)).isTrue();
    assertThat(new EpochSchedule(100, 0, 0, 0, 0, 120).isEpochDue(200)).isFalse();
  }

  /**
   * By hand: tempo 10, netuid 1: epochs end where (block + 2) is a multiple of 11; block 20 lies in
   * epoch 2, which ends at 31.
   */
  @Test
  void theLegacyScheduleCountsFromTheChainsStart() {
    assertThat(new LegacyEpochSchedule(1, 10, 20).firstRevealBlock(1)).isEqualTo(31);
    assertThat(new LegacyEpochSchedule(1, 10, 19).firstRevealBlock(1)).isEqualTo(20);
    assertThat(new LegacyEpochSchedule(1, 10, 20).firstRevealBlock(2)).isEqualTo(42);
  }

  @Test
  void theRoundAllowsThreeBlocksForThePulseToArrive() {
    Instant now = DrandChain.QUICKNET.genesis().plusSeconds(3000);
    long round =
        new EpochSchedule(10, 0, 0, 50, 0, 10)
            .round(DrandChain.QUICKNET, 1, now, Duration.ofSeconds(12));
    assertThat(round).isEqualTo(1000 + 53 * 12 / 3);
  }
}
