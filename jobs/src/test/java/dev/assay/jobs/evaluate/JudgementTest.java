package dev.assay.jobs.evaluate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.jobs.Examples;
import dev.assay.jobs.tables.LossRow;
import dev.assay.jobs.work.EncodedSamples;
import dev.assay.model.loss.SampleLoss;
import dev.assay.score.entry.Losses;
import dev.assay.score.entry.SampleVerdict;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class JudgementTest {
  private final EncodedSamples samples = Examples.samples(3);
  private final Map<String, LossRow> rows = new HashMap<>();

  private void loss(int index, String verdict, double sum, int tokens) {
    SampleLoss loss =
        new SampleLoss(dev.assay.model.loss.SampleVerdict.valueOf(verdict), sum, tokens);
    rows.put(samples.sampleId(index), samples.row(index, "model", "kernel", loss));
  }

  @Test
  void lossesAreMeansInTheSamplesOrder() {
    loss(2, "OK", 9, 3);
    loss(0, "OK", 2, 4);
    loss(1, "EMPTY", 0, 0);

    Losses losses = Judgement.losses(samples, rows, Optional.empty()).orElseThrow();

    assertThat(losses.toArray()).containsExactly(0.5, Double.NaN, 3);
    assertThat(losses.verdict(1)).isEqualTo(SampleVerdict.EMPTY);
  }

  @Test
  void aLossThatIsNotFiniteStaysSo() {
    loss(0, "OK", 2, 4);
    loss(1, "NON_FINITE", Double.POSITIVE_INFINITY, 4);
    loss(2, "OK", 2, 4);

    assertThat(Judgement.losses(samples, rows, Optional.empty()).orElseThrow().verdict(1))
        .isEqualTo(SampleVerdict.NON_FINITE);
  }

  @Test
  void oneMissingLossLeavesNone() {
    loss(0, "OK", 2, 4);
    loss(2, "OK", 2, 4);

    assertThat(Judgement.losses(samples, rows, Optional.empty())).isEqualTo(Optional.empty());
  }
}
