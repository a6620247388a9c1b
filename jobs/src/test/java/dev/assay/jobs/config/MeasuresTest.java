package dev.assay.jobs.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MeasuresTest {
  @Property
  void aDurationIsReadAsItIsWritten(@ForAll long nanos) {
    Duration duration = Duration.ofNanos(nanos);

    assertThat(Measures.duration(Measures.text(duration))).isEqualTo(duration);
  }

  @Property
  void aSizeIsReadAsItIsWritten(@ForAll @LongRange(min = 0, max = Long.MAX_VALUE) long bytes) {
    DataSize size = new DataSize(bytes);

    assertThat(Measures.size(Measures.text(size))).isEqualTo(size);
  }

  @Test
  void theLargestUnitThatFitsIsWritten() {
    assertThat(Measures.text(Duration.ofMinutes(90))).isEqualTo("90m");
    assertThat(Measures.text(new DataSize(15L << 30))).isEqualTo("15GiB");
    assertThat(Measures.text(Duration.ZERO)).isEqualTo("0s");
  }

  @Test
  void unitsOfSizesCountBy1024AndBy1000() {
    assertThat(Measures.size("1.5 GiB")).isEqualTo(new DataSize(3L << 29));
    assertThat(Measures.size("64kB")).isEqualTo(new DataSize(64_000));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "30",
        "s",
        "1d 2h",
        "1M",
        "5 fortnights",
        "1e3s",
        "1.5B",
        "0x10B",
        "-1B",
        "99999999999999999999B",
        "9223372036854775808B",
        "9000000TiB",
        "1 h",
        "NaNs"
      })
  void whatIsNoSizeIsRefused(String text) {
    assertThatThrownBy(() -> Measures.size(text)).isInstanceOf(IllegalArgumentException.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "30", "ms", "30S", "5min", "1h30m", "PT5S", "0.5ns", "300000000h"})
  void whatIsNoTimeIsRefused(String text) {
    assertThatThrownBy(() -> Measures.duration(text)).isInstanceOf(IllegalArgumentException.class);
  }
}
