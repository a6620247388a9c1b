package dev.assay.jobs.evaluate;

import dev.assay.chain.subtensor.BlockView;
import dev.assay.chain.subtensor.Subtensor;
import dev.assay.jobs.NotReadyException;
import dev.assay.jobs.bundle.Bundle;
import dev.assay.jobs.bundle.Bundles;
import dev.assay.jobs.candidates.Candidate;
import dev.assay.jobs.candidates.ChainReading;
import dev.assay.jobs.candidates.OutageWatch;
import dev.assay.jobs.candidates.Ties;
import dev.assay.jobs.candidates.WindowSamples;
import dev.assay.jobs.chain.ChainAccess;
import dev.assay.jobs.chain.WarehouseChain;
import dev.assay.jobs.config.AssayConfiguration;
import dev.assay.jobs.judge.HubAccess;
import dev.assay.jobs.nodes.ExecutorHosts;
import dev.assay.jobs.progress.Progress;
import dev.assay.jobs.report.EvaluationReport;
import dev.assay.jobs.report.EvaluationReports;
import dev.assay.jobs.storage.Lease;
import dev.assay.jobs.tables.CommitmentRow;
import dev.assay.jobs.tables.EvaluationRow;
import dev.assay.jobs.tables.EvidenceRow;
import dev.assay.jobs.tables.SampleRow;
import dev.assay.jobs.tables.ScoreRow;
import dev.assay.jobs.tables.VerdictRow;
import dev.assay.jobs.tables.Warehouse;
import dev.assay.jobs.tables.WarehouseTable;
import dev.assay.model.hub.HubClient;
import dev.assay.score.entry.Verdict;
import dev.assay.score.sampling.Window;
import dev.assay.score.weights.Scoring;
import dev.assay.score.weights.ScoringInput;
import dev.assay.score.weights.ScoringResult;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.iceberg.expressions.Expression;
import org.apache.iceberg.expressions.Expressions;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.SparkSession;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One evaluation: what the chain says at a block, judged on the window's samples, scored and
 * written down. Its id is a digest of its inputs; running it again after a kill continues it, and
 * after its end only reads it.
 */
public final class Evaluate {
  private static final Logger LOG = LoggerFactory.getLogger(Evaluate.class);

  private final AssayConfiguration configuration;
  private final SparkSession spark;
  private final Warehouse warehouse;
  private final Progress progress;
  private final Clock clock;

  Evaluate(
      AssayConfiguration configuration,
      SparkSession spark,
      Warehouse warehouse,
      Progress progress,
      Clock clock) {
    this.configuration = configuration;
    this.spark = spark;
    this.warehouse = warehouse;
    this.progress = progress;
    this.clock = clock;
  }

  /**
   * Evaluates.
   *
   * @param at height to evaluate, finalised; the last finalised block where none is given
   * @param clock for the times that a run is recorded with; they decide nothing
   * @throws NotReadyException if there are no samples, or the block isn't final yet
   */
  public static EvaluationReport run(
      AssayConfiguration configuration,
      SparkSession spark,
      OptionalLong at,
      Progress progress,
      Clock clock)
      throws InterruptedException {
    try (Warehouse warehouse =
            Warehouse.open(configuration.warehouse(), spark.sparkContext().hadoopConfiguration());
        Subtensor chain = ChainAccess.connect(configuration)) {
      WarehouseChain.claim(warehouse, chain, configuration);
      Evaluate evaluate = new Evaluate(configuration, spark, warehouse, progress, clock);
      EvaluationReport report = evaluate.evaluate(chain, evaluate.block(chain, at));
      if (report.isNew()) {
        evaluate.keepTablesSmall();
      }
      return report;
    }
  }

  /** The evaluation is complete, whatever becomes of its tables' upkeep. */
  private void keepTablesSmall() {
    try {
      warehouse.maintain(clock.instant());
    } catch (RuntimeException failed) {
      LOG.warn("the tables could not be kept small; run assay maintain", failed);
    }
  }

  private BlockView block(Subtensor chain, OptionalLong at) {
    BlockView head = chain.at(chain.finalizedHead());
    if (at.isPresent() && at.getAsLong() > head.number()) {
      throw new NotReadyException(
          "block %d is not final; the last final one is %d"
              .formatted(at.getAsLong(), head.number()));
    }
    return at.isPresent() ? chain.at(at.getAsLong()) : head;
  }

  private EvaluationReport evaluate(Subtensor chain, BlockView block) throws InterruptedException {
    int netuid = configuration.chain().netuid();
    progress.stage(
        "commitments",
        "netuid %d at block %d, window %d"
            .formatted(
                netuid,
                block.number(),
                Window.containing(block.number(), configuration.window().blocks()).number()));
    ChainReading reading =
        ChainReading.of(chain, block, configuration.chain(), configuration.window());
    List<Candidate> candidates = Candidate.all(reading, configuration.competitions());
    return alone(reading, new Ties(chain, netuid).broken(candidates));
  }

  /**
   * Evaluates what was read from the chain. Two evaluations at once in one warehouse would compute
   * everything twice, so a second one is refused.
   */
  EvaluationReport alone(ChainReading reading, List<Candidate> candidates)
      throws InterruptedException {
    Optional<Lease> lease = warehouse.lease("evaluate");
    if (lease.isEmpty()) {
      throw new NotReadyException(
          "another evaluation runs on " + configuration.paths().warehouse() + "; wait for it");
    }
    Lease held = lease.get();
    try {
      return run(reading, candidates);
    } finally {
      held.close();
    }
  }

  private EvaluationReport run(ChainReading reading, List<Candidate> all)
      throws InterruptedException {
    Instant started = now();
    warehouse.table(CommitmentRow.TABLE).append(reading.commitments());
    WindowSamples samples = samples(reading);
    Optional<EvaluationRow> previous = previous(warehouse, reading);
    RosterStage roster = new RosterStage(configuration.evaluation().roster(), warehouse, progress);
    List<Candidate> candidates = roster.due(reading, all, previous);
    String id =
        EvaluationId.of(
            reading,
            configuration,
            samples.digest(),
            previous.map(EvaluationRow::evaluation),
            RosterStage.left(candidates));
    EvaluationReports reports = new EvaluationReports(warehouse);
    Optional<EvaluationReport> done = reports.find(id, false);
    if (done.isPresent()) {
      return done.get();
    }
    // A row of evaluations is written last; without it the rest is debris of a killed run.
    warehouse.table(VerdictRow.TABLE).discard(Expressions.equal("evaluation", id));
    warehouse.table(ScoreRow.TABLE).discard(Expressions.equal("evaluation", id));
    warehouse.table(EvidenceRow.TABLE).discard(Expressions.equal("evaluation", id));
    HubClient hub = HubAccess.of(configuration.hub()).client(configuration.secrets().hubToken());
    OutageWatch outages =
        new OutageWatch(
            hub, configuration.hub().endpoint(), new ExecutorHosts(spark.sparkContext())::areOne);
    ScoreStage stage = new ScoreStage(configuration.competitions().schedule(), warehouse);
    Stopping stopping =
        new Stopping(
            stage.kept(previous),
            judgements -> stage.input(reading, judgements, samples, previous));
    JudgeStage.Judged judged =
        new JudgeStage(
                JavaSparkContext.fromSparkContext(spark.sparkContext()),
                configuration,
                hub,
                warehouse,
                progress,
                outages,
                clock)
            .judge(id, reading, candidates, samples, stopping);
    List<Judgement> judgements = judged.judgements();
    new JudgedEnough(configuration.evaluation().leastJudged())
        .require(stage.carried(reading, previous), judgements);
    progress.stage("score", "%d models".formatted(judgements.size()));
    ScoringInput scoring = stage.input(reading, judgements, samples, previous);
    ScoringResult result = Scoring.score(scoring);
    List<VerdictRow> verdicts = Verdicts.rows(id, judgements, result);
    verdicts.stream()
        .filter(row -> !row.verdict().equals(Verdict.NOT_DUE.name()))
        .forEach(
            row ->
                progress.verdict(
                    row.repository().orElse(row.hotkey()) + " (uid " + row.uid() + ")",
                    row.verdict(),
                    row.reason()));
    warehouse.table(VerdictRow.TABLE).append(verdicts);
    warehouse.table(ScoreRow.TABLE).append(ScoreStage.rows(id, result));
    warehouse
        .table(EvidenceRow.TABLE)
        .append(
            result.standings().evidence().stream()
                .map(evidence -> StoredEvidence.row(id, evidence))
                .toList());
    EvaluationRow row = row(id, reading, samples, previous, verdicts, started);
    Bundles.of(configuration, spark.sparkContext().hadoopConfiguration())
        .bundle(id)
        .write(
            Bundle.of(
                ManifestFacts.of(row),
                scoring,
                result,
                row.configuration(),
                reading.commitments(),
                verdicts,
                samples.byCompetition(),
                judged.losses().of(digests(verdicts)),
                judged.fingerprints()));
    warehouse.table(EvaluationRow.TABLE).append(List.of(row));
    return reports.find(id, true).orElseThrow();
  }

  private static Set<String> digests(List<VerdictRow> verdicts) {
    return verdicts.stream().flatMap(row -> row.modelDigest().stream()).collect(Collectors.toSet());
  }

  /** Of the samples of the window before, texts are read of those alone that are drawn. */
  private WindowSamples samples(ChainReading reading) {
    Window window = reading.window();
    WarehouseTable<SampleRow> table = warehouse.table(SampleRow.TABLE);
    Expression span =
        Expressions.and(
            Expressions.greaterThanOrEqual("block", window.firstSampleBlock()),
            Expressions.lessThan("block", window.firstBlock()));
    List<WindowSamples.Drawable> available = table.rows(WindowSamples.Drawable.class, span);
    WindowSamples drawn =
        WindowSamples.draw(
            available,
            reading.seed(),
            configuration.competitions().schedule().at(reading.block()),
            ids -> table.rows(Expressions.and(span, Expressions.in("sample_id", ids.toArray()))));
    if (drawn.most() == 0) {
      throw new NotReadyException(
          "the samples table has none of blocks %d to %d, which window %d is judged on; take a"
                  .formatted(window.firstSampleBlock(), window.firstBlock() - 1, window.number())
              + " snapshot first, with --from-block %d"
                  .formatted(Math.max(1, window.firstSampleBlock())));
    }
    progress.stage(
        "samples",
        "%d of %d drawn by block %d"
            .formatted(drawn.most(), available.size(), window.firstBlock()));
    return drawn;
  }

  /** Of an earlier window, so that several evaluations of one window average only once. */
  static Optional<EvaluationRow> previous(Warehouse warehouse, ChainReading reading) {
    return warehouse.table(EvaluationRow.TABLE).rows().stream()
        .filter(row -> row.netuid() == reading.netuid() && row.mechanism() == reading.mechanism())
        // Rows that name no chain are of this one: the warehouse was claimed for it.
        .filter(row -> row.genesis().orElse(reading.genesis()).equals(reading.genesis()))
        .filter(row -> row.window() < reading.window().number())
        .max(
            Comparator.comparingLong(EvaluationRow::block)
                .thenComparing(EvaluationRow::evaluation));
  }

  private EvaluationRow row(
      String id,
      ChainReading reading,
      WindowSamples samples,
      Optional<EvaluationRow> previous,
      List<VerdictRow> verdicts,
      Instant started) {
    return new EvaluationRow(
        id,
        reading.netuid(),
        reading.mechanism(),
        reading.block(),
        reading.blockHash(),
        reading.window().number(),
        reading.seed().toString(),
        String.join(
            ",",
            configuration.competitions().schedule().at(reading.block()).stream()
                .map(competition -> competition.policy().name())
                .distinct()
                .toList()),
        previous.map(EvaluationRow::evaluation),
        samples.digest(),
        samples.most(),
        verdicts.size(),
        (int) verdicts.stream().filter(row -> row.verdict().equals("ACCEPTED")).count(),
        configuration.effective(),
        Versions.json(spark.version()),
        verdicts.stream().mapToLong(row -> row.downloadMs() + row.loadMs() + row.runMs()).sum(),
        verdicts.stream().mapToLong(VerdictRow::bytes).sum(),
        started,
        now(),
        Optional.of(reading.genesis()));
  }

  /** The tables hold microseconds. */
  private Instant now() {
    return clock.instant().truncatedTo(ChronoUnit.MICROS);
  }
}
