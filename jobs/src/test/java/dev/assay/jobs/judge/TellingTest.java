package dev.assay.jobs.judge;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.jobs.Examples;
import dev.assay.jobs.tables.LossRow;
import dev.assay.jobs.work.EncodedSamples;
import dev.assay.model.loss.SampleLoss;
import dev.assay.model.loss.SampleVerdict;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class TellingTest {
  @Test
  void everyLossIsToldOnce() {
    EncodedSamples samples = Examples.samples(3);
    List<ToldLosses> told = new ArrayList<>();
    Telling telling = new Telling(told::add, System.nanoTime());
    List<LossRow> losses = new ArrayList<>();
    for (int index = 0; index < 3; index++) {
      losses.add(samples.row(index, "model", "a", new SampleLoss(SampleVerdict.OK, 2, 2)));
      telling.after(losses, samples.length(index));
      if (index == 1) {
        telling.rest(losses);
      }
    }
    telling.rest(losses);

    assertThat(told.stream().flatMap(part -> part.losses().stream()).toList()).isEqualTo(losses);
    assertThat(told.get(told.size() - 1).tokensPerSecond()).isPositive();
  }
}
