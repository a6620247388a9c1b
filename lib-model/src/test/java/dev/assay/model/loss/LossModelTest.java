package dev.assay.model.loss;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.assay.model.causal.DecoderOptions;
import dev.assay.model.causal.Layout;
import dev.assay.model.causal.Precision;
import dev.assay.model.causal.ReferenceDecoder;
import dev.assay.model.checkpoint.Checkpoint;
import dev.assay.model.checkpoint.CheckpointBuilder;
import dev.assay.model.checkpoint.CheckpointLimits;
import dev.assay.model.text.EncodedSample;
import dev.assay.model.train.CheckpointWriter;
import dev.assay.model.train.Initialisation;
import dev.assay.model.train.LlamaShape;
import dev.assay.model.train.RandomSamples;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class LossModelTest {
  private static final LlamaShape SHAPE = new LlamaShape(50, 32, 48, 2, 4, 2, 128);

  @TempDir private Path folder;
  private Checkpoint checkpoint;

  @BeforeEach
  void initialise() throws Exception {
    Initialisation.write(folder.resolve("model"), SHAPE, 7, Map.of());
    checkpoint = Checkpoint.open(folder.resolve("model"), CheckpointLimits.defaults());
  }

  @Test
  void everyTokenHasTheLossOfTheFloat64Decoder() throws Exception {
    int[] ids = ids();
    double[] expected = new ReferenceDecoder(checkpoint).losses(ids);
    try (LossModel model = load(Precision.F32)) {
      float[] losses = model.tokenLosses(new EncodedSample(ids, 0));
      assertThat(losses).hasSize(expected.length);
      for (int i = 0; i < losses.length; i++) {
        assertThat((double) losses[i]).isCloseTo(expected[i], within(5e-6));
      }
    }
  }

  @Test
  void onlyTokensOfTheResponseCount() throws Exception {
    int[] ids = ids();
    double[] expected = new ReferenceDecoder(checkpoint).losses(ids);
    try (LossModel model = load(Precision.F32)) {
      SampleLoss loss = model.loss(new EncodedSample(ids, 10));
      assertThat(loss.verdict()).isEqualTo(SampleVerdict.OK);
      assertThat(loss.tokens()).isEqualTo(ids.length - 10);
      // The loss at index i is that of token i + 1.
      double sum = Arrays.stream(expected, 9, expected.length).sum();
      assertThat(loss.lossSum()).isCloseTo(sum, within(1e-4));
      assertThat(loss.mean()).isEqualTo(loss.lossSum() / loss.tokens());
    }
  }

  @ParameterizedTest
  @EnumSource
  void wordsBeyondTheFirstBlockCountLikeItsOwn(Precision precision) throws Exception {
    for (Layout layout : EnumSet.of(Layout.PLAIN, Layout.fastest(precision))) {
      wordsBeyondTheFirstBlockCountLikeItsOwn(precision, layout);
    }
  }

  private void wordsBeyondTheFirstBlockCountLikeItsOwn(Precision precision, Layout layout)
      throws Exception {
    ObjectNode json = CheckpointBuilder.llama().put("vocab_size", 2 * DecoderOptions.WORDS + 7);
    Path directory = CheckpointBuilder.write(folder.resolve("words-" + layout), json);
    Checkpoint large = Checkpoint.open(directory, CheckpointLimits.defaults());
    int[] ids = RandomSamples.chains(1, 40, 40, 2 * DecoderOptions.WORDS + 7).get(0).ids();
    ids[20] = 2 * DecoderOptions.WORDS + 6;
    double[] expected = new ReferenceDecoder(large, 40).losses(ids);
    try (LossModel model = LossModel.load(large, LossOptions.cpu(precision, 1).in(layout))) {
      float[] losses = model.tokenLosses(new EncodedSample(ids, 0));
      for (int i = 0; i < losses.length; i++) {
        assertThat((double) losses[i])
            .isCloseTo(expected[i], within(precision == Precision.F32 ? 1e-5 : 5e-2));
      }
    }
  }

  @Test
  void bf16IsNearF32() {
    EncodedSample sample = new EncodedSample(ids(), 4);
    try (LossModel f32 = load(Precision.F32);
        LossModel bf16 = load(Precision.BF16)) {
      assertThat(bf16.loss(sample).mean()).isCloseTo(f32.loss(sample).mean(), within(5e-3));
      assertThat(bf16.loss(sample)).isNotEqualTo(f32.loss(sample));
    }
  }

  @Test
  void sameSampleGivesTheSameBitsEachTime() {
    EncodedSample sample = new EncodedSample(ids(), 4);
    SampleLoss first;
    try (LossModel model = load(Precision.F32)) {
      first = model.loss(sample);
      assertThat(model.loss(sample)).isEqualTo(first);
    }
    try (LossModel again = load(Precision.F32)) {
      assertThat(again.loss(sample)).isEqualTo(first);
    }
  }

  @Test
  void aSampleWithNothingToCountIsEmptyAndNeverNaN() {
    try (LossModel model = load(Precision.F32)) {
      SampleLoss expected = new SampleLoss(SampleVerdict.EMPTY, 0, 0);
      assertThat(model.loss(new EncodedSample(new int[] {1, 2, 3}, 3))).isEqualTo(expected);
      assertThat(model.loss(new EncodedSample(new int[] {1}, 0))).isEqualTo(expected);
      assertThat(model.loss(new EncodedSample(new int[0], 0))).isEqualTo(expected);
      assertThatThrownBy(expected::mean).isInstanceOf(IllegalStateException.class);
    }
  }

  @Test
  void aModelWithoutFiniteLossesSaysSo() throws Exception {
    Path broken = folder.resolve("broken");
    CheckpointWriter.write(
        broken,
        SHAPE.config(),
        SHAPE.json(),
        (tensor, offset, size) -> {
          float[] values = new float[size];
          Arrays.fill(values, Float.NaN);
          return values;
        },
        Map.of());
    Checkpoint notANumber = Checkpoint.open(broken, CheckpointLimits.defaults());
    try (LossModel model = LossModel.load(notANumber, LossOptions.cpu(Precision.F32, 1))) {
      SampleLoss loss = model.loss(new EncodedSample(ids(), 4));
      assertThat(loss.verdict()).isEqualTo(SampleVerdict.NON_FINITE);
      assertThat(loss.lossSum()).isNaN();
      assertThat(loss.tokens()).isEqualTo(ids().length - 4);
    }
  }

  @Test
  void aTokenOutsideTheVocabularyIsNamed() {
    try (LossModel model = load(Precision.F32)) {
      assertThatThrownBy(() -> model.loss(new EncodedSample(new int[] {1, 50}, 0)))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("token id 50 is outside the model's vocabulary of 50");
      assertThatThrownBy(() -> model.loss(new EncodedSample(new int[] {-1, 2}, 0)))
          .hasMessageContaining("token id -1");
    }
  }

  @Test
  void theKernelNamesPrecisionAndBackend() throws Exception {
    try (LossModel f32 = load(Precision.F32);
        LossModel bf16 = load(Precision.BF16)) {
      assertThat(f32.kernel())
          .isEqualTo(
              "f32-"
                  + Layout.fastest(Precision.F32).title()
                  + "-single-6-"
                  + LossModel.machine(LossOptions.cpu(Precision.F32, 1)));
      // oneDNN multiplies bf16 on processors that have these instructions only.
      boolean canPack = Files.readString(Path.of("/proc/cpuinfo")).contains("avx512dq");
      assertThat(bf16.kernel())
          .isEqualTo(
              "bf16-"
                  + (canPack ? "onednn" : "cpu")
                  + "-single-6-"
                  + LossModel.machine(LossOptions.cpu(Precision.F32, 1)));
    }
  }

  @Test
  void batchesChangeNoLoss() {
    List<EncodedSample> samples = new ArrayList<>(RandomSamples.chains(40, 2, 60, 50));
    samples.add(7, new EncodedSample(new int[] {1, 2, 3}, 3));
    LossOptions sorted = LossOptions.cpu(Precision.F32, 1).sorted();
    try (LossModel single = load(Precision.F32);
        LossModel batched = LossModel.load(checkpoint, sorted)) {
      assertThat(batched.kernel())
          .isEqualTo(
              "f32-"
                  + Layout.fastest(Precision.F32).title()
                  + "-sorted-6-"
                  + LossModel.machine(sorted));
      List<SampleLoss> expected = single.losses(samples);
      List<SampleLoss> losses = batched.losses(samples);
      assertThat(losses).hasSameSizeAs(expected);
      assertThat(losses.get(7).verdict()).isEqualTo(SampleVerdict.EMPTY);
      for (int i = 0; i < losses.size(); i++) {
        assertThat(losses.get(i).verdict()).isEqualTo(expected.get(i).verdict());
        assertThat(losses.get(i).tokens()).isEqualTo(expected.get(i).tokens());
        int tokens = Math.max(1, expected.get(i).tokens());
        assertThat(losses.get(i).lossSum() / tokens)
            .isCloseTo(expected.get(i).lossSum() / tokens, within(2e-5));
      }
      assertThatThrownBy(() -> batched.loss(samples.get(0)))
          .isInstanceOf(IllegalStateException.class);
    }
  }

  @Test
  void aBatchByItselfHasTheBitsThatItHasAmongAll() {
    List<EncodedSample> samples = RandomSamples.chains(70, 2, 60, 50);
    LossOptions sorted = LossOptions.cpu(Precision.BF16, 1).sorted();
    try (LossModel model = LossModel.load(checkpoint, sorted)) {
      List<SampleLoss> all = model.losses(samples);
      List<List<Integer>> batches = model.batches(samples);

      assertThat(batches).hasSize(2);
      List<Integer> last = batches.get(1);
      assertThat(model.batch(last.stream().map(samples::get).toList()))
          .isEqualTo(last.stream().map(all::get).toList());
    }
  }

  @Test
  void aBatchNeedsMoreMemoryThanASample() {
    LossOptions options = LossOptions.cpu(Precision.F32, 1).ofSequences(64);

    assertThat(MemoryEstimate.of(checkpoint, options.sorted()).working())
        .isGreaterThan(100 * MemoryEstimate.of(checkpoint, options).working());
  }

  @Test
  void mappedWeightsGiveThePackedOnesLosses() {
    EncodedSample sample = new EncodedSample(ids(), 4);
    LossOptions mapped = LossOptions.cpu(Precision.F32, 1).in(Layout.PLAIN);
    try (LossModel packed = load(Precision.F32);
        LossModel plain = LossModel.load(checkpoint, mapped)) {
      assertThat(plain.kernel())
          .isEqualTo("f32-cpu-single-6-" + LossModel.machine(LossOptions.cpu(Precision.F32, 1)));
      assertThat(plain.loss(sample).mean()).isCloseTo(packed.loss(sample).mean(), within(1e-6));
    }
  }

  @Test
  void aModelThatDoesNotFitIsRefusedWithTheFigure() {
    assertThatThrownBy(() -> LossModel.load(checkpoint, LossOptions.cpu(Precision.F32, 1), 1 << 10))
        .isInstanceOf(InsufficientMemoryException.class)
        .hasMessageContaining("the model needs 0.0")
        .hasMessageContaining("cpu() has 0.00 GiB free");
  }

  private LossModel load(Precision precision) {
    return LossModel.load(checkpoint, LossOptions.cpu(precision, 1));
  }

  private static int[] ids() {
    return RandomSamples.chains(1, 40, 40, 50).get(0).ids();
  }
}
