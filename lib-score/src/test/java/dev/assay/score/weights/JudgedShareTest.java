package dev.assay.score.weights;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class JudgedShareTest {
  private static final Map<String, Long> CARRIED = Map.of("a", 65535L, "b", 3449L, "c", 0L);

  @Test
  void isWhatIsLeftOfWhatIsCarried() {
    assertThat(JudgedShare.of(CARRIED, List.of())).isEqualTo(1);
    assertThat(JudgedShare.of(CARRIED, List.of("b")))
        .isEqualTo(65535 / 68984.0)
        .isGreaterThan(0.95);
    assertThat(JudgedShare.of(CARRIED, List.of("a"))).isEqualTo(3449 / 68984.0);
    assertThat(JudgedShare.of(CARRIED, List.of("a", "b", "c"))).isZero();
  }

  @Test
  void whoCarriesNothingIsNotMissed() {
    assertThat(JudgedShare.of(CARRIED, List.of("c", "a sybil", "another"))).isEqualTo(1);
    assertThat(JudgedShare.of(Map.of(), List.of("a"))).isEqualTo(1);
  }

  @Test
  void nobodyCarriesLessThanNothing() {
    assertThatThrownBy(() -> JudgedShare.of(Map.of("a", -1L), List.of()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("a");
  }
}
