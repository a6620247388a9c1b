package dev.assay.jobs.judge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.assay.jobs.nodes.Device;
import dev.assay.jobs.nodes.NodeStore;
import dev.assay.jobs.nodes.Proof;
import dev.assay.jobs.tables.SampleRow;
import dev.assay.jobs.work.EncodedSamples;
import dev.assay.jobs.work.Fault;
import dev.assay.jobs.work.ModelRules;
import dev.assay.model.causal.Precision;
import dev.assay.model.loss.Batching;
import dev.assay.model.text.ByteTokenizer;
import dev.assay.model.text.EncodedSample;
import dev.assay.model.train.Initialisation;
import dev.assay.model.train.LlamaShape;
import dev.assay.score.entry.Blame;
import dev.assay.score.entry.Verdict;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What an executor makes of an engine that fails under a model. */
class EngineFailureTest {
  private static final Device CPU = new Device(OptionalInt.empty(), 1);
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
  private static final Task.Losses TASK =
      new Task.Losses(
          EncodedSamples.of(
              List.of(new SampleRow("s", "", "", "source", 10, Instant.EPOCH, "")),
              List.of(new EncodedSample(new int[] {1, 2, 3}, 2)),
              "tokenizer",
              "plain",
              64,
              Precision.F32,
              Batching.SINGLE),
          KnownLosses.none());

  @TempDir private static Path folder;
  private static Path model;

  @BeforeAll
  static void write() throws Exception {
    model = folder.resolve("model");
    Initialisation.write(
        model, new LlamaShape(ByteTokenizer.VOCABULARY, 32, 64, 2, 4, 2, 64), 7, Map.of());
  }

  @BeforeEach
  @AfterEach
  void forget() {
    Proof.forget();
  }

  @Test
  void theCanaryIsComputedBeforeTheFirstUnitAndAgainAfterAFailure() throws Exception {
    NodeStore good = new NodeStore(folder.resolve("store").toString(), 0);
    // No canary can be put where a file is.
    NodeStore broken = new NodeStore(Files.writeString(folder.resolve("file"), "").toString(), 0);
    assertThat(JudgeWork.unfit(CPU, TASK, good, 1, "1")).isEmpty();
    assertThat(JudgeWork.unfit(CPU, TASK, broken, 1, "1")).as("it is known").isEmpty();

    ModelFinding failed =
        FolderJudge.judge(
            model,
            RULES,
            TASK,
            1,
            told -> {
              throw new IllegalStateException("The following operation failed");
            });
    ModelFinding refused = JudgeWork.unfit(CPU, TASK, broken, 2, "1").orElseThrow();

    assertThat(failed.verdict()).isEqualTo(Verdict.CRASHED);
    assertThat(failed.fault()).map(Fault::blame).contains(Blame.UNKNOWN);
    assertThat(refused.verdict()).isEqualTo(Verdict.UNAVAILABLE);
    assertThat(refused.fault()).map(Fault::blame).contains(Blame.INFRASTRUCTURE);
  }

  /** A process whose heap is full is not to judge the next model: Spark ends it. */
  @Test
  void aFullHeapIsNoFinding() {
    assertThatThrownBy(
            () ->
                FolderJudge.judge(
                    model,
                    RULES,
                    TASK,
                    1,
                    told -> {
                      throw new OutOfMemoryError("Java heap space");
                    }))
        .isInstanceOf(OutOfMemoryError.class);
  }
}
