package dev.assay.jobs.losses;

import dev.assay.jobs.fanout.Cluster;
import dev.assay.jobs.fanout.FanOut;
import dev.assay.jobs.fanout.Fate;
import dev.assay.jobs.fanout.Patience;
import dev.assay.jobs.fanout.Quarantine;
import dev.assay.jobs.judge.AnyModelWork;
import dev.assay.jobs.judge.KnownLosses;
import dev.assay.jobs.judge.ModelFinding;
import dev.assay.jobs.judge.SecondTry;
import dev.assay.jobs.judge.Task;
import dev.assay.jobs.nodes.NodeQuestion;
import dev.assay.jobs.nodes.Nodes;
import dev.assay.jobs.placement.Placement;
import dev.assay.jobs.progress.Progress;
import dev.assay.jobs.tables.LossRow;
import dev.assay.jobs.work.EncodedSamples;
import dev.assay.jobs.work.Fault;
import dev.assay.jobs.work.ModelUnit;
import dev.assay.model.loss.LossModel;
import dev.assay.score.entry.Blame;
import dev.assay.score.entry.Verdict;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.IntSupplier;
import java.util.stream.Collectors;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.SparkSession;

/**
 * Runs the models of one call on executors, first beside each other; what has lost its executors
 * then has them to itself, since one that ran beside it may have been the cause.
 *
 * @param models by their units' indices
 * @param kept takes each model's new losses as it ends, on one of several threads
 */
record LossFanOut(
    SparkSession spark,
    LossSettings settings,
    Progress progress,
    List<NamedModel> models,
    EncodedSamples encoded,
    Consumer<List<LossRow>> kept) {
  /** Executors that one model may lose, beside others and once more alone. */
  private static final int ATTEMPTS = 2;

  /** For what the executor does after its own deadline, before it counts as hanging. */
  private static final Duration GRACE = Duration.ofSeconds(15);

  /**
   * Each unit's fate, by its index.
   *
   * @param known losses that are not computed again
   */
  Map<Integer, Fate<ModelFinding>> fates(List<ModelUnit> units, List<LossRow> known)
      throws InterruptedException {
    JavaSparkContext context = JavaSparkContext.fromSparkContext(spark.sparkContext());
    Nodes nodes = nodes(context);
    nodes.ask();
    nodes.settle(computedBefore(known));
    Broadcast<Task> task =
        context.broadcast(new Task.Losses(encoded, KnownLosses.of(known, encoded)));
    try {
      Map<Integer, Fate<ModelFinding>> fates = new ConcurrentHashMap<>();
      Quarantine quarantine = new Quarantine(line -> progress.stage("quarantine", line));
      run("", units, nodes, task, quarantine, nodes.cluster()::inFlight, fates);
      List<ModelUnit> alone = SecondTry.alone(units, fates);
      if (!alone.isEmpty()) {
        progress.stage("again", "%d models, one after the other".formatted(alone.size()));
        run("-alone", alone, nodes, task, quarantine, () -> 1, fates);
      }
      fates.forEach((index, fate) -> tell(models.get(index), fate));
      return fates;
    } finally {
      task.destroy();
    }
  }

  private void run(
      String pass,
      List<ModelUnit> units,
      Nodes nodes,
      Broadcast<Task> task,
      Quarantine quarantine,
      IntSupplier inFlight,
      Map<Integer, Fate<ModelFinding>> fates)
      throws InterruptedException {
    if (units.isEmpty()) {
      return;
    }
    JavaSparkContext context = JavaSparkContext.fromSparkContext(spark.sparkContext());
    new FanOut(
            context,
            nodes.cluster(),
            inFlight,
            ATTEMPTS,
            Patience.until(settings.deadline().plus(GRACE)),
            settings.gpusPerTask(),
            quarantine)
        .run(
            units.get(0).run() + pass,
            new Placement<>(units.stream().map(ModelUnit::load).toList(), nodes.holdings()),
            unit -> models.get(unit.index()).text(),
            new AnyModelWork(
                settings.hub(),
                settings.store(),
                settings.threads(),
                settings.deadline(),
                nodes.machine(),
                new ArrayList<>(models.stream().map(NamedModel::path).toList()),
                task),
            LossFanOut::isOurFault,
            (unit, fate) -> {
              fates.merge(unit.index(), fate, SecondTry::together);
              progress.models(fates.size(), models.size());
              if (fate instanceof Fate.Returned<ModelFinding> returned) {
                kept.accept(returned.value().losses());
                noteContent(nodes, unit, returned.value());
              }
            });
  }

  /** What a node has fetched for one model, the next one may need. */
  private void noteContent(Nodes nodes, ModelUnit unit, ModelFinding finding) {
    if (models.get(unit.index()).folder().isEmpty() && !finding.digest().isEmpty()) {
      nodes.holds(finding.cost().executor(), unit.load().content());
    }
  }

  /** Each proves itself before it gets a model, and losses are of one machine. */
  private Nodes nodes(JavaSparkContext context) {
    return new Nodes(
        Cluster.of(context.sc(), settings.gpusPerTask()),
        context,
        new NodeQuestion(
            settings.store(), settings.threads(), new ArrayList<>(List.of(settings.precision()))),
        line -> progress.stage("node", line));
  }

  /** The machine of the most losses that are known. */
  private Optional<String> computedBefore(List<LossRow> known) {
    Map<String, Long> counts =
        known.stream()
            .filter(encoded::fit)
            .flatMap(row -> LossModel.machine(row.kernel()).stream())
            .collect(Collectors.groupingBy(name -> name, TreeMap::new, Collectors.counting()));
    return counts.entrySet().stream().max(Map.Entry.comparingByValue()).map(Map.Entry::getKey);
  }

  /** Whether another node may do better. */
  private static boolean isOurFault(ModelFinding finding) {
    return finding.fault().filter(fault -> fault.blame() == Blame.INFRASTRUCTURE).isPresent();
  }

  private void tell(NamedModel model, Fate<ModelFinding> fate) {
    Optional<Fault> fault = fault(fate);
    if (fault.isEmpty()) {
      progress.model(model.text(), encoded.count(), encoded.count(), 0);
    } else {
      progress.verdict(model.text(), fault.get().verdict().name(), fault.get().reason());
    }
  }

  /** What a fate says against its model; empty if it has its losses. */
  static Optional<Fault> fault(Fate<ModelFinding> fate) {
    if (fate instanceof Fate.Crashed<ModelFinding> crashed) {
      return Optional.of(
          Fault.of(
              Verdict.CRASHED, crashed.attempts() + " executors died or hung while they held it"));
    }
    if (fate instanceof Fate.TimedOut<ModelFinding> late) {
      return Optional.of(Fault.of(Verdict.TIMED_OUT, "no answer in " + late.seconds() + " s"));
    }
    if (fate instanceof Fate.Failed<ModelFinding> failed) {
      return Optional.of(Fault.of(Verdict.CRASHED, "Spark could not run it: " + failed.reason()));
    }
    return fate instanceof Fate.Returned<ModelFinding> returned
        ? returned.value().fault()
        : Optional.empty();
  }
}
