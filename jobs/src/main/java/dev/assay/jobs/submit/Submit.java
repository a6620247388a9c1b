package dev.assay.jobs.submit;

import dev.assay.chain.extrinsic.Outcome;
import dev.assay.chain.extrinsic.SignedExtrinsic;
import dev.assay.chain.keys.Signer;
import dev.assay.chain.subtensor.Hyperparameters;
import dev.assay.chain.subtensor.Neuron;
import dev.assay.chain.subtensor.Subtensor;
import dev.assay.jobs.ChainAccess;
import dev.assay.jobs.DurableStep;
import dev.assay.jobs.EvaluationReport;
import dev.assay.jobs.NotReadyException;
import dev.assay.jobs.config.AssayConfiguration;
import dev.assay.jobs.config.ConfigurationException;
import dev.assay.jobs.evaluate.Reports;
import dev.assay.jobs.progress.Progress;
import dev.assay.jobs.submit.SubmitReport.State;
import dev.assay.jobs.submit.WeightLog.Attempt;
import dev.assay.jobs.submit.WeightLog.Place;
import dev.assay.jobs.tables.Lease;
import dev.assay.jobs.tables.Warehouse;
import java.nio.file.Path;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
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
  private final WeightLog log;
  private final BundleSignature signature;
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
    this.log = new WeightLog(warehouse, clock);
    this.signature = new BundleSignature(configuration.paths().bundles(), signer, progress);
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
   * @param known the block of an update that somebody else made and that the operator knows of
   */
  public static SubmitReport run(
      AssayConfiguration configuration,
      String evaluation,
      Signer signer,
      OptionalLong known,
      Progress progress,
      Clock clock) {
    try (Warehouse warehouse =
            Warehouse.open(configuration.paths().warehouse(), new Configuration());
        Subtensor chain = ChainAccess.connect(configuration)) {
      EvaluationReport report =
          new Reports(warehouse)
              .find(evaluation)
              .orElseThrow(
                  () ->
                      new NotReadyException(
                          "there is no completed evaluation " + evaluation + "; evaluate first"));
      Optional<Lease> lease = warehouse.lease("submit-" + signer.account().ss58());
      if (lease.isEmpty()) {
        throw new NotReadyException(
            "another process sets weights for " + signer.account().ss58() + "; wait for it");
      }
      Lease held = lease.get();
      try {
        Submit submit = new Submit(configuration, warehouse, chain, signer, progress, clock);
        known.ifPresent(block -> submit.accept(report, block));
        return submit.submit(report);
      } finally {
        held.close();
      }
    }
  }

  private void accept(EvaluationReport report, long known) {
    long updated = state().neuron(report.netuid()).lastUpdate();
    if (updated != known) {
      throw new ConfigurationException(
          "the hotkey's last update is of block %d, not %d; look what set it"
              .formatted(updated, known));
    }
    log.accepted(intent(report, 0, 0), known);
  }

  private SubmitReport submit(EvaluationReport report) {
    WeightIntent plan = intent(report, 0, 0);
    HotkeyState before = state();
    recognise(plan, before);
    Map<Long, SubmitReport> revealed = reveal(plan, before);
    if (report.vector().isEmpty()) {
      return SubmitReport.of(plan, State.NOTHING_TO_SET, "nobody earned a weight");
    }
    HotkeyState state = state();
    Neuron neuron = state.neuron(report.netuid());
    OptionalLong ours = log.lastChange(plan);
    if (isStrangers(neuron, ours, report.window())) {
      return SubmitReport.of(plan, State.REFUSED, notOurs(neuron));
    }
    Hyperparameters rules = state.block().hyperparameters(report.netuid());
    WeightIntent wanted =
        intent(
            report,
            Math.max(rules.weightsVersion(), configuration.submit().versionKey()),
            neuron.lastUpdate());
    WeightIntent intent = new IntentFile(intents()).claim(wanted);
    log.intent(intent);
    if (!intent.setsTheSame(wanted)) {
      return SubmitReport.of(
          wanted,
          State.REFUSED,
          "window %d has another vector, of evaluation %s; a window gets one"
              .formatted(intent.window(), intent.evaluation()));
    }
    SubmitReport done = revealed.get(intent.window());
    return done != null ? done : takeUp(intent, state, neuron, ours);
  }

  /** Continues where the window's last run stopped. */
  private SubmitReport takeUp(
      WeightIntent intent, HotkeyState state, Neuron neuron, OptionalLong ours) {
    Optional<Attempt> last = log.lastAttempt(intent);
    if (last.isPresent() && last.get().stands()) {
      signature.add(last.get());
      return SubmitReport.of(
          intent,
          State.ALREADY_SET,
          "",
          last.get().extrinsicHash(),
          last.get().included().map(Place::number));
    }
    if (ours.isEmpty() && neuron.lastUpdate() > intent.lastUpdate()) {
      return SubmitReport.of(intent, State.REFUSED, notOurs(neuron));
    }
    if (last.isPresent()
        && last.get().isUnsettled()
        && state.block().number() <= last.get().lastBlock()) {
      return SubmitReport.of(
          intent,
          State.UNKNOWN,
          "extrinsic %s may be included until block %d; the last final one is %d"
              .formatted(
                  last.get().extrinsicHash().orElse(""),
                  last.get().lastBlock(),
                  state.block().number()),
          last.get().extrinsicHash(),
          Optional.empty());
    }
    return send(intent, last.map(Attempt::number).orElse(0) + 1, state);
  }

  /** Extrinsics of unknown fate that the chain turned out to have taken. */
  private void recognise(WeightIntent plan, HotkeyState state) {
    List<Attempt> unsettled = log.attempts(plan).stream().filter(Attempt::isUnsettled).toList();
    if (unsettled.isEmpty()) {
      return;
    }
    long updated = state.neuron(plan.netuid()).lastUpdate();
    for (Attempt attempt : unsettled) {
      if (isTaken(attempt, updated, state)) {
        log.found(attempt, new Place(updated, chain.blockHash(updated).toString()));
      }
    }
  }

  private boolean isTaken(Attempt attempt, long updated, HotkeyState state) {
    boolean pending =
        attempt.hiding().flatMap(hiding -> state.window(attempt.intent(), hiding)).isPresent();
    if (pending) {
      return true;
    }
    // The same weights may have stood there before: they are ours only if they moved since.
    boolean inItsTime =
        new IntentFile(intents())
            .find(attempt.intent())
            .filter(intent -> updated > intent.lastUpdate() && updated <= attempt.lastBlock())
            .isPresent();
    return inItsTime && state.shows(attempt.intent());
  }

  /** Takes hidden weights of all windows as far as they go; what became of each. */
  private Map<Long, SubmitReport> reveal(WeightIntent plan, HotkeyState state) {
    Reveals reveals = new Reveals(chain, signer, log, progress);
    Map<Long, SubmitReport> reports = new HashMap<>();
    List<Attempt> attempts = log.attempts(plan);
    for (Attempt attempt : attempts) {
      if (attempt.isHidden()) {
        boolean isLast = attempt.equals(attempts.get(attempts.size() - 1));
        SubmitReport report = reveals.settle(attempt, isLast, state);
        reports.put(attempt.intent().window(), report);
        log.lastAttempt(attempt.intent()).ifPresent(signature::add);
      }
    }
    return reports;
  }

  /**
   * Whether the hotkey's last update is one that this log does not know. A log without any update
   * looks at this window alone: what was set before it belongs to other windows.
   */
  private boolean isStrangers(Neuron neuron, OptionalLong ours, long window) {
    if (ours.isPresent()) {
      return neuron.lastUpdate() > ours.getAsLong();
    }
    boolean isWeights = neuron.lastUpdate() != neuron.blockAtRegistration();
    return isWeights && neuron.lastUpdate() >= window * configuration.window().blocks();
  }

  private static String notOurs(Neuron neuron) {
    return "the hotkey's weights were updated at block %d, and not by this validator; stop the other one, then run with --accept-update %d"
        .formatted(neuron.lastUpdate(), neuron.lastUpdate());
  }

  private SubmitReport send(WeightIntent intent, int attempt, HotkeyState state) {
    PreparedWeights weights =
        PreparedWeights.of(intent, state.block(), signer.account(), configuration.submit());
    // The nonce of the block at which the hotkey's last update was read: should another validator
    // with this hotkey act since, the chain takes only one of the two.
    SignedExtrinsic extrinsic = chain.sign(weights.call(), signer, state.block());
    String hash = extrinsic.hash().toString();
    // Recorded before it is sent: a run that dies now leaves something to look for.
    log.sent(intent, attempt, hash, extrinsic.era().lastBlock(), weights.hiding());
    progress.stage("submit", "%d weights by extrinsic %s".formatted(intent.vector().size(), hash));
    DurableStep.next("send " + hash);
    Outcome outcome = chain.send(extrinsic);
    DurableStep.next("hear of " + hash);
    return settle(intent, attempt, weights.hiding(), outcome);
  }

  private SubmitReport settle(
      WeightIntent intent, int attempt, Optional<Hiding> hiding, Outcome outcome) {
    Optional<String> hash = Optional.of(outcome.extrinsic().toString());
    if (outcome instanceof Outcome.Included included) {
      log.included(intent, attempt, included);
      signature.add(log.lastAttempt(intent).orElseThrow());
      return included(intent, hiding, included);
    }
    if (outcome instanceof Outcome.Failed failed) {
      log.failed(intent, attempt, failed);
      return SubmitReport.of(
          intent,
          State.FAILED,
          failed.error() + ": " + failed.words(),
          hash,
          failed.where().map(Outcome.Included::number));
    }
    Outcome.Unknown unknown = (Outcome.Unknown) outcome;
    return SubmitReport.of(
        intent,
        State.UNKNOWN,
        unknown.known() + "; it may be included until block " + unknown.lastBlock(),
        hash,
        Optional.empty());
  }

  private SubmitReport included(
      WeightIntent intent, Optional<Hiding> hiding, Outcome.Included included) {
    Optional<String> hash = Optional.of(included.extrinsic().toString());
    Optional<Long> number = Optional.of(included.number());
    if (hiding.isPresent()) {
      return SubmitReport.of(intent, State.COMMITTED, hiding.get().words(), hash, number);
    }
    return new HotkeyState(chain.at(included.block()), signer.account()).shows(intent)
        ? SubmitReport.of(intent, State.SET, "", hash, number)
        : SubmitReport.of(
            intent,
            State.FAILED,
            "block %d included the extrinsic, but holds other weights".formatted(included.number()),
            hash,
            number);
  }

  private HotkeyState state() {
    return new HotkeyState(chain.at(chain.finalizedHead()), signer.account());
  }

  private WeightIntent intent(EvaluationReport report, long versionKey, long lastUpdate) {
    return new WeightIntent(
        report.netuid(),
        report.mechanism(),
        signer.account().ss58(),
        report.window(),
        report.evaluation(),
        report.vector(),
        versionKey,
        lastUpdate);
  }

  /** Beside the tables, on this machine: a lock is no table. */
  private Path intents() {
    return warehouse.folder().orElse(Path.of(configuration.paths().bundles())).resolve(".intents");
  }
}
