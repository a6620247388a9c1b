package dev.assay.model.loss;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.assay.model.causal.Precision;
import dev.assay.model.checkpoint.Checkpoint;
import dev.assay.model.checkpoint.CheckpointBuilder;
import dev.assay.model.checkpoint.CheckpointLimits;
import dev.assay.model.text.EncodedSample;
import dev.assay.model.train.Initialisation;
import dev.assay.model.train.LlamaShape;
import dev.assay.model.train.RandomSamples;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@Tag("long")
class LossMemoryTest {
  private static final long MIB = 1 << 20;

  @TempDir private Path folder;

  @Test
  void sixtyModelsLeaveNoMemoryBehind() throws Exception {
    Checkpoint checkpoint = initialised(new LlamaShape(1000, 256, 512, 2, 4, 2, 128));
    EncodedSample sample = RandomSamples.chains(1, 40, 40, 1000).get(0);
    // The first ones warm up Java's compilers and PyTorch's allocator, by up to 62 MiB.
    loadAndClose(checkpoint, sample, 60);
    long before = status("VmRSS");
    loadAndClose(checkpoint, sample, 60);
    // One model's weights are 6 MiB: were they kept, this would grow by 360.
    assertThat(status("VmRSS") - before).isLessThan(60 * MIB);
  }

  @Test
  void aLongSampleOfALargeVocabularyWorksInLessThanAGibibyte() throws Exception {
    Checkpoint checkpoint = initialised(new LlamaShape(128_256, 16, 32, 1, 2, 2, 2048));
    EncodedSample sample = RandomSamples.chains(1, 2048, 2048, 128_256).get(0);
    try (LossModel model = LossModel.load(checkpoint, LossOptions.cpu(Precision.BF16, 1))) {
      // The kernel forgets the peak so far.
      Files.writeString(Path.of("/proc/self/clear_refs"), "5");
      long before = status("VmRSS");
      assertThat(model.loss(sample).tokens()).isEqualTo(1536);
      assertThat(status("VmHWM") - before).isLessThan(1024 * MIB);
    }
  }

  @ParameterizedTest
  @EnumSource
  void theEstimateOfATiedLargeVocabularyIsWhatIsMeasured(Precision precision) throws Exception {
    ObjectNode json =
        CheckpointBuilder.llama()
            .put("vocab_size", 1 << 17)
            .put("hidden_size", 512)
            .put("max_position_embeddings", 2048)
            .put("tie_word_embeddings", true);
    Path tied = CheckpointBuilder.write(folder.resolve("tied"), json);
    Checkpoint checkpoint = Checkpoint.open(tied, CheckpointLimits.defaults());
    LossOptions options = LossOptions.cpu(precision, 1);
    EncodedSample sample = RandomSamples.chains(1, 2048, 2048, 1 << 17).get(0);
    // What PyTorch itself takes is no part of an estimate.
    LossModel.startEngine();
    Files.writeString(Path.of("/proc/self/clear_refs"), "5");
    long before = status("VmRSS");
    try (LossModel model = LossModel.load(checkpoint, options)) {
      assertThat(model.loss(sample).tokens()).isEqualTo(1536);
    }
    long peak = status("VmHWM") - before;
    assertThat(MemoryEstimate.of(checkpoint, options).total()).isBetween(peak, 2 * peak);
  }

  private Checkpoint initialised(LlamaShape shape) throws Exception {
    Initialisation.write(folder.resolve("model"), shape, 7, Map.of());
    return Checkpoint.open(folder.resolve("model"), CheckpointLimits.defaults());
  }

  private static void loadAndClose(Checkpoint checkpoint, EncodedSample sample, int times) {
    for (int i = 0; i < times; i++) {
      try (LossModel model = LossModel.load(checkpoint, LossOptions.cpu(Precision.F32, 1))) {
        assertThat(model.loss(sample).verdict()).isEqualTo(SampleVerdict.OK);
      }
    }
  }

  /** A line of the kernel's account of this process, in bytes. */
  private static long status(String name) throws IOException {
    for (String line : Files.readAllLines(Path.of("/proc/self/status"))) {
      if (line.startsWith(name + ":")) {
        return Long.parseLong(line.replaceAll("\\D", "")) * 1024;
      }
    }
    throw new IOException("/proc/self/status has no " + name);
  }
}
