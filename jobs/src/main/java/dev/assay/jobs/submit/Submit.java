package dev.assay.jobs.submit;

import dev.assay.chain.extrinsic.Outcome;
import dev.assay.chain.extrinsic.SignedExtrinsic;
import dev.assay.chain.keys.Signer;
import dev.assay.chain.subtensor.BlockView;
import dev.assay.chain.subtensor.CommitReveal;
import dev.assay.chain.subtensor.Hyperparameters;
import dev.assay.chain.subtensor.Neuron;
import dev.assay.chain.subtensor.Subtensor;
import dev.assay.chain.subtensor.Weight;
import dev.assay.chain.subtensor.WeightSetting;
import dev.assay.jobs.ChainAccess;
import dev.assay.jobs.EvaluationReport;
import dev.assay.jobs.NotReadyException;
import dev.assay.jobs.bundle.BundleFolder;
import dev.assay.jobs.config.AssayConfiguration;
import dev.assay.jobs.config.ConfigurationException;
import dev.assay.jobs.evaluate.Reports;
import dev.assay.jobs.progress.Progress;
import dev.assay.jobs.submit.SubmitReport.State;
import dev.assay.jobs.tables.Lease;
import dev.assay.jobs.tables.Warehouse;
import dev.assay.score.UidWeight;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import org.apache.hadoop.conf.Configuration;

/**
 * Sets an evaluation's weights. A window of a validator gets one vector: the intent is a file that
 * only one process can make, and every later run takes up what the last one left.
 */
public final class Submit {
  private final AssayConfiguration configuration;
  private final Warehouse warehouse;
  private final Subtensor chain;
  private final Signer signer;
  private final WeightLog log;
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
        return new Submit(configuration, warehouse, chain, signer, progress, clock).submit(report);
      } finally {
        held.close();
      }
    }
  }

  private SubmitReport submit(EvaluationReport report) {
    if (report.vector().isEmpty()) {
      return report(intent(report, 0, 0), State.NOTHING_TO_SET, "nobody earned a weight");
    }
    BlockView block = chain.at(chain.finalizedHead());
    Neuron neuron = neuron(block, report.netuid());
    Hyperparameters rules = block.hyperparameters(report.netuid());
    recognise(report, block, neuron);
    Optional<String> stranger = stranger(report, neuron);
    if (stranger.isPresent()) {
      return report(intent(report, 0, 0), State.REFUSED, stranger.get());
    }
    WeightIntent wanted =
        intent(report, Math.max(rules.weightsVersion(), versionKey()), neuron.lastUpdate());
    WeightIntent intent = new IntentFile(intents()).claim(wanted);
    log.intent(intent);
    if (!intent.setsTheSame(wanted)) {
      return report(
          wanted,
          State.REFUSED,
          "window %d has another vector, of evaluation %s; a window gets one"
              .formatted(intent.window(), intent.evaluation()));
    }
    return takeUp(intent, block, neuron);
  }

  /** Continues where the window's last run stopped. */
  private SubmitReport takeUp(WeightIntent intent, BlockView block, Neuron neuron) {
    Optional<WeightLog.Attempt> last = log.lastAttempt(intent);
    if (last.isPresent() && last.get().isIncluded()) {
      boolean visible = !last.get().isHidden() || holds(intent, block, neuron.uid());
      return report(
          intent,
          visible ? State.ALREADY_SET : State.COMMITTED,
          visible ? "" : last.get().reason(),
          last.get().extrinsicHash(),
          last.get().block());
    }
    if (neuron.lastUpdate() > intent.lastUpdate()) {
      return report(intent, State.REFUSED, notOurs(neuron));
    }
    if (last.isPresent() && last.get().mayStillBeIncluded(block.number())) {
      return report(
          intent,
          State.UNKNOWN,
          "extrinsic %s may be included until block %d; the last final one is %d"
              .formatted(
                  last.get().extrinsicHash().orElse(""), last.get().lastBlock(), block.number()),
          last.get().extrinsicHash(),
          Optional.empty());
    }
    return send(intent, last.map(WeightLog.Attempt::number).orElse(0) + 1, block);
  }

  /** Extrinsics of unknown fate whose weights the chain turned out to hold. */
  private void recognise(EvaluationReport report, BlockView block, Neuron neuron) {
    IntentFile intents = new IntentFile(intents());
    for (WeightLog.Sent sent : log.unsettled(intent(report, 0, 0))) {
      // The same weights may have stood there before: they are ours only if they moved since.
      boolean inItsTime =
          intents
              .find(sent.intent())
              .filter(intent -> neuron.lastUpdate() > intent.lastUpdate())
              .filter(intent -> neuron.lastUpdate() <= sent.attempt().lastBlock())
              .isPresent();
      if (inItsTime && holds(sent.intent(), block, neuron.uid())) {
        log.found(sent.intent(), sent.attempt(), neuron.lastUpdate());
      }
    }
  }

  /** Two validators with one hotkey would overwrite each other's weights, window for window. */
  private Optional<String> stranger(EvaluationReport report, Neuron neuron) {
    return log.lastIncluded(intent(report, 0, 0))
        .filter(ours -> neuron.lastUpdate() > ours)
        .map(ours -> notOurs(neuron));
  }

  private static String notOurs(Neuron neuron) {
    return "the hotkey's weights were updated at block %d, and not by this validator; stop the other"
            .formatted(neuron.lastUpdate())
        + " one";
  }

  private SubmitReport send(WeightIntent intent, int attempt, BlockView block) {
    List<Weight> weights =
        intent.vector().stream().map(weight -> new Weight(weight.uid(), weight.weight())).toList();
    WeightSetting setting =
        WeightSetting.choose(
            block,
            signer.account(),
            intent.netuid(),
            intent.mechanism(),
            weights,
            intent.versionKey(),
            CommitReveal.ofMainNetwork());
    SignedExtrinsic extrinsic = chain.sign(setting.call(), signer);
    String hash = extrinsic.hash().toString();
    // Recorded before it is sent: a run that dies now leaves something to look for.
    log.sent(intent, attempt, hash, extrinsic.era().lastBlock());
    progress.stage("submit", "%d weights by extrinsic %s".formatted(intent.vector().size(), hash));
    return settle(intent, attempt, setting.revealRound(), chain.send(extrinsic));
  }

  private SubmitReport settle(
      WeightIntent intent, int attempt, OptionalLong revealRound, Outcome outcome) {
    Optional<String> hash = Optional.of(outcome.extrinsic().toString());
    if (outcome instanceof Outcome.Included included) {
      return settleIncluded(intent, attempt, revealRound, included);
    }
    if (outcome instanceof Outcome.Failed failed) {
      log.failed(intent, attempt, failed);
      return report(
          intent,
          State.FAILED,
          failed.error() + ": " + failed.words(),
          hash,
          failed.where().map(Outcome.Included::number));
    }
    Outcome.Unknown unknown = (Outcome.Unknown) outcome;
    return report(
        intent,
        State.UNKNOWN,
        unknown.known() + "; it may be included until block " + unknown.lastBlock(),
        hash,
        Optional.empty());
  }

  private SubmitReport settleIncluded(
      WeightIntent intent, int attempt, OptionalLong revealRound, Outcome.Included included) {
    String hidden =
        revealRound.isPresent()
            ? WeightLog.HIDDEN
                + "; the chain reveals it with beacon round "
                + revealRound.getAsLong()
            : "";
    log.included(intent, attempt, included, hidden);
    Optional<String> hash = Optional.of(included.extrinsic().toString());
    Optional<Long> number = Optional.of(included.number());
    sign(intent, included);
    if (revealRound.isPresent()) {
      return report(intent, State.COMMITTED, hidden, hash, number);
    }
    BlockView block = chain.at(included.block());
    return holds(intent, block, neuron(block, intent.netuid()).uid())
        ? report(intent, State.SET, "", hash, number)
        : report(
            intent,
            State.FAILED,
            "block %d included the extrinsic, but holds other weights".formatted(included.number()),
            hash,
            number);
  }

  /** Stands behind the evaluation's bundle with the hotkey, once its weights are final. */
  private void sign(WeightIntent intent, Outcome.Included included) {
    Map<String, String> facts = new TreeMap<>();
    facts.put("hotkey", intent.hotkey());
    facts.put("extrinsic", included.extrinsic().toString());
    facts.put("included_block", Long.toString(included.number()));
    facts.put("included_block_hash", included.block().toString());
    facts.put("finality", "final");
    BundleFolder.of(configuration.paths().bundles(), intent.evaluation()).sign(signer, facts);
  }

  /** Whether a block holds exactly the intended weights of the validator. */
  private boolean holds(WeightIntent intent, BlockView block, int validator) {
    List<UidWeight> held =
        block
            .weights(intent.netuid(), intent.mechanism())
            .getOrDefault(validator, List.of())
            .stream()
            .filter(weight -> weight.value() > 0)
            .map(weight -> new UidWeight(weight.uid(), weight.value()))
            .sorted(Comparator.comparingInt(UidWeight::uid))
            .toList();
    return held.equals(intent.vector());
  }

  private Neuron neuron(BlockView block, int netuid) {
    return block
        .metagraph(netuid)
        .neuron(signer.account())
        .orElseThrow(
            () ->
                new ConfigurationException(
                    "the hotkey %s is not registered in subnet %d at block %d"
                        .formatted(signer.account().ss58(), netuid, block.number())));
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

  private long versionKey() {
    return configuration.submit().versionKey();
  }

  /** Beside the tables, on this machine: a lock is no table. */
  private Path intents() {
    return warehouse.folder().orElse(Path.of(configuration.paths().bundles())).resolve(".intents");
  }

  private static SubmitReport report(WeightIntent intent, State state, String reason) {
    return report(intent, state, reason, Optional.empty(), Optional.empty());
  }

  private static SubmitReport report(
      WeightIntent intent,
      State state,
      String reason,
      Optional<String> extrinsicHash,
      Optional<Long> block) {
    return new SubmitReport(
        state,
        intent.netuid(),
        intent.mechanism(),
        intent.hotkey(),
        intent.window(),
        intent.evaluation(),
        intent.vector(),
        extrinsicHash,
        block,
        reason);
  }
}
