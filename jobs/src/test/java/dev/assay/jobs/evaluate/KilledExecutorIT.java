package dev.assay.jobs.evaluate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.jobs.progress.Progress;
import dev.assay.jobs.report.EvaluationReport;
import dev.assay.jobs.tables.AttemptRow;
import dev.assay.jobs.tables.CommitmentRow;
import dev.assay.jobs.tables.LossRow;
import dev.assay.jobs.tables.Warehouse;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
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

/** Executors that die under a checkpoint: what else is judged ends as if nothing had been. */
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
    private final String victim;
    private final int most;
    private final String signal;
    private boolean armed;
    private int kills;

    Killer(String victim, int most, String signal) {
      this.victim = victim;
      this.most = most;
      this.signal = signal;
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
        List<ProcessHandle> executors = ProcessHandle.current().children().toList();
        executors.forEach(this::kill);
      }
    }

    private void kill(ProcessHandle executor) {
      try {
        new ProcessBuilder("kill", "-" + signal, Long.toString(executor.pid())).start();
      } catch (IOException impossible) {
        throw new UncheckedIOException(impossible);
      }
    }

    @Override
    public void verdict(String label, String verdict, String reason) {}
  }

  /** As the system's out-of-memory killer ends them. */
  @Test
  void aCheckpointUnderWhichExecutorsAreKilledFailsAlone() throws Exception {
    CommitmentRow victim = commitment(1, "victim", 1, 240);
    CommitmentRow other = commitment(2, "other", 2, 1);
    EvaluationReport undisturbed = evaluate("without", Progress.silent(), other);
    Killer killer = new Killer("miners/victim", Integer.MAX_VALUE, "KILL");

    EvaluationReport report = evaluate("killed", killer, victim, other);

    assertThat(killer.kills).isEqualTo(4);
    assertThat(model(report, 1).verdict()).isEqualTo("CRASHED");
    assertThat(model(report, 1).blame()).contains("UNKNOWN");
    assertThat(model(report, 1).reason()).isEqualTo("4 executors died or hung while they held it");
    assertThat(model(report, 2).verdict()).isEqualTo("ACCEPTED");
    assertThat(losses("killed", report, 2))
        .hasSize(20)
        .containsExactlyInAnyOrderElementsOf(losses("without", undisturbed, 2));
    assertThat(report.vector()).isEqualTo(undisturbed.vector());
    try (Warehouse warehouse = warehouse("killed")) {
      List<AttemptRow> attempts =
          warehouse.table(AttemptRow.TABLE).rows(Expressions.equal("repository", "miners/victim"));
      assertThat(attempts)
          .hasSize(4)
          .allMatch(row -> row.outcome().equals("LOST") && row.host().isPresent());
    }
  }

  /** As native code ends its own process. */
  @Test
  void executorsThatAbortForAWhileCostNobody() throws Exception {
    CommitmentRow bystander = commitment(1, "bystander", 3, 240);
    CommitmentRow quick = commitment(2, "quick", 4, 1);
    EvaluationReport undisturbed = evaluate("quiet", Progress.silent(), bystander, quick);
    Killer killer = new Killer("miners/bystander", 2, "ABRT");

    EvaluationReport report = evaluate("aborted", killer, bystander, quick);

    assertThat(killer.kills).isEqualTo(2);
    assertThat(report.models()).allMatch(model -> model.verdict().equals("ACCEPTED"));
    assertThat(report.models()).isEqualTo(undisturbed.models());
    assertThat(report.vector()).isEqualTo(undisturbed.vector());
    assertThat(report.evaluation()).isEqualTo(undisturbed.evaluation());
  }

  private static CommitmentRow commitment(int uid, String name, long seed, int layers)
      throws Exception {
    return HubMiners.commitment(
        uid, name, 5, miners.publish(name, miners.checkpoint(name, seed, layers), name));
  }

  private static EvaluationReport.Model model(EvaluationReport report, int uid) {
    return report.models().stream().filter(model -> model.uid() == uid).findFirst().orElseThrow();
  }

  private static Warehouse warehouse(String validator) throws IOException {
    return Warehouse.open(
        miners.configuration(folder.resolve(validator)).paths().warehouse(), new Configuration());
  }

  private static List<LossRow> losses(String validator, EvaluationReport report, int uid)
      throws IOException {
    try (Warehouse warehouse = warehouse(validator)) {
      return warehouse
          .table(LossRow.TABLE)
          .rows(Expressions.equal("model_digest", model(report, uid).digest().orElseThrow()));
    }
  }

  /** Of a validator of its own, which knows no losses yet. */
  private static EvaluationReport evaluate(
      String validator, Progress progress, CommitmentRow... commitments) throws Exception {
    Path own = Files.createDirectory(folder.resolve(validator));
    SparkListener done = new OthersEnd(progress);
    miners.spark().sparkContext().addSparkListener(done);
    try {
      return EvaluationIT.evaluate(
          miners.spark(), miners.configuration(own), EvaluationIT.input(commitments), progress);
    } finally {
      miners.spark().sparkContext().removeSparkListener(done);
    }
  }

  /** Tells a killer that a model has been judged: the quicker one of two. */
  private static final class OthersEnd extends SparkListener {
    private final Progress progress;
    private final Set<Integer> stages = ConcurrentHashMap.newKeySet();

    OthersEnd(Progress progress) {
      this.progress = progress;
    }

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
      if (progress instanceof Killer killer
          && stages.contains(end.stageId())
          && end.reason().equals(Success$.MODULE$)) {
        killer.otherIsDone.set(true);
      }
    }
  }
}
