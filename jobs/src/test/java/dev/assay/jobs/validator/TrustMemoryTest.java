package dev.assay.jobs.validator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.jobs.status.Problem;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class TrustMemoryTest {
  private static final Duration LOOK = Duration.ofMinutes(10);

  private final TrustMemory memory = new TrustMemory();
  private Instant now = Instant.parse("2026-12-01T00:00:00Z");

  /** Looks every ten minutes, and sees the same. */
  private void see(double trust, Duration lasting) {
    Instant end = now.plus(lasting);
    for (; now.isBefore(end); now = now.plus(LOOK)) {
      memory.saw(trust, now);
    }
  }

  @Test
  void aFallByAFifthIsToldOnceItHasLastedForTwoHours() {
    see(0.9, Duration.ofHours(5));
    see(0.7, Duration.ofHours(2));
    assertThat(memory.problem(now.minus(LOOK))).isEmpty();
    see(0.7, LOOK);

    assertThat(memory.problem(now.minus(LOOK))).map(Problem::id).hasValue("trust_falls");
    assertThat(memory.problem(now).orElseThrow().what()).contains("70.0 %", "90.0 %");
  }

  @Test
  void aRecoveryEndsItAndSoDoesADay() {
    see(0.9, Duration.ofHours(1));
    see(0.5, Duration.ofHours(23));
    assertThat(memory.problem(now)).isPresent();
    see(0.5, Duration.ofHours(2));
    assertThat(memory.problem(now)).isEmpty();
    see(0.9, Duration.ofHours(1));
    see(0.5, Duration.ofHours(3));
    assertThat(memory.problem(now)).isPresent();
    see(0.8, LOOK);

    assertThat(memory.problem(now)).isEmpty();
  }

  @Test
  void aDipAndASmallFallAreNone() {
    see(0.9, Duration.ofHours(3));
    see(0.1, Duration.ofHours(1));
    see(0.9, Duration.ofHours(3));
    see(0.73, Duration.ofHours(6));

    assertThat(memory.problem(now)).isEmpty();
  }
}
