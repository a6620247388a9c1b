package dev.assay.jobs.fanout;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
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
    Silence impatient = new Silence(Duration.ofMillis(1), new Alarm(clock, () -> {}));
    impatient.begin();

    assertThat(rings(impatient)).isFalse();
  }

  /** A task that waits for a slot, while the one before it, given up, is heard of once more. */
  @Test
  void whatHasNotBegunIsNotSilent() throws Exception {
    Silence impatient = new Silence(Duration.ofMillis(1), new Alarm(clock, () -> {}));
    impatient.heard(Duration.ZERO);

    assertThat(rings(impatient)).isFalse();
  }

  @Test
  void whatToldSomethingAndNothingMoreIsSilent() throws Exception {
    Silence impatient = new Silence(Duration.ofMillis(1), new Alarm(clock, () -> {}));
    impatient.begin();
    impatient.heard(Duration.ZERO);

    assertThat(rings(impatient)).isTrue();
  }

  /** After all that was due before. */
  private boolean rings(Silence silence) throws Exception {
    clock.schedule(() -> {}, 20, TimeUnit.MILLISECONDS).get();
    return silence.hasRung();
  }
}
