package dev.assay.jobs.judge;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.jobs.Examples;
import dev.assay.jobs.tables.LossRow;
import dev.assay.jobs.work.EncodedSamples;
import dev.assay.model.loss.SampleLoss;
import dev.assay.model.loss.SampleVerdict;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class KnownLossesTest {
  private final EncodedSamples samples = Examples.samples(2);

  private LossRow row(int index, String kernel) {
    return samples.row(index, "model", kernel, new SampleLoss(SampleVerdict.OK, 2, 2));
  }

  @Test
  void aModelIsCompleteOnceOneKernelHasAllItsLosses() {
    KnownLosses half = KnownLosses.of(List.of(row(0, "a"), row(1, "b")), samples);
    KnownLosses whole = KnownLosses.of(List.of(row(0, "a"), row(1, "a")), samples);

    assertThat(half.complete("model", 2, Optional.empty(), kernel -> true)).isEmpty();
    assertThat(whole.complete("model", 2, Optional.empty(), kernel -> true)).contains("a");
    assertThat(whole.complete("another", 2, Optional.empty(), kernel -> true)).isEmpty();
  }

  @Test
  void ofSeveralKernelsTheFirstByNameThatSuitsIsTaken() {
    List<LossRow> rows = new ArrayList<>();
    for (String kernel : List.of("c", "b", "a")) {
      rows.add(row(0, kernel));
      rows.add(row(1, kernel));
    }
    KnownLosses known = KnownLosses.of(rows, samples);

    assertThat(known.complete("model", 2, Optional.empty(), kernel -> true)).contains("a");
    assertThat(known.complete("model", 2, Optional.empty(), kernel -> !kernel.equals("a")))
        .contains("b");
  }

  @Test
  void whatWasComputedInAnotherWayIsNotKnown() {
    LossRow own = row(0, "a");
    List<LossRow> others =
        List.of(
            with(own, "another", own.template(), own.sequenceLength(), own.dtype()),
            with(own, own.tokenizerDigest(), "another", own.sequenceLength(), own.dtype()),
            with(own, own.tokenizerDigest(), own.template(), 8, own.dtype()),
            with(own, own.tokenizerDigest(), own.template(), own.sequenceLength(), "bf16"));

    assertThat(KnownLosses.of(List.of(own), samples).mean("model", "a", 0)).contains(1.0);
    assertThat(KnownLosses.of(others, samples).mean("model", "a", 0)).isEmpty();
  }

  @Test
  void lossesOnOtherSamplesAreLeftOut() {
    LossRow third =
        Examples.samples(3).row(2, "model", "a", new SampleLoss(SampleVerdict.OK, 2, 2));

    KnownLosses known = KnownLosses.of(List.of(third, row(1, "a")), samples);

    assertThat(known.mean("model", "a", 0)).isEmpty();
    assertThat(known.mean("model", "a", 1)).contains(1.0);
  }

  private static LossRow with(
      LossRow row, String tokenizer, String template, int length, String dtype) {
    return new LossRow(
        row.modelDigest(),
        row.sampleId(),
        tokenizer,
        template,
        length,
        dtype,
        row.kernel(),
        row.verdict(),
        row.lossSum(),
        row.tokens(),
        row.sampleBlock());
  }
}
