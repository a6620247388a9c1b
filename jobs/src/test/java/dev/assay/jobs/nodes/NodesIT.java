package dev.assay.jobs.nodes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.assay.jobs.NotReadyException;
import dev.assay.jobs.fanout.Cluster;
import dev.assay.jobs.fanout.Executor;
import dev.assay.jobs.fanout.Work;
import dev.assay.jobs.placement.Holdings;
import dev.assay.jobs.spark.SharedSpark;
import dev.assay.model.causal.Precision;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.spark.SparkEnv;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerJobStart;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the driver makes of what nodes say; all executors here share a host, so each is a node. */
class NodesIT {
  private static final int LONGEST_SECONDS = 60;

  @TempDir private Path folder;
  private final JavaSparkContext spark =
      JavaSparkContext.fromSparkContext(SharedSpark.session().sparkContext());
  private final List<String> told = new CopyOnWriteArrayList<>();
  private Cluster executors;
  private List<String> names;

  /** Every executor says what it is told to; the others are fit, and hold what is named as they. */
  private record Told(Map<String, NodeReport> others) implements Work<String, NodeReport> {
    @Override
    public NodeReport run(String node, TaskContext context) {
      String executor = SparkEnv.get().executorId();
      return others.getOrDefault(
          executor, new NodeReport(executor, "torch-a", "", List.of("content of " + executor)));
    }
  }

  @BeforeEach
  void twoExecutors() throws Exception {
    executors = new Cluster(spark.sc(), 0, (executor, host) -> executor, executor -> true);
    for (int i = 0; i < 10 * LONGEST_SECONDS && executors.executors().size() < 2; i++) {
      Thread.sleep(100);
    }
    names = executors.executors().stream().map(Executor::node).sorted().toList();
    assertThat(names).hasSizeGreaterThanOrEqualTo(2);
  }

  private Nodes nodes(Map<String, NodeReport> others) {
    return new Nodes(executors, spark, new Told(others), told::add);
  }

  /** A location is a wish, so one may have to be asked again. */
  private void askAll(Nodes nodes) throws InterruptedException {
    for (int i = 0; i < 10 && !nodes.reports().keySet().containsAll(names); i++) {
      nodes.ask();
    }
    assertThat(nodes.reports().keySet()).containsAll(names);
  }

  private List<String> admitted(Nodes nodes) {
    return nodes.cluster().executors().stream().map(Executor::node).sorted().toList();
  }

  @Test
  void everyNodeSaysWhatItHolds() throws Exception {
    Nodes nodes = nodes(Map.of());
    askAll(nodes);

    Holdings holdings = nodes.holdings();
    for (String name : names) {
      assertThat(holdings.byNode().get(name)).containsExactly("content of " + name);
    }
    assertThat(admitted(nodes)).containsAll(names);
    assertThat(told).isEmpty();
  }

  @Test
  void whoeverIsAskedAheadIsNotAskedAgain() throws Exception {
    AtomicInteger jobs = new AtomicInteger();
    SparkListener counting =
        new SparkListener() {
          @Override
          public void onJobStart(SparkListenerJobStart start) {
            jobs.incrementAndGet();
          }
        };
    Nodes nodes = nodes(Map.of());
    spark.sc().addSparkListener(counting);
    try {
      nodes.askAhead();
      nodes.ask();
      spark.sc().listenerBus().waitUntilEmpty();
    } finally {
      spark.sc().removeSparkListener(counting);
    }

    assertThat(nodes.reports()).isNotEmpty();
    assertThat(jobs).hasValue(names.size());
  }

  @Test
  void aNodeThatComputesWrongGetsNothingAndIsNamed() throws Exception {
    String bad = names.get(0);
    Nodes nodes =
        nodes(Map.of(bad, new NodeReport(bad, "", "the canary's loss is NaN", List.of())));
    askAll(nodes);
    nodes.settle(Optional.empty());

    assertThat(admitted(nodes)).doesNotContain(bad).contains(names.get(1));
    assertThat(told).containsExactly("node " + bad + " gets no units: the canary's loss is NaN");
  }

  @Test
  void whereNoNodeComputesRightThatIsSaidAndNothingRuns() {
    NodeReport broken = new NodeReport("", "", "the canary's loss is NaN", List.of());
    Nodes nodes = new Nodes(executors, spark, new Broken(broken), told::add);

    assertThatThrownBy(nodes::ask)
        .isInstanceOf(NotReadyException.class)
        .hasMessageContaining("no node can be used: the canary's loss is NaN")
        .hasMessageContaining("assay doctor --cluster");
  }

  /** Every executor is broken. */
  private record Broken(NodeReport report) implements Work<String, NodeReport> {
    @Override
    public NodeReport run(String node, TaskContext context) {
      return new NodeReport(SparkEnv.get().executorId(), "", report.problem(), report.contents());
    }
  }

  @Test
  void lossesAreOfTheMachineThatHasComputedBeforeAndOthersGetNothing() throws Exception {
    String other = names.get(0);
    Nodes nodes = nodes(Map.of(other, new NodeReport(other, "torch-b", "", List.of())));
    askAll(nodes);
    nodes.settle(Optional.of("torch-b"));

    assertThat(nodes.machine()).isEqualTo("torch-b");
    assertThat(admitted(nodes)).containsExactly(other);
    assertThat(told)
        .contains(
            "node "
                + names.get(1)
                + " computes as torch-a, this evaluation as torch-b;"
                + " it gets no units");
    nodes.settle(Optional.of("torch-a"));
    assertThat(nodes.machine()).isEqualTo("torch-b");
  }

  @Test
  void aMachineThatIsGoneIsReplacedByTheMostCommonOne() throws Exception {
    Nodes nodes = nodes(Map.of());
    askAll(nodes);
    nodes.settle(Optional.of("torch-of-old"));

    assertThat(nodes.machine()).isEqualTo("torch-a");
  }

  @Test
  void whatANodeFetchesItHolds() throws Exception {
    Nodes nodes = nodes(Map.of());
    askAll(nodes);
    nodes.holds(names.get(1), "new");

    assertThat(nodes.holdings().byNode().get(names.get(1))).contains("new");
    assertThat(nodes.holdings().byNode().get(names.get(0))).doesNotContain("new");
    assertThat(nodes.holdings().has("new")).isTrue();
  }

  @Test
  void aNodeComputesTheCanaryInEveryPrecisionAndListsItsStore() throws Exception {
    String content = "ab".repeat(32);
    Path held = Files.createDirectories(folder.resolve("held"));
    Files.writeString(held.resolve(content), "{\"bytes\": 10, \"whole\": true, \"sources\": []}");
    Nodes nodes =
        new Nodes(
            Cluster.of(spark.sc(), 0),
            spark,
            new NodeQuestion(
                new NodeStore(folder.toString(), 0),
                1,
                new ArrayList<>(List.of(Precision.F32, Precision.BF16))),
            told::add);
    nodes.ask();

    assertThat(nodes.reports()).hasSize(1);
    NodeReport report = nodes.reports().values().iterator().next();
    assertThat(report.problem()).isEmpty();
    assertThat(report.machine()).startsWith("torch");
    assertThat(Set.copyOf(report.contents())).isEqualTo(Set.of(content));
  }
}
