package dev.assay.jobs.submit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.jobs.submit.WindowStanding.Stage;
import dev.assay.jobs.tables.WeightRow;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class WindowStandingTest {
  private static WeightRow row(String event, int attempt, boolean isHidden) {
    return new WeightRow(
        6,
        0,
        "5V",
        3,
        event,
        attempt,
        "e1",
        List.of(1),
        List.of(65_535),
        0,
        Optional.of("0xab"),
        event.equals("INCLUDED") ? Optional.of(121L) : Optional.empty(),
        Optional.empty(),
        130,
        event.equals("FAILED") ? "no permit" : "",
        Instant.EPOCH,
        isHidden && event.equals("SENT") ? Optional.of("0xcd") : Optional.empty(),
        List.of(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty());
  }

  private static Stage stage(boolean isHidden, String... events) {
    return WindowStanding.of(
            Arrays.stream(events)
                .map(event -> row(event, event.equals("INTENT") ? 0 : 1, isHidden))
                .toList())
        .stage();
  }

  @Test
  void theEventsOfAWindowSayHowFarItsWeightsCame() {
    assertThat(stage(false, "INTENT")).isEqualTo(Stage.INTENDED);
    assertThat(stage(false, "INTENT", "SENT")).isEqualTo(Stage.SENT);
    assertThat(stage(false, "INTENT", "SENT", "INCLUDED")).isEqualTo(Stage.SET);
    assertThat(stage(false, "INTENT", "SENT", "FAILED")).isEqualTo(Stage.FAILED);
    assertThat(stage(true, "INTENT", "SENT", "INCLUDED")).isEqualTo(Stage.COMMITTED);
    assertThat(stage(true, "INTENT", "SENT", "INCLUDED", "REVEALED")).isEqualTo(Stage.SET);
    assertThat(stage(true, "INTENT", "SENT", "INCLUDED", "EXPIRED")).isEqualTo(Stage.EXPIRED);
    assertThat(stage(true, "INTENT", "SENT", "INCLUDED", "SUPERSEDED")).isEqualTo(Stage.SET);
  }

  @Test
  void theLastAttemptDecides() {
    WindowStanding standing =
        WindowStanding.of(
            List.of(
                row("INTENT", 0, false),
                row("SENT", 1, false),
                row("FAILED", 1, false),
                row("SENT", 2, false),
                row("INCLUDED", 2, false)));

    assertThat(standing.stage()).isEqualTo(Stage.SET);
    assertThat(standing.block()).contains(121L);
    assertThat(standing.reason()).isEmpty();
  }
}
