package dev.assay.jobs.evaluate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.jobs.config.AssayConfiguration;
import dev.assay.jobs.progress.Count;
import dev.assay.jobs.report.EvaluationReport;
import dev.assay.jobs.tables.CommitmentRow;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerJobStart;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What was found out once is neither listed, fetched, checked nor computed again. */
class KnownModelsIT {
  @TempDir private static Path folder;
  @AutoClose private static ThreeMiners miners;

  @TempDir private Path own;
  @AutoClose private FaultyHub hub;
  private final ConcurrentLinkedQueue<String> asked = new ConcurrentLinkedQueue<>();

  @BeforeAll
  static void start() throws Exception {
    miners = ThreeMiners.start(folder);
  }

  @BeforeEach
  void watchTheHub() throws Exception {
    hub =
        new FaultyHub(
            miners.hub().address(),
            (exchange, times, answer) -> {
              asked.add(exchange.getRequestURI().getPath());
              FaultyHub.pass(exchange, answer);
            });
  }

  private AssayConfiguration configuration() throws Exception {
    return HubMiners.configuration(own, hub.address(), Map.of());
  }

  /** How many Spark jobs an evaluation submits, in place of its report. */
  private int jobs(AssayConfiguration configuration, long block, List<CommitmentRow> commitments)
      throws Exception {
    AtomicInteger jobs = new AtomicInteger();
    SparkListener counting =
        new SparkListener() {
          @Override
          public void onJobStart(SparkListenerJobStart start) {
            jobs.incrementAndGet();
          }
        };
    miners.hub().spark().sparkContext().addSparkListener(counting);
    try {
      miners.evaluate(configuration, block, commitments);
      miners.hub().spark().sparkContext().listenerBus().waitUntilEmpty();
    } finally {
      miners.hub().spark().sparkContext().removeSparkListener(counting);
    }
    return jobs.get();
  }

  @Test
  void aCompleteWindowRunAgainSubmitsNoJobAndAsksTheHubNothing() throws Exception {
    AssayConfiguration configuration = configuration();
    long ordered = Count.MODELS_ORDERED.sum();
    long attempts = Count.ATTEMPTS.sum();
    long tokens = Count.TOKENS.sum();
    EvaluationReport first = miners.evaluate(configuration, 25, miners.commitments());
    asked.clear();
    assertThat(Count.MODELS_ORDERED.sum()).isEqualTo(ordered + 3);
    assertThat(Count.ATTEMPTS.sum()).isEqualTo(attempts + 3);
    assertThat(Count.TOKENS.sum()).isGreaterThan(tokens);
    long known = Count.MODELS_KNOWN.sum();

    assertThat(jobs(configuration, 26, miners.commitments())).isZero();

    assertThat(asked).isEmpty();
    assertThat(Count.MODELS_ORDERED.sum()).isEqualTo(ordered + 3);
    assertThat(Count.MODELS_KNOWN.sum()).isEqualTo(known + 3);
    EvaluationReport again = miners.evaluate(configuration, 26, miners.commitments());
    assertThat(again.isNew()).isFalse();
    assertThat(again.vector()).isEqualTo(first.vector());
    assertThat(again.computed()).isZero();
    assertThat(again.models())
        .extracting(EvaluationReport.Model::meanLoss)
        .isEqualTo(first.models().stream().map(EvaluationReport.Model::meanLoss).toList());
  }

  @Test
  void theNextWindowListsEveryRevisionOnceAndFetchesNothing() throws Exception {
    AssayConfiguration configuration = configuration();
    miners.evaluate(configuration, 25, miners.commitments());
    asked.clear();

    EvaluationReport next = miners.evaluate(configuration, 35, miners.commitments());

    assertThat(next.computed()).isEqualTo(60);
    assertThat(asked).allMatch(path -> path.contains("/tree/")).hasSize(3);
  }

  @Test
  void whatFailedItsChecksIsNeverFetchedAgain() throws Exception {
    AssayConfiguration configuration = configuration();
    Path broken = miners.hub().checkpoint("broken", 200, 1);
    Path weights = broken.resolve("model.safetensors");
    byte[] bytes = Files.readAllBytes(weights);
    Files.write(weights, Arrays.copyOf(bytes, bytes.length - 1));
    List<CommitmentRow> commitments =
        List.of(
            HubMiners.commitment(1, "broken", 5, miners.hub().publish("broken", broken, "broken")));
    EvaluationReport first = miners.evaluate(configuration, 25, commitments);
    asked.clear();

    int jobs = jobs(configuration, 35, commitments);

    assertThat(jobs).isZero();
    assertThat(asked).isEmpty();
    EvaluationReport again = miners.evaluate(configuration, 35, commitments);
    assertThat(first.models().get(0).verdict()).isEqualTo("REJECTED_CHECKPOINT");
    assertThat(again.models().get(0).verdict()).isEqualTo("REJECTED_CHECKPOINT");
    assertThat(again.models().get(0).reason()).isEqualTo(first.models().get(0).reason());
  }
}
