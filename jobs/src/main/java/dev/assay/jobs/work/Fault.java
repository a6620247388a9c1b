package dev.assay.jobs.work;

import dev.assay.model.hub.http.HubException;
import dev.assay.model.loss.InsufficientMemoryException;
import dev.assay.score.entry.Blame;
import dev.assay.score.entry.Verdict;
import java.util.regex.Pattern;

/**
 * Why a model gets no losses, and whose fault that is. Only a miner's own fault may cost the miner
 * anything, so a fault of unknown cause never does.
 */
public record Fault(Verdict verdict, Blame blame, Origin origin, String reason) {
  /** PyTorch's for CUDA and its libraries, and for memory that it is not given. */
  private static final Pattern NODES_WORDS =
      Pattern.compile(
          "(?i)\\bcuda|cudnn|cublas|cusolver|out of memory|allocate memory|not enough memory"
              + "|bad_alloc");

  /** Something about the model, or what {@link Verdict#usualBlame} says. */
  public static Fault of(Verdict verdict, String reason) {
    boolean ran = verdict == Verdict.CRASHED || verdict == Verdict.TIMED_OUT;
    return of(verdict, ran ? Origin.RUN : Origin.MODEL, reason);
  }

  public static Fault of(Verdict verdict, Origin origin, String reason) {
    return new Fault(verdict, verdict.usualBlame().orElseThrow(), origin, reason);
  }

  /** What the hub's answer means. */
  public static Fault of(HubException exception) {
    Verdict verdict = verdict(exception);
    Origin origin = verdict == Verdict.UNAVAILABLE ? Origin.REPOSITORY : Origin.MODEL;
    return of(verdict, origin, exception.getMessage());
  }

  /** This node is too small for a model that its competition admits. */
  public static Fault of(InsufficientMemoryException exception) {
    return of(
        Verdict.UNAVAILABLE, Origin.NODE, "this node is too small: " + exception.getMessage());
  }

  /** The engine's own failure: the device's or the memory's where its words say so. */
  public static Fault of(RuntimeException exception) {
    String words = exception.toString();
    return NODES_WORDS.matcher(words).find()
        ? of(Verdict.UNAVAILABLE, Origin.NODE, "this node's memory or device failed: " + words)
        : new Fault(Verdict.CRASHED, Blame.UNKNOWN, Origin.RUN, words);
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
