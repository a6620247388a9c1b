package dev.assay.jobs.evaluate;

import dev.assay.chain.subtensor.BlockView;
import dev.assay.chain.subtensor.Subtensor;
import dev.assay.jobs.NotReadyException;
import dev.assay.jobs.candidates.Candidate;
import dev.assay.jobs.candidates.ChainReading;
import dev.assay.jobs.candidates.HubListing;
import dev.assay.jobs.candidates.OutageWatch;
import dev.assay.jobs.candidates.Ties;
import dev.assay.jobs.candidates.Workload;
import dev.assay.jobs.chain.ChainAccess;
import dev.assay.jobs.config.AssayConfiguration;
import dev.assay.jobs.fanout.Fate;
import dev.assay.jobs.judge.HubAccess;
import dev.assay.jobs.judge.KnownModels;
import dev.assay.jobs.judge.ModelFinding;
import dev.assay.jobs.judge.Task;
import dev.assay.jobs.nodes.ExecutorHosts;
import dev.assay.jobs.progress.Progress;
import dev.assay.jobs.storage.Lease;
import dev.assay.jobs.tables.CheckpointRow;
import dev.assay.jobs.tables.Warehouse;
import dev.assay.jobs.work.EncodedSamples;
import dev.assay.jobs.work.KnownCheckpoints;
import dev.assay.jobs.work.ModelUnit;
import dev.assay.model.causal.Precision;
import dev.assay.model.hub.HubClient;
import dev.assay.model.loss.Batching;
import dev.assay.score.entry.Verdict;
import dev.assay.score.rules.Competition;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.SparkSession;

/**
 * Brings the models that the next evaluations look at to the nodes where they would judge them, and
 * checks them there, as far as no sample and no GPU is needed. It decides nothing: what it leaves
 * undone, the evaluation does.
 */
public final class Prefetch {
  private Prefetch() {}

  /**
   * What became of it.
   *
   * @param block that was read
   * @param models those that the evaluation would look at, exact copies once
   */
  public record Report(long block, List<Model> models) {
    public Report {
      models = List.copyOf(models);
    }

    /** Models that were fetched now. */
    public long fetched() {
      return models.stream().filter(model -> model.state() == State.ARRIVED).count();
    }
  }

  /** What became of a model. */
  public enum State {
    /** It was on a node, checked. */
    THERE,
    /** It has come, and passes its checks. */
    ARRIVED,
    /** It has not come, or does not pass. */
    FAILED
  }

  /**
   * One model.
   *
   * @param repository as {@code namespace/name}
   * @param bytes of its files, by the hub's listing
   * @param reason why it failed, else empty
   */
  public record Model(String repository, String revision, long bytes, State state, String reason) {}

  /**
   * Brings them.
   *
   * @param clock for the times that attempts are recorded with; they decide nothing
   * @throws NotReadyException if an evaluation is at work, which fetches what it needs by itself
   */
  public static Report run(
      AssayConfiguration configuration, SparkSession spark, Progress progress, Clock clock)
      throws InterruptedException {
    try (Warehouse warehouse =
            Warehouse.open(configuration.warehouse(), spark.sparkContext().hadoopConfiguration());
        Subtensor chain = ChainAccess.connect(configuration)) {
      Lease lease =
          warehouse
              .lease("evaluate")
              .orElseThrow(
                  () ->
                      new NotReadyException(
                          "an evaluation runs on "
                              + configuration.paths().warehouse()
                              + "; it fetches what it needs"));
      try {
        return run(configuration, spark, warehouse, chain, progress, clock);
      } finally {
        lease.close();
      }
    }
  }

  private static Report run(
      AssayConfiguration configuration,
      SparkSession spark,
      Warehouse warehouse,
      Subtensor chain,
      Progress progress,
      Clock clock)
      throws InterruptedException {
    BlockView head = chain.at(chain.finalizedHead());
    ChainReading reading =
        ChainReading.of(chain, head, configuration.chain(), configuration.window());
    return of(
        configuration,
        spark,
        warehouse,
        reading,
        new Ties(chain, configuration.chain().netuid())
            .broken(Candidate.all(reading, configuration.competitions())),
        progress,
        clock);
  }

  static Report of(
      AssayConfiguration configuration,
      SparkSession spark,
      Warehouse warehouse,
      ChainReading reading,
      List<Candidate> all,
      Progress progress,
      Clock clock)
      throws InterruptedException {
    List<Candidate> due =
        new RosterStage(configuration.evaluation().roster(), warehouse, progress)
            .due(
                reading,
                all.stream().map(Prefetch::early).toList(),
                Evaluate.previous(warehouse, reading));
    HubClient hub = HubAccess.of(configuration.hub()).client(configuration.secrets().hubToken());
    OutageWatch outages =
        new OutageWatch(
            hub, configuration.hub().endpoint(), new ExecutorHosts(spark.sparkContext())::areOne);
    KnownCheckpoints known = KnownCheckpoints.of(warehouse.table(CheckpointRow.TABLE).rows());
    String run = "prefetch-" + reading.block();
    Workload work =
        Workload.of(
            run,
            new HubListing(hub, known, configuration.evaluation().visibleWithinBlocks(), outages)
                .of(due));
    progress.stage(
        "prefetch", "%d models at block %d".formatted(work.units().size(), reading.block()));
    Map<Integer, Fate<ModelFinding>> fates =
        new Fleet(
                JavaSparkContext.fromSparkContext(spark.sparkContext()),
                configuration,
                warehouse,
                new KnownModels(known),
                progress,
                outages,
                clock,
                0,
                Set.of())
            .arrivals(run, work.units(), tasks(work.competitions()));
    List<Model> models = new ArrayList<>();
    for (ModelUnit unit : work.units()) {
      models.add(model(unit, Optional.ofNullable(fates.get(unit.index()))));
    }
    return new Report(reading.block(), models);
  }

  /** What a later window admits may come now. */
  private static Candidate early(Candidate candidate) {
    boolean pending =
        candidate.fault().filter(fault -> fault.verdict() == Verdict.PENDING).isPresent();
    return pending ? candidate.due() : candidate;
  }

  private static Map<String, Task> tasks(Map<String, Competition> competitions) {
    Map<String, Task> tasks = new HashMap<>();
    competitions.forEach(
        (id, competition) ->
            tasks.put(
                id,
                new Task.Arrival(
                    EncodedSamples.of(
                        List.of(),
                        List.of(),
                        "",
                        competition.template(),
                        competition.sequenceLength(),
                        Precision.named(competition.dtype()),
                        Batching.SINGLE))));
    return tasks;
  }

  private static Model model(ModelUnit unit, Optional<Fate<ModelFinding>> fate) {
    String reason = fate.flatMap(Prefetch::reason).orElse("");
    State state = fate.isEmpty() ? State.THERE : reason.isEmpty() ? State.ARRIVED : State.FAILED;
    return new Model(unit.repository().toString(), unit.revision(), unit.bytes(), state, reason);
  }

  private static Optional<String> reason(Fate<ModelFinding> fate) {
    return fate instanceof Fate.Returned<ModelFinding> returned
        ? returned.value().fault().map(fault -> fault.verdict() + ": " + fault.reason())
        : Optional.of("not fetched: " + fate);
  }
}
