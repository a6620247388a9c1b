package dev.assay.jobs.submit;

import dev.assay.chain.extrinsic.Outcome;
import dev.assay.chain.extrinsic.SignedExtrinsic;
import dev.assay.chain.keys.Signer;
import dev.assay.chain.subtensor.Subtensor;
import dev.assay.chain.weights.PendingCommits.RevealWindow;
import dev.assay.jobs.DurableStep;
import dev.assay.jobs.progress.Progress;
import dev.assay.jobs.submit.SubmitReport.State;
import dev.assay.jobs.submit.WeightLog.Attempt;
import java.util.Optional;

/**
 * Brings committed weights to light: a timelock is only watched, a hash is revealed once its window
 * is open. Whatever died in between, log and chain together say how far a commit came.
 */
final class Reveals {
  private final Subtensor chain;
  private final Signer signer;
  private final WeightLog log;
  private final Progress progress;

  Reveals(Subtensor chain, Signer signer, WeightLog log, Progress progress) {
    this.chain = chain;
    this.signer = signer;
    this.log = log;
    this.progress = progress;
  }

  /**
   * Takes one commit as far as it goes now.
   *
   * @param attempt whose weights are hidden, as far as the log knows
   * @param isLast whether nothing was sent after it
   * @param state after a final block
   */
  SubmitReport settle(Attempt attempt, boolean isLast, HotkeyState state) {
    Hiding hiding = attempt.hiding().orElseThrow();
    Optional<RevealWindow> window = state.window(attempt.intent(), hiding);
    if (window.isPresent() && window.get() == RevealWindow.OPEN) {
      return reveal(attempt, state);
    }
    if (window.isPresent() && window.get() == RevealWindow.TO_COME) {
      return report(attempt, State.COMMITTED, hiding.words());
    }
    if (window.isEmpty() && state.shows(attempt.intent())) {
      log.seenRevealed(attempt);
      return report(attempt, State.ALREADY_SET, "");
    }
    if (!isLast) {
      log.superseded(attempt);
      return report(attempt, State.ALREADY_SET, "a later window's weights have replaced it");
    }
    String reason =
        "the chain has dropped the commit %s unrevealed; run again to commit again"
            .formatted(hiding.commit());
    log.expired(attempt, reason);
    return report(attempt, State.TRY_AGAIN, reason);
  }

  private SubmitReport reveal(Attempt attempt, HotkeyState state) {
    WeightIntent intent = attempt.intent();
    SignedExtrinsic extrinsic =
        chain.sign(
            attempt.hiding().orElseThrow().hashCommit(intent, signer.account()).reveal(),
            signer,
            state.block());
    log.revealSent(attempt, extrinsic.hash().toString(), extrinsic.era().lastBlock());
    progress.stage(
        "submit", "window %d is revealed by %s".formatted(intent.window(), extrinsic.hash()));
    DurableStep.next("send " + extrinsic.hash());
    Outcome outcome = chain.send(extrinsic);
    DurableStep.next("hear of " + extrinsic.hash());
    if (outcome instanceof Outcome.Included included) {
      log.revealed(attempt, included);
      boolean shown = new HotkeyState(chain.at(included.block()), signer.account()).shows(intent);
      return shown
          ? report(attempt, State.SET, "")
          : report(
              attempt,
              State.FAILED,
              "block %d included the reveal, but shows other weights".formatted(included.number()));
    }
    if (outcome instanceof Outcome.Failed failed) {
      State end = PassingRefusal.is(failed) ? State.TRY_AGAIN : State.FAILED;
      return report(attempt, end, "the reveal: " + failed.error() + ": " + failed.words());
    }
    return report(attempt, State.UNKNOWN, "the reveal: " + ((Outcome.Unknown) outcome).known());
  }

  private static SubmitReport report(Attempt attempt, State state, String reason) {
    return SubmitReport.of(
        attempt.intent(),
        state,
        reason,
        attempt.extrinsicHash(),
        attempt.included().map(WeightLog.Place::number));
  }
}
