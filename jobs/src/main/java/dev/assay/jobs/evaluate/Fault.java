package dev.assay.jobs.evaluate;

import dev.assay.model.hub.HubException;
import dev.assay.model.loss.InsufficientMemoryException;
import dev.assay.score.Blame;
import dev.assay.score.Verdict;

/**
 * Why a model gets no losses, and whose fault that is. Only a miner's own fault may cost him
 * anything, so what can't be told apart is never his.
 */
record Fault(Verdict verdict, Blame blame, String reason) {
  static Fault of(Verdict verdict, String reason) {
    return new Fault(verdict, verdict.usualBlame().orElseThrow(), reason);
  }

  /** What the hub's answer means. */
  static Fault of(HubException exception) {
    return of(verdict(exception), exception.getMessage());
  }

  /** This node is too small for a model that its competition admits. */
  static Fault of(InsufficientMemoryException exception) {
    return of(Verdict.UNAVAILABLE, "this node is too small: " + exception.getMessage());
  }

  private static Verdict verdict(HubException exception) {
    if (exception instanceof HubException.NotFound) {
      return Verdict.NOT_FOUND;
    }
    if (exception instanceof HubException.MutableRevision) {
      return Verdict.MUTABLE_REVISION;
    }
    if (exception instanceof HubException.TooLarge) {
      return Verdict.REJECTED_CHECKPOINT;
    }
    if (exception instanceof HubException.Mismatch) {
      return Verdict.HASH_MISMATCH;
    }
    // Unreachable, broken, or our own request or token.
    return Verdict.UNAVAILABLE;
  }
}
