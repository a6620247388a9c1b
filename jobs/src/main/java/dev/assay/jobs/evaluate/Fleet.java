package dev.assay.jobs.evaluate;

import dev.assay.jobs.candidates.OutageWatch;
import dev.assay.jobs.candidates.Workload;
import dev.assay.jobs.config.AssayConfiguration;
import dev.assay.jobs.config.EvaluationSettings;
import dev.assay.jobs.fanout.Cluster;
import dev.assay.jobs.fanout.Ending;
import dev.assay.jobs.fanout.FanOut;
import dev.assay.jobs.fanout.Fate;
import dev.assay.jobs.fanout.Hearer;
import dev.assay.jobs.fanout.Patience;
import dev.assay.jobs.fanout.Quarantine;
import dev.assay.jobs.judge.HubAccess;
import dev.assay.jobs.judge.JudgeWork;
import dev.assay.jobs.judge.KnownModels;
import dev.assay.jobs.judge.ModelFinding;
import dev.assay.jobs.judge.SecondTry;
import dev.assay.jobs.judge.Task;
import dev.assay.jobs.judge.ToldLosses;
import dev.assay.jobs.nodes.NodeQuestion;
import dev.assay.jobs.nodes.NodeStore;
import dev.assay.jobs.nodes.Nodes;
import dev.assay.jobs.placement.Holdings;
import dev.assay.jobs.placement.Placement;
import dev.assay.jobs.progress.Count;
import dev.assay.jobs.progress.Progress;
import dev.assay.jobs.progress.ProgressMessage;
import dev.assay.jobs.progress.ProgressPlugin;
import dev.assay.jobs.tables.AttemptRow;
import dev.assay.jobs.tables.CheckpointRow;
import dev.assay.jobs.tables.FingerprintRow;
import dev.assay.jobs.tables.LossRow;
import dev.assay.jobs.tables.Warehouse;
import dev.assay.jobs.work.ModelUnit;
import dev.assay.model.causal.Precision;
import dev.assay.model.loss.LossModel;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.IntSupplier;
import org.apache.iceberg.expressions.Expressions;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;

/**
 * Runs an evaluation's units on executors and commits their losses as they come. What failed
 * through no fault of a miner is tried at once on another node, where there is one, and once more
 * when all others are done; what lost its executors then has them to itself.
 */
final class Fleet {
  /** For what the executor does after its own deadline, before it counts as hanging. */
  private static final Duration GRACE = Duration.ofSeconds(15);

  private final JavaSparkContext spark;
  private final AssayConfiguration configuration;
  private final Warehouse warehouse;
  private final KnownModels known;
  private final Progress progress;
  private final OutageWatch outages;
  private final Quarantine quarantine;
  private final Clock clock;
  private final double gpusPerTask;
  private final Nodes nodes;

  /** By unit: what to call when something is heard of its attempt. */
  private final Map<Integer, Consumer<Duration>> running = new ConcurrentHashMap<>();

  /** The machine of losses that were known, as long as no node was needed. */
  private Optional<String> used = Optional.empty();

  /**
   * @param clock of the ledger of attempts
   * @param gpusPerTask asked of Spark for each unit
   * @param precisions in which nodes must compute right; none if they only fetch
   */
  Fleet(
      JavaSparkContext spark,
      AssayConfiguration configuration,
      Warehouse warehouse,
      KnownModels known,
      Progress progress,
      OutageWatch outages,
      Clock clock,
      double gpusPerTask,
      Set<Precision> precisions) {
    this.spark = spark;
    this.configuration = configuration;
    this.warehouse = warehouse;
    this.known = known;
    this.progress = progress;
    this.outages = outages;
    this.quarantine = new Quarantine(line -> progress.stage("quarantine", line));
    this.clock = clock;
    this.gpusPerTask = gpusPerTask;
    EvaluationSettings settings = configuration.evaluation();
    this.nodes =
        new Nodes(
            Cluster.of(spark.sc(), gpusPerTask),
            spark,
            new NodeQuestion(
                NodeStore.of(settings), settings.threads(), new ArrayList<>(precisions)),
            line -> progress.stage("node", line));
  }

  /** Lets the nodes start their engines, where losses will be needed. */
  void expectLosses() {
    nodes.askAhead();
  }

  /**
   * Computes the losses of units that are not known yet; when it returns, every loss that came is
   * committed.
   *
   * @param pass tells several passes of one run apart; may be empty
   * @param chosen those of the units that are to be judged
   * @param tasks by competition
   * @return each chosen unit's fate, by its index
   */
  Map<Integer, Fate<ModelFinding>> losses(
      String run,
      String pass,
      Workload work,
      List<ModelUnit> chosen,
      Map<String, Task.Losses> tasks)
      throws InterruptedException {
    Optional<String> before = Optional.of(nodes.machine()).filter(name -> !name.isEmpty());
    Optional<String> machine = before.or(() -> used).or(() -> machine(chosen, tasks));
    Map<Integer, Fate<ModelFinding>> settled = known.losses(chosen, tasks, machine.orElse(""));
    if (left(chosen, settled).isEmpty()) {
      used = machine;
      Count.MODELS_KNOWN.add(settled.size());
      return settled;
    }
    nodes.ask();
    nodes.settle(machine);
    tellIfMixed();
    // None of the nodes may be what has computed before.
    settled = known.losses(chosen, tasks, nodes.machine());
    Count.MODELS_KNOWN.add(settled.size());
    List<ModelUnit> left = left(chosen, settled);
    try (LossWriter writer = new LossWriter(warehouse.table(LossRow.TABLE))) {
      LossListener listener = new LossListener(work, tasks, progress, writer);
      ProgressPlugin.listen(
          run,
          message -> {
            goesOn(message, work, tasks);
            listener.take(message);
          });
      settled.putAll(
          fates(
              run + pass,
              left,
              Map.copyOf(tasks),
              returned -> writer.addLast(returned.value().losses())));
      return settled;
    } finally {
      ProgressPlugin.forget(run);
    }
  }

  /** A model that has told losses is expected to tell more. */
  private void goesOn(ProgressMessage message, Workload work, Map<String, Task.Losses> tasks) {
    if (message.body() instanceof ToldLosses told) {
      String competition = work.units().get(message.unit()).rules().competition();
      Duration longest = told.timeOf(tasks.get(competition).samples().mostTokensAtOnce());
      Optional.ofNullable(running.get(message.unit()))
          .ifPresent(attempt -> attempt.accept(longest));
    }
  }

  /** An earlier pass may have needed no node, and now none is what its losses are of. */
  private void tellIfMixed() {
    used.filter(name -> !name.equals(nodes.machine()))
        .ifPresent(
            name ->
                progress.stage(
                    "node",
                    "losses of an earlier pass are of %s, of which no node is one; the others are"
                            .formatted(name)
                        + " of "
                        + nodes.machine()));
  }

  /** The machine by which the losses of the most units are known, of the kind that tasks get. */
  private Optional<String> machine(List<ModelUnit> chosen, Map<String, Task.Losses> tasks) {
    boolean onGpu = gpusPerTask > 0;
    return tasks.values().stream()
        .flatMap(task -> task.known().machines().stream())
        .distinct()
        .filter(machine -> LossModel.isGpu(machine) == onGpu)
        .max(
            Comparator.<String>comparingInt(machine -> known.losses(chosen, tasks, machine).size())
                .thenComparing(Comparator.reverseOrder()));
  }

  /**
   * Projects the weights of units that were not projected by the seed before.
   *
   * @param seed of the projection, 64 hex digits
   * @param tasks by competition
   * @return each unit's fate, by its index
   */
  Map<Integer, Fate<ModelFinding>> fingerprints(
      String run, String seed, List<ModelUnit> chosen, Map<String, Task> tasks)
      throws InterruptedException {
    progress.stage("fingerprints", "%d models, the bases included".formatted(chosen.size()));
    Map<Integer, Fate<ModelFinding>> settled =
        known.fingerprints(
            chosen,
            tasks,
            warehouse.table(FingerprintRow.TABLE).rows(Expressions.equal("seed", seed)));
    List<ModelUnit> left = left(chosen, settled);
    if (!left.isEmpty()) {
      nodes.ask();
      settled.putAll(fates(run, left, tasks, returned -> {}));
    }
    return settled;
  }

  /**
   * Brings units to the nodes where they would run, and checks them there. Those that passed their
   * checks before and lie on a node have no fate.
   *
   * @param tasks by competition
   * @return the others' fates, by index
   */
  Map<Integer, Fate<ModelFinding>> arrivals(
      String run, List<ModelUnit> chosen, Map<String, Task> tasks) throws InterruptedException {
    Map<Integer, Fate<ModelFinding>> settled = known.refused(chosen, tasks);
    if (left(chosen, settled).isEmpty()) {
      return settled;
    }
    nodes.ask();
    Holdings held = nodes.holdings();
    List<ModelUnit> left =
        left(chosen, settled).stream()
            .filter(
                unit ->
                    !known.marked(unit, tasks.get(unit.rules().competition())).isInspected()
                        || !held.has(unit.load().content()))
            .toList();
    if (!left.isEmpty()) {
      settled.putAll(fates(run, left, tasks, returned -> {}));
    }
    return settled;
  }

  private static List<ModelUnit> left(
      List<ModelUnit> chosen, Map<Integer, Fate<ModelFinding>> settled) {
    return chosen.stream().filter(unit -> !settled.containsKey(unit.index())).toList();
  }

  private Map<Integer, Fate<ModelFinding>> fates(
      String run,
      List<ModelUnit> units,
      Map<String, Task> tasks,
      Consumer<Fate.Returned<ModelFinding>> done)
      throws InterruptedException {
    List<ModelUnit> chosen =
        units.stream()
            .map(unit -> known.marked(unit, tasks.get(unit.rules().competition())))
            .toList();
    Map<Integer, Fate<ModelFinding>> fates = new ConcurrentHashMap<>();
    EvaluationSettings settings = configuration.evaluation();
    Map<String, Broadcast<Task>> sent = new HashMap<>();
    tasks.forEach((competition, task) -> sent.put(competition, spark.broadcast(task)));
    JudgeWork work =
        new JudgeWork(
            HubAccess.of(configuration.hub()),
            NodeStore.of(settings),
            settings.threads(),
            settings.deadline(),
            nodes.machine(),
            sent);
    Ledger ledger = new Ledger(run, clock);
    Hearer<ModelUnit, ModelFinding> ended =
        new Hearer<>() {
          @Override
          public void ended(ModelUnit unit, Fate<ModelFinding> fate) {
            Count.MODELS_ENDED.add(1);
            fates.merge(unit.index(), fate, SecondTry::together);
            progress.models(fates.size(), chosen.size());
            if (fate instanceof Fate.Returned<ModelFinding> returned) {
              done.accept(returned);
              if (!returned.value().digest().isEmpty()) {
                nodes.holds(returned.value().cost().executor(), unit.load().content());
              }
              returned.value().fault().ifPresent(outages::after);
            }
          }

          @Override
          public void begun(ModelUnit unit, Consumer<Duration> goesOn) {
            running.put(unit.index(), goesOn);
          }

          @Override
          public void attempted(ModelUnit unit, Ending<ModelFinding> ending) {
            running.remove(unit.index());
            ledger.add(unit, ending);
          }
        };
    try {
      run(false, run, chosen, work, ended);
      List<ModelUnit> again = SecondTry.elsewhere(chosen, fates);
      List<ModelUnit> alone = SecondTry.alone(chosen, fates);
      if (!again.isEmpty() || !alone.isEmpty()) {
        progress.stage("again", "%d models".formatted(again.size() + alone.size()));
      }
      run(false, run + "-again", again, work, ended);
      run(true, run + "-alone", alone, work, ended);
      warehouse.table(CheckpointRow.TABLE).append(KnownModels.rows(chosen, fates, tasks));
      return fates;
    } finally {
      warehouse.table(AttemptRow.TABLE).append(ledger.rows());
      sent.values().forEach(Broadcast::destroy);
    }
  }

  private void run(
      boolean alone,
      String run,
      List<ModelUnit> units,
      JudgeWork work,
      Hearer<ModelUnit, ModelFinding> ended)
      throws InterruptedException {
    Holdings held = nodes.holdings();
    Count.MODELS_ORDERED.add(units.size());
    Count.MODELS_HELD.add(units.stream().filter(unit -> held.has(unit.load().content())).count());
    fanOut(alone)
        .run(
            run,
            new Placement<>(units.stream().map(ModelUnit::load).toList(), held),
            ModelUnit::label,
            work,
            SecondTry::isNobodysFault,
            ended);
  }

  private FanOut fanOut(boolean alone) {
    EvaluationSettings settings = configuration.evaluation();
    Cluster cluster = nodes.cluster();
    int asked = settings.inFlight();
    IntSupplier inFlight = () -> alone ? 1 : asked > 0 ? asked : cluster.inFlight();
    // The executor keeps the deadline itself; this is for one that hangs in native code.
    return new FanOut(
        spark,
        cluster,
        inFlight,
        settings.attempts(),
        Patience.until(settings.deadline().plus(GRACE)),
        gpusPerTask,
        quarantine);
  }
}
