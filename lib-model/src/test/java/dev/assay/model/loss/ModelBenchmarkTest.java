package dev.assay.model.loss;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.model.causal.Precision;
import dev.assay.model.text.EncodedSample;
import dev.assay.model.train.Initialisation;
import dev.assay.model.train.LlamaShape;
import dev.assay.model.train.RandomSamples;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ModelBenchmarkTest {
  private static final LlamaShape SHAPE = new LlamaShape(50, 32, 48, 2, 4, 2, 128);

  @TempDir private Path folder;

  @Test
  void operationsCountWeightsAttentionAndCountedLogits() {
    double layer = 32 * 32 * 2 + 32 * 16 * 2 + 3 * 32 * 48;
    double expected = 2 * 10 * 2 * layer + 2 * 4 * 55 * 32 + 2 * 7 * 32 * 50;
    assertThat(ModelBenchmark.operations(SHAPE.config(), 11, 7)).isEqualTo(expected);
    assertThat(ModelBenchmark.operations(SHAPE.config(), 11, 0)).isZero();
  }

  @Test
  void everyFigureIsMeasured() throws Exception {
    Initialisation.write(folder.resolve("model"), SHAPE, 7, Map.of());
    List<EncodedSample> samples = RandomSamples.chains(3, 20, 40, 50);
    ModelBenchmark.Result result =
        ModelBenchmark.run(folder.resolve("model"), LossOptions.cpu(Precision.F32, 1), samples);
    assertThat(result.losses()).hasSize(3).allMatch(loss -> loss.verdict() == SampleVerdict.OK);
    assertThat(result.tokensPerSecond()).isPositive();
    assertThat(result.loadSeconds()).isPositive();
    assertThat(result.peakMemoryMb()).isGreaterThan(10);
    assertThat(result.modelGflops()).isPositive();
    assertThat(result.matmulGflops()).isPositive();
  }
}
