package dev.assay.jobs.snapshot;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SamplesBenchTest {
  @Test
  void everySampleIsTakenOrRefusedByARuleThatIsMeasured(@TempDir Path folder) throws Exception {
    SamplesBench bench = SamplesBench.run(folder, 1_500, 500, 1);

    assertThat(bench.refusals())
        .containsOnlyKeys(
            Refusal.UNWANTED_PHRASE,
            Refusal.OTHER_LENGTH,
            Refusal.OTHER_SCRIPT,
            Refusal.NEAR_DUPLICATE,
            Refusal.SOURCE_QUOTA,
            Refusal.NOT_GENUINE);
    int refused = bench.refusals().values().stream().mapToInt(Integer::intValue).sum();
    assertThat(bench.taken() + refused).isEqualTo(1_500);
    assertThat(bench.taken()).isGreaterThan(750);
  }

  @Test
  void aSampleIsAFunctionOfTheSeedAndItsNumber() {
    String line = text(new MadeUpSamples(1, 5), 7);

    assertThat(text(new MadeUpSamples(1, 5), 7)).isEqualTo(line);
    assertThat(text(new MadeUpSamples(2, 5), 7)).isNotEqualTo(line);
    assertThat(text(new MadeUpSamples(1, 5), 8)).isNotEqualTo(line);
  }

  /** The text alone: a signature has randomness of its own. */
  private static String text(MadeUpSamples samples, int number) {
    String line = new String(samples.line(number), StandardCharsets.UTF_8);
    return line.substring(0, line.indexOf("\"signature\""));
  }
}
