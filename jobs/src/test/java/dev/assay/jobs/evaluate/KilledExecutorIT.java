package dev.assay.jobs.evaluate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.jobs.progress.Progress;
import dev.assay.jobs.report.EvaluationReport;
import dev.assay.jobs.tables.AttemptRow;
import dev.assay.jobs.tables.Warehouse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import org.apache.hadoop.conf.Configuration;
import org.apache.iceberg.expressions.Expressions;
import org.apache.spark.Success$;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerJobStart;
import org.apache.spark.scheduler.SparkListenerTaskEnd;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Executors that die under a checkpoint as the system's out-of-memory killer ends them. */
@Tag("long")
class KilledExecutorIT {
  @TempDir private static Path folder;
  @AutoClose private static HubMiners miners;

  @BeforeAll
  static void start() throws Exception {
    miners = HubMiners.start(folder);
  }

  /**
   * Kills all executors whenever the victim has begun to compute, once another model is done, so
   * that nobody else is hurt.
   */
  private static final class Killer implements Progress {
    private final AtomicBoolean otherIsDone = new AtomicBoolean();
    private final int most;
    private String victim = "";
    private boolean armed;
    private int kills;

    Killer(int most) {
      this.most = most;
    }

    @Override
    public void stage(String name, String detail) {}

    @Override
    public synchronized void model(String label, int done, int total, double tokensPerSecond) {
      if (!label.startsWith(victim)) {
        return;
      }
      if (done == 0) {
        armed = true;
      } else if (armed && kills < most && otherIsDone.get()) {
        armed = false;
        kills++;
        // A local-cluster's executors are this process's only children.
        ProcessHandle.current().children().forEach(ProcessHandle::destroyForcibly);
      }
    }

    @Override
    public void verdict(String label, String verdict, String reason) {}
  }

  @Test
  void aCheckpointUnderWhichExecutorsAreKilledFailsAlone() throws Exception {
    Killer killer = new Killer(Integer.MAX_VALUE);

    Map<String, EvaluationReport.Model> models = evaluate(killer, "victim", 1);

    assertThat(killer.kills).isEqualTo(4);
    assertThat(models.get("victim").verdict()).isEqualTo("CRASHED");
    assertThat(models.get("victim").blame()).contains("UNKNOWN");
    assertThat(models.get("victim").reason())
        .isEqualTo("4 executors died or hung while they held it");
    assertThat(models.get("other").verdict()).isEqualTo("ACCEPTED");
    try (Warehouse warehouse =
        Warehouse.open(
            miners.configuration(folder.resolve("validator-victim")).paths().warehouse(),
            new Configuration())) {
      List<AttemptRow> attempts =
          warehouse.table(AttemptRow.TABLE).rows(Expressions.equal("repository", "miners/victim"));
      assertThat(attempts)
          .hasSize(4)
          .allMatch(row -> row.outcome().equals("LOST") && row.host().isPresent());
    }
  }

  @Test
  void executorsThatAreKilledForAWhileCostNobody() throws Exception {
    Killer killer = new Killer(2);

    Map<String, EvaluationReport.Model> models = evaluate(killer, "bystander", 3);

    assertThat(killer.kills).isEqualTo(2);
    assertThat(models.get("bystander").verdict()).isEqualTo("ACCEPTED");
    assertThat(models.get("other").verdict()).isEqualTo("ACCEPTED");
  }

  private Map<String, EvaluationReport.Model> evaluate(Killer killer, String name, long seed)
      throws Exception {
    killer.victim = "miners/" + name;
    SparkListener listener =
        new SparkListener() {
          private final Set<Integer> stages = ConcurrentHashMap.newKeySet();

          @Override
          public void onJobStart(SparkListenerJobStart start) {
            // Only models' jobs have a group, and the questions that nodes are asked before.
            String group = start.properties().getProperty("spark.jobGroup.id");
            if (group != null && !group.startsWith("nodes-")) {
              start.stageInfos().foreach(stage -> stages.add(stage.stageId()));
            }
          }

          @Override
          public void onTaskEnd(SparkListenerTaskEnd end) {
            if (stages.contains(end.stageId()) && end.reason().equals(Success$.MODULE$)) {
              killer.otherIsDone.set(true);
            }
          }
        };
    Path own = Files.createDirectory(folder.resolve("validator-" + name));
    String victim = miners.publish(name, miners.checkpoint(name, seed, 240), name);
    String other = miners.publish("other" + seed, miners.checkpoint("other" + seed, 2, 1), "other");
    miners.spark().sparkContext().addSparkListener(listener);
    EvaluationReport report;
    try {
      report =
          EvaluationIT.evaluate(
              miners.spark(),
              miners.configuration(own),
              EvaluationIT.input(
                  HubMiners.commitment(1, name, 5, victim),
                  HubMiners.commitment(2, "other", 6, other)),
              killer);
    } finally {
      miners.spark().sparkContext().removeSparkListener(listener);
    }

    return report.models().stream()
        .collect(Collectors.toMap(EvaluationReport.Model::hotkey, model -> model));
  }
}
