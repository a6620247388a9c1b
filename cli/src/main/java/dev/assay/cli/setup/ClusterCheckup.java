package dev.assay.cli.setup;

import dev.assay.cli.terminal.Console;
import dev.assay.cli.terminal.Waiting;
import dev.assay.jobs.NotReadyException;
import dev.assay.jobs.config.AssayConfiguration;
import dev.assay.jobs.fanout.Cluster;
import dev.assay.jobs.fanout.Executor;
import dev.assay.jobs.nodes.NodeQuestion;
import dev.assay.jobs.nodes.NodeReport;
import dev.assay.jobs.nodes.NodeStore;
import dev.assay.jobs.nodes.Nodes;
import dev.assay.jobs.spark.FirstTask;
import dev.assay.jobs.spark.SparkRuntime;
import dev.assay.model.causal.Precision;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.SparkSession;

/** Asks every executor to compute a loss that is known, and what its node holds. */
final class ClusterCheckup {
  /** Executors that are on their way come within these seconds of one another. */
  private static final int MOST_SECONDS = 15;

  private static final int MOST_TIMES = 10;

  private final AssayConfiguration settings;
  private final Map<String, String> environment;

  ClusterCheckup(AssayConfiguration settings, Map<String, String> environment) {
    this.settings = settings;
    this.environment = environment;
  }

  List<Check> all() throws InterruptedException {
    try (SparkSession spark =
        Waiting.during(
            "spark: starts its executors",
            Console.standardError(),
            () -> SparkRuntime.start(settings, environment))) {
      return FirstTask.within(
          spark, () -> of(JavaSparkContext.fromSparkContext(spark.sparkContext())));
    }
  }

  private List<Check> of(JavaSparkContext spark) throws InterruptedException {
    double gpusPerTask = settings.evaluation().gpusPerTask();
    // Each executor stands for a node, so that each is asked.
    Cluster executors =
        new Cluster(
            spark.sc(),
            gpusPerTask,
            (executor, host) -> "executor " + executor + " on " + host,
            executor -> true);
    Nodes nodes =
        new Nodes(
            executors,
            spark,
            new NodeQuestion(
                NodeStore.of(settings.evaluation()),
                settings.evaluation().threads(),
                new ArrayList<>(List.of(Precision.values()))),
            unfit -> {});
    for (int second = 0; second < MOST_SECONDS && isIncomplete(executors); second++) {
      Thread.sleep(1_000);
    }
    List<String> names = executors.executors().stream().map(Executor::node).toList();
    try {
      // A task's location is a wish, so another executor may have answered.
      for (int i = 0; i < MOST_TIMES && !nodes.reports().keySet().containsAll(names); i++) {
        nodes.ask();
      }
    } catch (NotReadyException noneIsFit) {
      // Each says so below.
      return checks(names, nodes.reports());
    }
    return checks(names, nodes.reports());
  }

  private boolean isIncomplete(Cluster executors) {
    return executors.executors().size() < settings.spark().executors();
  }

  private static List<Check> checks(List<String> names, Map<String, NodeReport> reports) {
    List<Check> checks = new ArrayList<>();
    names.stream()
        .filter(name -> !reports.containsKey(name))
        .map(name -> Check.skipped("cluster", name + " took no task while it was asked"))
        .forEach(checks::add);
    reports.forEach((executor, report) -> checks.add(check(executor, report)));
    return checks;
  }

  private static Check check(String executor, NodeReport report) {
    return report.isFit()
        ? Check.ok(
            "cluster",
            "%s computes right, as %s; its node holds %d checkpoints"
                .formatted(executor, report.machine(), report.contents().size()))
        : Check.failed("cluster", executor + ": " + report.problem(), "mend or exclude that node");
  }
}
