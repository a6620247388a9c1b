package dev.assay.localnet.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SealingTest {

  @ParameterizedTest
  @ValueSource(longs = {50, 12_000})
  void aBlockTakesFiftyMillisecondsToTwelveSeconds(long milliseconds) {
    Duration interval = Duration.ofMillis(milliseconds);
    assertThat(Sealing.every(interval).interval()).contains(interval);
  }

  @ParameterizedTest
  @ValueSource(longs = {-1, 0, 49, 12_001})
  void anythingElseIsRefusedInOneSentence(long milliseconds) {
    assertThatThrownBy(() -> Sealing.every(Duration.ofMillis(milliseconds)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("a block takes 50 ms to 12 s, not " + milliseconds + " ms");
  }

  @Test
  void lessThanAMillisecondTooMuchIsTooMuch() {
    assertThatThrownBy(() -> Sealing.every(Duration.ofSeconds(12).plusNanos(1)))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
