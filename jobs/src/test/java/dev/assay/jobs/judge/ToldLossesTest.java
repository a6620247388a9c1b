package dev.assay.jobs.judge;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class ToldLossesTest {
  @Test
  void tokensTakeTheirShareOfTime() {
    assertThat(new ToldLosses(List.of(), 64).timeOf(2048)).isEqualTo(Duration.ofSeconds(32));
  }

  /** Where all losses were known, nothing has a pace. */
  @Test
  void withoutAPaceNothingIsExpected() {
    assertThat(new ToldLosses(List.of(), 0).timeOf(2048)).isGreaterThan(Duration.ofDays(365));
  }
}
