package dev.assay.jobs.fanout;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SilenceTest {
  private static final Duration MINUTE = Duration.ofMinutes(1);

  private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor();
  private final Silence silence = new Silence(MINUTE, new Alarm(clock, () -> {}));

  @AfterEach
  void endClock() {
    clock.shutdownNow();
  }

  @Test
  void whatTakesSecondsAStepMayBeSilentForAMinute() {
    assertThat(silence.tooLong(Duration.ofSeconds(2))).isEqualTo(MINUTE);
  }

  /** A sample of 2,048 tokens, by an 8B model on a processor that makes six a second. */
  @Test
  void whatTakesMinutesAStepMayBeSilentForAnHour() {
    assertThat(silence.tooLong(Duration.ofSeconds(341))).isEqualTo(Duration.ofSeconds(3410));
  }

  @Test
  void whatLoadsIsNotSilent() throws Exception {
    Alarm alarm = new Alarm(clock, () -> {});
    Silence impatient = new Silence(Duration.ofMillis(1), alarm);
    impatient.begin();
    clock.submit(() -> {}).get();

    assertThat(impatient.hasRung()).isFalse();
  }
}
