package dev.assay.jobs.submit;

import dev.assay.chain.extrinsic.Outcome;
import dev.assay.chain.extrinsic.SignedExtrinsic;
import dev.assay.chain.hash.Hash;
import dev.assay.chain.keys.Signer;
import dev.assay.chain.subtensor.Hyperparameters;
import dev.assay.chain.subtensor.Metagraph;
import dev.assay.chain.subtensor.Neuron;
import dev.assay.chain.subtensor.Subtensor;
import dev.assay.jobs.DurableStep;
import dev.assay.jobs.bundle.Bundles;
import dev.assay.jobs.config.AssayConfiguration;
import dev.assay.jobs.config.ConfigurationException;
import dev.assay.jobs.progress.Progress;
import dev.assay.jobs.submit.SubmitReport.State;
import dev.assay.jobs.submit.WeightLog.Attempt;
import dev.assay.jobs.submit.WeightLog.Place;
import dev.assay.jobs.tables.Warehouse;
import dev.assay.score.rules.WeightLimits;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Sets what one window is to get: the intent durably first, then the extrinsic, then what became of
 * it. Every run takes up what the last one left, and reveals hidden weights when it is time.
 */
final class WindowWeights {
  private final AssayConfiguration configuration;
  private final Warehouse warehouse;
  private final Subtensor chain;
  private final Signer signer;
  private final WeightLog log;
  private final BundleSignature signature;
  private final Progress progress;

  WindowWeights(
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
    this.signature = new BundleSignature(Bundles.of(configuration), signer, progress);
    this.progress = progress;
  }

  /** Notes that the operator knows of an update that was not ours. */
  void accept(Assignment assignment, long known) {
    long updated = neuron(assignment, state()).lastUpdate();
    if (updated != known) {
      throw new ConfigurationException(
          "the hotkey's last update is of block %d, not %d; find out what set it"
              .formatted(updated, known));
    }
    log.accepted(plan(assignment), known);
  }

  /** Sets what a window is to get. */
  SubmitReport submit(Assignment assignment) {
    WeightIntent plan = plan(assignment);
    HotkeyState before = state();
    recognise(plan, before);
    Map<Long, SubmitReport> revealed = reveal(plan, before);
    if (assignment.vector().isEmpty()) {
      return SubmitReport.of(plan, State.NOTHING_TO_SET, "no model earned a weight");
    }
    HotkeyState state = state();
    Neuron neuron = neuron(assignment, state);
    LastUpdate update = new LastUpdate(neuron, log, configuration.window().blocks());
    Optional<String> strangers = update.strangers(plan);
    if (strangers.isPresent()) {
      return SubmitReport.of(plan, State.REFUSED, strangers.get());
    }
    WeightIntent wanted = wanted(assignment, state, neuron);
    if (wanted.vector().isEmpty()) {
      return SubmitReport.of(
          plan, State.NOTHING_TO_SET, "no hotkey that the evaluation pays is still registered");
    }
    WeightIntent intent = intents().claim(wanted);
    if (!intent.standsForTheSame(wanted)) {
      return SubmitReport.of(wanted, State.REFUSED, taken(intent, wanted));
    }
    log.intent(intent);
    SubmitReport done = revealed.get(intent.window());
    return done != null
        ? done
        : takeUp(intent.with(wanted.vector(), wanted.versionKey()), state, update);
  }

  /**
   * The assignment for the chain as it is: its version key, and the recipients that are still
   * registered.
   */
  private WeightIntent wanted(Assignment assignment, HotkeyState state, Neuron neuron) {
    Hyperparameters rules = state.block().hyperparameters(assignment.netuid());
    Metagraph members = state.metagraph(assignment.netuid(), assignment.mechanism());
    Recipients recipients = assignment.recipients();
    List<Integer> gone = recipients.gone(assignment.vector(), members);
    if (!gone.isEmpty()) {
      progress.stage("submit", "uids %s have changed hands and get nothing".formatted(gone));
    }
    WeightLimits limits =
        new WeightLimits(Math.max(1, rules.maxWeightsLimit()), rules.minAllowedWeights());
    return new WeightIntent(
        assignment.genesis(),
        assignment.netuid(),
        assignment.mechanism(),
        signer.account().ss58(),
        assignment.window(),
        assignment.evaluation(),
        recipients.payable(assignment.vector(), members, limits),
        Math.max(rules.weightsVersion(), configuration.submit().versionKey()),
        neuron.lastUpdate());
  }

  /** Why a window that another intent has gets no second one. */
  static String taken(WeightIntent intent, WeightIntent wanted) {
    return intent.genesis().equals(wanted.genesis())
        ? "window %d has another vector, of evaluation %s; a window gets one"
            .formatted(intent.window(), intent.evaluation())
        : "window %d has an intent of evaluation %s, which was made for %s; wait for the next window"
            .formatted(
                intent.window(),
                intent.evaluation(),
                intent.genesis().isEmpty() ? "a chain that it does not name" : "another chain");
  }

  /** Continues where the window's last run stopped. */
  private SubmitReport takeUp(WeightIntent intent, HotkeyState state, LastUpdate update) {
    Optional<Attempt> last = log.lastAttempt(intent);
    if (last.isPresent() && last.get().stands()) {
      signature.add(last.get());
      return SubmitReport.of(
          last.get().intent(),
          State.ALREADY_SET,
          "",
          last.get().extrinsicHash(),
          last.get().included().map(Place::number));
    }
    Optional<String> moved = update.movedSince(intent);
    if (moved.isPresent()) {
      return SubmitReport.of(intent, State.REFUSED, moved.get());
    }
    Optional<String> newer = update.newerThan(intent);
    if (last.isPresent()
        && last.get().isUnsettled()
        && state.block().number() <= last.get().lastBlock()) {
      boolean isWanted =
          newer.isEmpty()
              && last.get().intent().vector().equals(intent.vector())
              && last.get().intent().versionKey() == intent.versionKey();
      Outcome outcome = fate(last.get(), isWanted, state);
      if (outcome instanceof Outcome.Failed failed && failed.isLost()) {
        log.failed(intent, last.get().number(), failed);
        HotkeyState now = state();
        return takeUp(intent, now, update.at(now.neuron(intent.netuid(), intent.mechanism())));
      }
      return settle(last.get().intent(), last.get().number(), last.get().hiding(), outcome);
    }
    if (newer.isPresent()) {
      return SubmitReport.of(intent, State.REFUSED, newer.get());
    }
    Optional<String> tooSoon = update.tooSoon(intent, state.block(), best());
    if (tooSoon.isPresent()) {
      return SubmitReport.of(intent, State.TRY_AGAIN, tooSoon.get());
    }
    return send(intent, last.map(Attempt::number).orElse(0) + 1, state);
  }

  /**
   * What becomes of an extrinsic that an earlier run has sent, or was about to send. One that is
   * still wanted is sent again as it was signed: its nonce admits it once. Any other may yet be
   * included until its era ends.
   */
  private Outcome fate(Attempt attempt, boolean isWanted, HotkeyState state) {
    Outcome.Unknown unknown =
        new Outcome.Unknown(
            Hash.fromHex(attempt.extrinsicHash().orElseThrow()),
            "the last final block is " + state.block().number(),
            attempt.lastBlock());
    if (!isWanted || attempt.extrinsic().isEmpty()) {
      return unknown;
    }
    SignedExtrinsic extrinsic = attempt.extrinsic().get();
    DurableStep.next("send again " + extrinsic.hash());
    Outcome outcome = chain.send(extrinsic);
    DurableStep.next("hear of " + extrinsic.hash());
    // Another node may hold what this one refuses.
    boolean isCertain =
        !(outcome instanceof Outcome.Failed failed)
            || failed.isLost()
            || failed.where().isPresent();
    return isCertain ? outcome : unknown;
  }

  /** The window's intent, if one was made. */
  Optional<WeightIntent> claimed(WeightIntent sameWindow) {
    return intents().find(sameWindow);
  }

  /** Brings all earlier windows up to date; the last whose weights stand. */
  Optional<WeightIntent> lastStanding(WeightIntent plan) {
    HotkeyState state = state();
    recognise(plan, state);
    reveal(plan, state);
    return log.attempts(plan).stream()
        .filter(Attempt::stands)
        .reduce((earlier, later) -> later)
        .map(Attempt::intent);
  }

  /** Extrinsics of unknown fate that the chain turned out to have taken. */
  private void recognise(WeightIntent plan, HotkeyState state) {
    List<Attempt> unsettled = log.attempts(plan).stream().filter(Attempt::isUnsettled).toList();
    if (unsettled.isEmpty()) {
      return;
    }
    long updated = state.neuron(plan.netuid(), plan.mechanism()).lastUpdate();
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
        intents()
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

  private SubmitReport send(WeightIntent intent, int attempt, HotkeyState state) {
    PreparedWeights weights =
        PreparedWeights.of(intent, state.block(), signer.account(), configuration.submit());
    // The nonce of the block at which the hotkey's last update was read: should another validator
    // with this hotkey act since, the chain takes only one of the two.
    SignedExtrinsic extrinsic = chain.sign(weights.call(), signer, state.block());
    String hash = extrinsic.hash().toString();
    // Recorded before it is sent: a run that dies now leaves something to look for.
    log.sent(intent, attempt, extrinsic, weights.hiding());
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
          PassingRefusal.is(failed) ? State.TRY_AGAIN : State.FAILED,
          failed.error() + ": " + failed.words() + whenItPasses(intent, failed),
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

  private String whenItPasses(WeightIntent intent, Outcome.Failed failed) {
    if (!PassingRefusal.isRate(failed)) {
      return PassingRefusal.is(failed) ? "; run again" : "";
    }
    HotkeyState now = new HotkeyState(chain.at(chain.bestHead()), signer.account());
    LastUpdate update =
        new LastUpdate(
            now.neuron(intent.netuid(), intent.mechanism()), log, configuration.window().blocks());
    return update.tooSoon(intent, now.block(), now.block().number()).map(" "::concat).orElse("");
  }

  private long best() {
    return chain.at(chain.bestHead()).number();
  }

  /** The hotkey at the last final block. */
  HotkeyState state() {
    return new HotkeyState(chain.at(chain.finalizedHead()), signer.account());
  }

  private static Neuron neuron(Assignment assignment, HotkeyState state) {
    return state.neuron(assignment.netuid(), assignment.mechanism());
  }

  private WeightIntent plan(Assignment assignment) {
    return assignment.intent(signer.account().ss58());
  }

  /** Beside the tables: a lock is not a table. */
  private Intents intents() {
    return new Intents(
        warehouse.place().orElseGet(() -> Bundles.of(configuration).place()).objects(".intents"));
  }
}
