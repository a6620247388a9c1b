package dev.assay.jobs.evaluate;

import dev.assay.chain.subtensor.BlockView;
import dev.assay.chain.subtensor.Hyperparameters;
import dev.assay.chain.subtensor.Neuron;
import dev.assay.chain.subtensor.Subtensor;
import dev.assay.jobs.NotReadyException;
import dev.assay.jobs.bundle.Bundle;
import dev.assay.jobs.bundle.BundleFolder;
import dev.assay.jobs.chain.ChainAccess;
import dev.assay.jobs.chain.WarehouseChain;
import dev.assay.jobs.config.AssayConfiguration;
import dev.assay.jobs.progress.Progress;
import dev.assay.jobs.report.EvaluationReport;
import dev.assay.jobs.report.EvaluationReports;
import dev.assay.jobs.tables.CommitmentRow;
import dev.assay.jobs.tables.EvaluationRow;
import dev.assay.jobs.tables.EvidenceRow;
import dev.assay.jobs.tables.Lease;
import dev.assay.jobs.tables.LossRow;
import dev.assay.jobs.tables.SampleRow;
import dev.assay.jobs.tables.ScoreRow;
import dev.assay.jobs.tables.VerdictRow;
import dev.assay.jobs.tables.Warehouse;
import dev.assay.model.hub.HubClient;
import dev.assay.score.entry.Registration;
import dev.assay.score.sampling.Window;
import dev.assay.score.weights.Scoring;
import dev.assay.score.weights.ScoringInput;
import dev.assay.score.weights.ScoringResult;
import dev.assay.score.weights.WeightLimits;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.iceberg.expressions.Expressions;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * One evaluation: what the chain says at a block, judged on the window's samples, scored and
 * written down. Its id is a digest of its inputs; running it again after a kill continues it, and
 * after its end only reads it.
 */
public final class Evaluate {
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
            Warehouse.open(
                configuration.paths().warehouse(), spark.sparkContext().hadoopConfiguration());
        Subtensor chain = ChainAccess.connect(configuration)) {
      WarehouseChain.claim(warehouse, chain, configuration);
      Evaluate evaluate = new Evaluate(configuration, spark, warehouse, progress, clock);
      return evaluate.alone(evaluate.input(chain, at));
    }
  }

  private EvaluationInput input(Subtensor chain, OptionalLong at) {
    BlockView head = chain.at(chain.finalizedHead());
    if (at.isPresent() && at.getAsLong() > head.number()) {
      throw new NotReadyException(
          "block %d is not final; the last final one is %d"
              .formatted(at.getAsLong(), head.number()));
    }
    BlockView block = at.isPresent() ? chain.at(at.getAsLong()) : head;
    Window window = Window.containing(block.number(), configuration.window().blocks());
    int netuid = configuration.chain().netuid();
    progress.stage(
        "commitments",
        "netuid %d at block %d, window %d".formatted(netuid, block.number(), window.number()));
    Hyperparameters hyperparameters = block.hyperparameters(netuid);
    List<CommitmentRow> commitments = commitments(block);
    List<Neuron> neurons = block.metagraph(netuid).neurons();
    return new EvaluationInput(
        chain.genesisHash().toString(),
        netuid,
        configuration.chain().mechanism(),
        block.number(),
        block.hash().toString(),
        window,
        chain.blockHash(window.firstBlock()),
        commitments,
        neurons.stream()
            .map(
                neuron ->
                    new Registration(
                        neuron.uid(), neuron.hotkey().ss58(), neuron.blockAtRegistration()))
            .toList(),
        new Ties(chain, netuid)
            .places(
                commitments.stream()
                    .map(row -> Candidate.of(row, configuration.competitions(), window))
                    .toList()),
        new WeightLimits(
            Math.max(1, hyperparameters.maxWeightsLimit()), hyperparameters.minAllowedWeights()),
        neurons.stream()
            .collect(
                Collectors.toMap(
                    neuron -> neuron.hotkey().ss58(), neuron -> (long) neuron.incentive())));
  }

  private List<CommitmentRow> commitments(BlockView block) {
    Dataset<Row> commitments =
        spark
            .read()
            .format("bittensor")
            .option("endpoint", String.join(",", configuration.chain().endpoints()))
            .option("netuid", configuration.chain().netuid())
            .option("block", block.number())
            .load("commitments");
    return commitments.collectAsList().stream()
        .map(
            row ->
                new CommitmentRow(
                    row.getAs("netuid"),
                    row.<Long>getAs("block"),
                    row.getAs("block_hash"),
                    row.getAs("hotkey"),
                    row.getAs("uid"),
                    row.<Long>getAs("registered_block"),
                    row.<Long>getAs("committed_block"),
                    row.getAs("data"),
                    Optional.ofNullable(row.<String>getAs("text"))))
        .sorted(Comparator.comparingInt(CommitmentRow::uid))
        .toList();
  }

  /**
   * Evaluates what was read from the chain. Two evaluations at once in one warehouse would compute
   * everything twice, so a second one is refused.
   */
  EvaluationReport alone(EvaluationInput input) throws InterruptedException {
    Optional<Lease> lease = warehouse.lease("evaluate");
    if (lease.isEmpty()) {
      throw new NotReadyException(
          "another evaluation runs on " + configuration.paths().warehouse() + "; wait for it");
    }
    Lease held = lease.get();
    try {
      return run(input);
    } finally {
      held.close();
    }
  }

  private EvaluationReport run(EvaluationInput input) throws InterruptedException {
    Instant started = now();
    warehouse.table(CommitmentRow.TABLE).append(input.commitments());
    WindowSamples samples = samples(input);
    Optional<EvaluationRow> previous = previous(input);
    String id =
        EvaluationId.of(
            input, configuration, samples.digest(), previous.map(EvaluationRow::evaluation));
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
    OurSide ourSide =
        new OurSide(
            hub,
            configuration.hub().endpoint(),
            configuration.evaluation().leastJudged(),
            new ExecutorHosts(spark.sparkContext())::areOne);
    Evaluation.Judged judged =
        new Evaluation(
                JavaSparkContext.fromSparkContext(spark.sparkContext()),
                configuration,
                hub,
                warehouse,
                progress,
                ourSide)
            .judge(id, input, samples);
    List<Judgement> judgements = judged.judgements();
    ScoreStage stage = new ScoreStage(configuration, warehouse);
    ourSide.requireEnoughJudged(stage.carried(input, previous), judgements);
    progress.stage("score", "%d models".formatted(judgements.size()));
    ScoringInput scoring = stage.input(input, judgements, samples, previous);
    ScoringResult result = Scoring.score(scoring);
    List<VerdictRow> verdicts = Verdicts.rows(id, judgements, result);
    verdicts.forEach(
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
    EvaluationRow row = row(id, input, samples, previous, verdicts, started);
    BundleFolder.of(configuration.paths().bundles(), id)
        .write(
            Bundle.of(
                Facts.of(row),
                scoring,
                result,
                row.configuration(),
                input.commitments(),
                verdicts,
                samples.byCompetition(),
                losses(input, verdicts),
                judged.fingerprints()));
    warehouse.table(EvaluationRow.TABLE).append(List.of(row));
    return reports.find(id, true).orElseThrow();
  }

  /** The samples of the window before, which this one is judged on. */
  private List<SampleRow> sampleRows(Window window) {
    return warehouse
        .table(SampleRow.TABLE)
        .rows(
            Expressions.and(
                Expressions.greaterThanOrEqual("block", window.firstSampleBlock()),
                Expressions.lessThan("block", window.firstBlock())));
  }

  private WindowSamples samples(EvaluationInput input) {
    Window window = input.window();
    List<SampleRow> available = sampleRows(window);
    WindowSamples drawn =
        WindowSamples.draw(
            available, input.seed(), configuration.competitions().schedule().at(input.block()));
    if (drawn.most() == 0) {
      throw new NotReadyException(
          "the samples table has none of blocks %d to %d, which window %d is judged on; take a"
                  .formatted(window.firstSampleBlock(), window.firstBlock() - 1, window.number())
              + " snapshot first");
    }
    progress.stage(
        "samples",
        "%d of %d drawn by block %d"
            .formatted(drawn.most(), available.size(), window.firstBlock()));
    return drawn;
  }

  private List<LossRow> losses(EvaluationInput input, List<VerdictRow> verdicts) {
    Set<String> digests =
        verdicts.stream().flatMap(row -> row.modelDigest().stream()).collect(Collectors.toSet());
    Window window = input.window();
    return warehouse
        .table(LossRow.TABLE)
        .rows(
            Expressions.and(
                Expressions.greaterThanOrEqual("sample_block", window.firstSampleBlock()),
                Expressions.lessThan("sample_block", window.firstBlock())))
        .stream()
        .filter(row -> digests.contains(row.modelDigest()))
        .sorted(
            Comparator.comparing(LossRow::modelDigest)
                .thenComparing(LossRow::kernel)
                .thenComparing(LossRow::sampleId))
        .toList();
  }

  /** Of an earlier window, so that several evaluations of one window average only once. */
  private Optional<EvaluationRow> previous(EvaluationInput input) {
    return warehouse.table(EvaluationRow.TABLE).rows().stream()
        .filter(row -> row.netuid() == input.netuid() && row.mechanism() == input.mechanism())
        // Rows that name no chain are of this one: the warehouse was claimed for it.
        .filter(row -> row.genesis().orElse(input.genesis()).equals(input.genesis()))
        .filter(row -> row.window() < input.window().number())
        .max(
            Comparator.comparingLong(EvaluationRow::block)
                .thenComparing(EvaluationRow::evaluation));
  }

  private EvaluationRow row(
      String id,
      EvaluationInput input,
      WindowSamples samples,
      Optional<EvaluationRow> previous,
      List<VerdictRow> verdicts,
      Instant started) {
    return new EvaluationRow(
        id,
        input.netuid(),
        input.mechanism(),
        input.block(),
        input.blockHash(),
        input.window().number(),
        input.seed().toString(),
        String.join(
            ",",
            configuration.competitions().schedule().at(input.block()).stream()
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
        Optional.of(input.genesis()));
  }

  /** The tables hold microseconds. */
  private Instant now() {
    return clock.instant().truncatedTo(ChronoUnit.MICROS);
  }
}
