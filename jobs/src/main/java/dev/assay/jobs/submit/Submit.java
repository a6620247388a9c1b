package dev.assay.jobs.submit;

import dev.assay.chain.keys.Signer;
import dev.assay.chain.subtensor.Subtensor;
import dev.assay.jobs.NotReadyException;
import dev.assay.jobs.chain.ChainAccess;
import dev.assay.jobs.chain.WarehouseChain;
import dev.assay.jobs.config.AssayConfiguration;
import dev.assay.jobs.config.ChainSettings;
import dev.assay.jobs.progress.Progress;
import dev.assay.jobs.report.EvaluationReport;
import dev.assay.jobs.report.EvaluationReports;
import dev.assay.jobs.storage.Lease;
import dev.assay.jobs.submit.SubmitReport.State;
import dev.assay.jobs.tables.Warehouse;
import dev.assay.score.sampling.Window;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;
import org.apache.hadoop.conf.Configuration;

/**
 * Sets an evaluation's weights. A window of a validator gets one vector: the intent is a file that
 * only one process can make, and every later run takes up what the last one left. Weights that the
 * chain hides are revealed by whichever run comes when it is time.
 */
public final class Submit {
  private final AssayConfiguration configuration;
  private final Warehouse warehouse;
  private final Subtensor chain;
  private final Signer signer;
  private final WindowWeights weights;
  private final Progress progress;

  private Submit(
      AssayConfiguration configuration,
      Warehouse warehouse,
      Subtensor chain,
      Signer signer,
      Progress progress,
      Clock clock) {
    this.configuration = configuration;
    this.warehouse = warehouse;
    this.chain = chain;
    this.signer = signer;
    this.weights = new WindowWeights(configuration, warehouse, chain, signer, progress, clock);
    this.progress = progress;
  }

  /**
   * Sets the weights of a completed evaluation.
   *
   * @param evaluation its id
   * @param signer of the validator's hotkey
   * @param clock for the times that events are recorded with
   * @throws NotReadyException if the evaluation isn't complete, or another process submits
   */
  public static SubmitReport run(
      AssayConfiguration configuration,
      String evaluation,
      Signer signer,
      Progress progress,
      Clock clock) {
    return run(configuration, evaluation, signer, OptionalLong.empty(), progress, clock);
  }

  /**
   * Sets the weights of a completed evaluation, although the hotkey's weights moved without us.
   *
   * @param known the block of an update by another program that the operator knows of
   */
  public static SubmitReport run(
      AssayConfiguration configuration,
      String evaluation,
      Signer signer,
      OptionalLong known,
      Progress progress,
      Clock clock) {
    return alone(
        configuration, signer, progress, clock, submit -> submit.evaluation(evaluation, known));
  }

  /**
   * Sets the weights of the present window: those of its completed evaluation, or, where there is
   * none by {@code submit.latest_block}, what {@code submit.fallback} says.
   *
   * @param signer of the validator's hotkey
   * @param clock for the times that events are recorded with
   * @throws NotReadyException if another process submits
   */
  public static SubmitReport run(
      AssayConfiguration configuration, Signer signer, Progress progress, Clock clock) {
    return alone(configuration, signer, progress, clock, Submit::presentWindow);
  }

  private static SubmitReport alone(
      AssayConfiguration configuration,
      Signer signer,
      Progress progress,
      Clock clock,
      Function<Submit, SubmitReport> work) {
    try (Warehouse warehouse = Warehouse.open(configuration.warehouse(), new Configuration());
        Subtensor chain = ChainAccess.connect(configuration)) {
      WarehouseChain.claim(warehouse, chain, configuration);
      Optional<Lease> lease = warehouse.lease("submit-" + signer.account().ss58());
      if (lease.isEmpty()) {
        throw new NotReadyException(
            "another process sets weights for " + signer.account().ss58() + "; wait for it");
      }
      Lease held = lease.get();
      try {
        return work.apply(new Submit(configuration, warehouse, chain, signer, progress, clock));
      } finally {
        held.close();
      }
    }
  }

  private SubmitReport evaluation(String evaluation, OptionalLong known) {
    EvaluationReport report = new EvaluationReports(warehouse).named(evaluation);
    EvaluationChain.require(report, chain, configuration.chain());
    Assignment assignment = Assignment.of(report);
    if (report.genesis().isEmpty()) {
      return SubmitReport.of(
          assignment.intent(signer.account().ss58()), State.REFUSED, unknownChain(report));
    }
    known.ifPresent(block -> weights.accept(assignment, block));
    return weights.submit(assignment);
  }

  private Optional<EvaluationReport> report(String evaluation) {
    Optional<EvaluationReport> report = new EvaluationReports(warehouse).find(evaluation);
    report.ifPresent(found -> EvaluationChain.require(found, chain, configuration.chain()));
    return report;
  }

  private static String unknownChain(EvaluationReport report) {
    return ("evaluation %s does not say which chain it was made on, like those of earlier releases;"
            + " evaluate again, no loss is computed twice")
        .formatted(report.evaluation());
  }

  private SubmitReport presentWindow() {
    HotkeyState state = weights.state();
    Window window = Window.containing(state.block().number(), configuration.window().blocks());
    ChainSettings settings = configuration.chain();
    WeightIntent plan =
        new WeightIntent(
            chain.genesisHash().toString(),
            settings.netuid(),
            settings.mechanism(),
            signer.account().ss58(),
            window.number(),
            "",
            List.of(),
            0,
            0);
    Optional<WeightIntent> claimed = weights.claimed(plan);
    if (claimed.isPresent()) {
      return repeat(claimed.get(), window)
          .map(weights::submit)
          .orElseGet(
              () -> SubmitReport.of(plan, State.REFUSED, WindowWeights.taken(claimed.get(), plan)));
    }
    return new EvaluationReports(warehouse)
        .latest(plan.genesis(), plan.netuid(), plan.mechanism(), window.number())
        .map(found -> evaluation(found, OptionalLong.empty()))
        .orElseGet(() -> fallback(plan, window, state));
  }

  private SubmitReport fallback(WeightIntent plan, Window window, HotkeyState state) {
    // Even a window that gets no weights may be the time to reveal an earlier one's.
    Optional<WeightIntent> last = weights.lastStanding(plan);
    Fallback fallback = Fallback.of(window, state, configuration);
    if (!fallback.isDue()) {
      return SubmitReport.of(plan, State.TRY_AGAIN, fallback.waiting());
    }
    if (!fallback.repeats()) {
      return SubmitReport.of(plan, State.FAILED, fallback.nothing());
    }
    Optional<Assignment> again = last.flatMap(earlier -> repeat(earlier, window));
    if (again.isEmpty()) {
      return SubmitReport.of(plan, State.FAILED, fallback.nothingToRepeat());
    }
    progress.stage("fallback", fallback.repeating(last.orElseThrow()));
    return weights.submit(again.get());
  }

  /** An earlier vector for a window, if its evaluation still tells which hotkeys it pays. */
  private Optional<Assignment> repeat(WeightIntent earlier, Window window) {
    return report(earlier.evaluation())
        .filter(report -> report.genesis().isPresent())
        .map(report -> Assignment.of(report, window.number(), earlier.vector()));
  }
}
