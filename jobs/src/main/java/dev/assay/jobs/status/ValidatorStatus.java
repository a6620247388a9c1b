package dev.assay.jobs.status;

import dev.assay.chain.keys.AccountId;
import dev.assay.chain.rpc.RpcUnreachableException;
import dev.assay.chain.subtensor.Subtensor;
import dev.assay.jobs.bundle.Bundles;
import dev.assay.jobs.chain.ChainAccess;
import dev.assay.jobs.config.AssayConfiguration;
import dev.assay.jobs.status.StatusReport.LastEvaluation;
import dev.assay.jobs.status.StatusReport.LastWeights;
import dev.assay.jobs.status.StatusReport.Running;
import dev.assay.jobs.status.StatusReport.State;
import dev.assay.jobs.submit.WindowStanding;
import dev.assay.jobs.tables.AttemptRow;
import dev.assay.jobs.tables.EvaluationRow;
import dev.assay.jobs.tables.SampleRow;
import dev.assay.jobs.tables.VerdictRow;
import dev.assay.jobs.tables.Warehouse;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.hadoop.conf.Configuration;
import org.apache.iceberg.expressions.Expressions;

/** Reads a validator's status from its tables, its leases and the chain; no Spark. */
public final class ValidatorStatus {
  private final AssayConfiguration configuration;
  private final Optional<AccountId> hotkey;
  private final Clock clock;

  private ValidatorStatus(AssayConfiguration configuration, Clock clock) {
    this.configuration = configuration;
    this.hotkey = WindowReading.hotkey(configuration);
    this.clock = clock;
  }

  /** What the tables alone know, beside what is read once they are closed. */
  private record Known(
      Records records,
      Optional<LastEvaluation> evaluation,
      Optional<Long> newestSample,
      List<Running> running) {}

  /**
   * Reads it. An endpoint that does not answer is part of the status.
   *
   * @param clock by which the age of blocks is told
   * @throws dev.assay.jobs.config.ConfigurationException if the chain has no such subnet
   */
  public static StatusReport now(AssayConfiguration configuration, Clock clock) {
    return new ValidatorStatus(configuration, clock).read();
  }

  private StatusReport read() {
    Known known = known();
    Problems problems = new Problems(configuration, clock.instant());
    problems.disks();
    known.evaluation().ifPresent(problems::evaluation);
    try (Subtensor chain = ChainAccess.connect(configuration)) {
      WindowReport window = new WindowReading(configuration, hotkey, known.records()).at(chain);
      problems.chain(window, known.records().genesis());
      problems.samples(window, known.newestSample());
      known.evaluation().ifPresent(last -> problems.queue(window, last));
      return report(known, Optional.of(window), problems);
    } catch (RpcUnreachableException gone) {
      problems.unreachable(gone.getMessage());
      return report(known, Optional.empty(), problems);
    }
  }

  private StatusReport report(Known known, Optional<WindowReport> window, Problems problems) {
    List<Problem> found = problems.found();
    Next next = Next.of(window, known.newestSample(), known.running());
    State state =
        window.isEmpty() ? State.UNREACHABLE : found.isEmpty() ? next.state() : State.ATTENTION;
    return new StatusReport(
        state,
        found.isEmpty() ? next.reason() : found.get(0).what(),
        next.step(),
        window,
        known.evaluation(),
        lastWeights(known.records()),
        known.newestSample(),
        known.running(),
        found);
  }

  private Known known() {
    if (!Records.areThere(configuration)) {
      return new Known(
          Records.read(configuration, Optional.empty()),
          Optional.empty(),
          Optional.empty(),
          List.of());
    }
    Optional<String> address = hotkey.map(AccountId::ss58);
    try (Warehouse warehouse = Warehouse.open(configuration.warehouse(), new Configuration())) {
      Records records = Records.read(configuration, warehouse, address);
      return new Known(
          records,
          records.evaluations().stream()
              .reduce((earlier, later) -> later)
              .map(row -> evaluation(row, warehouse)),
          newestSample(warehouse, records),
          running(warehouse, address));
    }
  }

  private LastEvaluation evaluation(EvaluationRow row, Warehouse warehouse) {
    List<VerdictRow> verdicts =
        warehouse.table(VerdictRow.TABLE).rows(Expressions.equal("evaluation", row.evaluation()));
    SortedMap<String, Integer> byBlame = new TreeMap<>();
    verdicts.forEach(
        verdict -> verdict.blame().ifPresent(of -> byBlame.merge(of, 1, Integer::sum)));
    return new LastEvaluation(
        row.evaluation(),
        row.window(),
        row.block(),
        row.models(),
        row.accepted(),
        byBlame,
        verdicts.stream()
            .filter(verdict -> verdict.blame().filter(of -> !of.equals("MINER")).isPresent())
            .map(VerdictRow::committedBlock)
            .min(Long::compare),
        Quarantined.nodes(
            warehouse
                .table(AttemptRow.TABLE)
                .rows(Expressions.equal("evaluation", row.evaluation()))),
        row.finishedAt(),
        Bundles.of(configuration).bundle(row.evaluation()).address());
  }

  /** Samples older than the last evaluation's are not looked at: they can't be the newest. */
  private Optional<Long> newestSample(Warehouse warehouse, Records records) {
    long since =
        records.evaluations().stream().mapToLong(EvaluationRow::block).max().orElse(0)
            - 2L * configuration.window().blocks();
    return warehouse
        .table(SampleRow.TABLE)
        .rows(Expressions.greaterThanOrEqual("block", Math.max(0, since)))
        .stream()
        .map(SampleRow::block)
        .max(Long::compare);
  }

  private static List<Running> running(Warehouse warehouse, Optional<String> hotkey) {
    List<Running> running = new ArrayList<>();
    warehouse
        .holder("validator")
        .ifPresent(process -> running.add(new Running("validator", process.pid())));
    warehouse
        .holder("evaluate")
        .ifPresent(process -> running.add(new Running("evaluate", process.pid())));
    hotkey
        .flatMap(address -> warehouse.holder("submit-" + address))
        .ifPresent(process -> running.add(new Running("submit", process.pid())));
    return running;
  }

  private static Optional<LastWeights> lastWeights(Records records) {
    if (records.windows().isEmpty()) {
      return Optional.empty();
    }
    WindowStanding last = records.windows().get(records.windows().lastKey());
    return Optional.of(
        new LastWeights(
            last.window(),
            Weights.valueOf(last.stage().name()),
            last.evaluation(),
            last.extrinsic(),
            last.block(),
            last.reason(),
            last.recordedAt()));
  }
}
