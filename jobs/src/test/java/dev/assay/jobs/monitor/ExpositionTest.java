package dev.assay.jobs.monitor;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class ExpositionTest {
  @Test
  void aFamilyIsDescribedOnceAndLabelsAreEscaped() {
    String text =
        new Exposition()
            .gauge("assay_a", "What it is.", Map.of("id", "a\"b\\c\nd"), 1)
            .gauge("assay_a", "What it is.", Map.of("id", "x", "at", "y"), 0.25)
            .counter("assay_b_total", "Another.", Map.of(), 12_345_678_901L)
            .toString();

    assertThat(text)
        .isEqualTo(
            """
            # HELP assay_a What it is.
            # TYPE assay_a gauge
            assay_a{id="a\\"b\\\\c\\nd"} 1
            assay_a{at="y",id="x"} 0.250000
            # HELP assay_b_total Another.
            # TYPE assay_b_total counter
            assay_b_total 12345678901
            """);
  }
}
