package dev.assay.jobs.judge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.assay.jobs.tables.LossRow;
import dev.assay.jobs.tables.SampleRow;
import dev.assay.jobs.work.EncodedSamples;
import dev.assay.jobs.work.ModelRules;
import dev.assay.model.causal.Precision;
import dev.assay.model.loss.Batching;
import dev.assay.model.text.ByteTokenizer;
import dev.assay.model.text.EncodedSample;
import dev.assay.model.train.Initialisation;
import dev.assay.model.train.LlamaShape;
import dev.assay.score.statistics.Pursuit;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Samples that share forward passes: the same bits whatever was known before. */
class BatchedLossesTest {
  private static final int SAMPLES = 150;
  private static final ModelRules RULES =
      new ModelRules(
          "b1",
          List.of("llama"),
          0,
          Long.MAX_VALUE,
          Long.MAX_VALUE,
          Double.MAX_VALUE,
          1,
          Double.MAX_VALUE,
          Long.MAX_VALUE,
          Long.MAX_VALUE);

  @TempDir private static Path folder;
  private static Path model;

  @BeforeAll
  static void write() throws Exception {
    model = folder.resolve("model");
    Initialisation.write(
        model, new LlamaShape(ByteTokenizer.VOCABULARY, 32, 64, 2, 4, 2, 64), 7, Map.of());
  }

  private static EncodedSamples samples(Batching batching) {
    SplittableRandom random = new SplittableRandom(11);
    List<EncodedSample> encoded =
        IntStream.range(0, SAMPLES)
            .mapToObj(
                index ->
                    new EncodedSample(
                        random.ints(4 + random.nextInt(40), 0, ByteTokenizer.VOCABULARY).toArray(),
                        2))
            .toList();
    return EncodedSamples.of(
        IntStream.range(0, SAMPLES)
            .mapToObj(
                index ->
                    new SampleRow("s" + index, "", "", "source", 10 + index, Instant.EPOCH, ""))
            .toList(),
        encoded,
        "tokenizer",
        "plain",
        64,
        Precision.BF16,
        batching);
  }

  private static ModelFinding judged(Task.Losses task) throws Exception {
    ModelFinding finding = FolderJudge.judge(model, RULES, task, 1, told -> {});
    assertThat(finding.fault()).isEmpty();
    return finding;
  }

  @Test
  void aBatchThatIsNotWholeIsComputedWholeAndKeepsItsBits() throws Exception {
    EncodedSamples samples = samples(Batching.SORTED);
    List<LossRow> all = judged(new Task.Losses(samples, KnownLosses.none())).losses();
    List<LossRow> known = all.subList(0, 80);

    ModelFinding rest = judged(new Task.Losses(samples, KnownLosses.of(known, samples)));

    assertThat(all).hasSize(SAMPLES);
    assertThat(rest.kernel()).contains("-sorted-").isEqualTo(all.get(0).kernel());
    assertThat(rest.losses()).containsExactlyElementsOf(all.subList(80, SAMPLES));
  }

  @Test
  void lossesOfOtherBatchesAreNotKnown() throws Exception {
    EncodedSamples single = samples(Batching.SINGLE);
    List<LossRow> all = judged(new Task.Losses(single, KnownLosses.none())).losses();
    EncodedSamples sorted = samples(Batching.SORTED);

    List<LossRow> again = judged(new Task.Losses(sorted, KnownLosses.of(all, sorted))).losses();

    assertThat(again).hasSize(SAMPLES);
    Map<String, Double> means =
        again.stream().collect(Collectors.toMap(LossRow::sampleId, LossRow::mean));
    for (LossRow row : all) {
      assertThat(means.get(row.sampleId())).isCloseTo(row.mean(), within(2e-2));
    }
  }

  @Test
  void aModelThatCannotOvertakeIsStoppedAfterTheSpanOfItsStop() throws Exception {
    EncodedSamples samples = samples(Batching.SORTED);
    double[] ahead = new double[SAMPLES];
    Arrays.fill(ahead, 1);
    Pursuit pursuit = new Pursuit(ahead, 0.01, 4, 0.01);

    List<LossRow> losses =
        judged(new Task.Losses(samples, KnownLosses.none(), Map.of(0, pursuit))).losses();

    assertThat(losses).hasSize(64);
    assertThat(losses)
        .extracting(LossRow::sampleId)
        .containsExactlyInAnyOrderElementsOf(
            IntStream.range(0, 64).mapToObj(index -> "s" + index).toList());
  }
}
