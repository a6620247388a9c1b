package dev.assay.cli.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TimesTest {
  @Test
  void aSpanIsToldInItsTwoLargestUnits() {
    assertThat(Times.about(0)).isEqualTo("0 s");
    assertThat(Times.about(59)).isEqualTo("59 s");
    assertThat(Times.about(516)).isEqualTo("8 min 36 s");
    assertThat(Times.about(3_600)).isEqualTo("1 h");
    assertThat(Times.about(11_105)).isEqualTo("3 h 5 min");
    assertThat(Times.about(200_000)).isEqualTo("2 d 7 h");
  }
}
