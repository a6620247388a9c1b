package dev.assay.jobs.evaluate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.jobs.EvaluationReport;
import dev.assay.jobs.SparkRuntime;
import dev.assay.jobs.progress.Progress;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import org.apache.spark.Success$;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerJobStart;
import org.apache.spark.scheduler.SparkListenerTaskEnd;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Executors that die under a checkpoint as the system's out-of-memory killer ends them. */
class KilledExecutorIT {
  @TempDir private static Path folder;
  private static HubMiners miners;
  private static SparkSession spark;

  @BeforeAll
  static void start() throws Exception {
    miners = HubMiners.start(folder);
    spark = SparkRuntime.start(miners.configuration(folder), System.getenv());
  }

  /** The session ends with the process: another class goes on with it. */
  @AfterAll
  static void stop() {
    miners.close();
  }

  /**
   * Kills all executors whenever the victim has begun to compute, once another model is done, so
   * that nobody else is hurt.
   */
  private static final class Killer implements Progress {
    private final AtomicBoolean otherIsDone = new AtomicBoolean();
    private boolean armed;
    private int kills;

    @Override
    public void stage(String name, String detail) {}

    @Override
    public synchronized void model(String label, int done, int total, double tokensPerSecond) {
      if (!label.startsWith("miners/victim")) {
        return;
      }
      if (done == 0) {
        armed = true;
      } else if (armed && otherIsDone.get()) {
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
    Killer killer = new Killer();
    SparkListener listener =
        new SparkListener() {
          private final Set<Integer> stages = ConcurrentHashMap.newKeySet();

          @Override
          public void onJobStart(SparkListenerJobStart start) {
            // Only models' jobs have a group.
            if (start.properties().getProperty("spark.jobGroup.id") != null) {
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
    String victim = miners.publish("victim", miners.checkpoint("victim", 1, 240), "victim");
    String other = miners.publish("other", miners.checkpoint("other", 2, 1), "other");
    spark.sparkContext().addSparkListener(listener);
    EvaluationReport report;
    try {
      report =
          EvaluationIT.evaluate(
              spark,
              miners.configuration(folder),
              EvaluationIT.input(
                  HubMiners.commitment(1, "victim", 5, victim),
                  HubMiners.commitment(2, "other", 6, other)),
              killer);
    } finally {
      spark.sparkContext().removeSparkListener(listener);
    }

    Map<String, EvaluationReport.Model> models =
        report.models().stream()
            .collect(Collectors.toMap(EvaluationReport.Model::hotkey, model -> model));
    assertThat(killer.kills).isEqualTo(2);
    assertThat(models.get("victim").verdict()).isEqualTo("CRASHED");
    assertThat(models.get("victim").blame()).contains("UNKNOWN");
    assertThat(models.get("victim").reason()).isEqualTo("2 executors died while they held it");
    assertThat(models.get("other").verdict()).isEqualTo("ACCEPTED");
    assertThat(report.vector()).hasSize(1);
  }
}
