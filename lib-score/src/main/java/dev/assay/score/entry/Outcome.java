package dev.assay.score.entry;

import java.util.Objects;
import java.util.Optional;

/**
 * A verdict with whose fault it is and, where a rule was broken, which.
 *
 * @param verdict the verdict
 * @param blame empty exactly when the model is accepted
 * @param breach the rule, value and limit behind a rejection, where there is one
 */
public record Outcome(Verdict verdict, Optional<Blame> blame, Optional<Breach> breach) {
  private static final Outcome ACCEPTED =
      new Outcome(Verdict.ACCEPTED, Optional.empty(), Optional.empty());

  public Outcome {
    Objects.requireNonNull(verdict, "verdict");
    Objects.requireNonNull(blame, "blame");
    Objects.requireNonNull(breach, "breach");
    if (blame.isPresent() == (verdict == Verdict.ACCEPTED)) {
      throw new IllegalArgumentException(
          "outcome " + verdict + ": blame is " + blame + "; every verdict but ACCEPTED has one");
    }
  }

  /** The outcome of a model without fault. */
  public static Outcome accepted() {
    return ACCEPTED;
  }

  /** A verdict other than ACCEPTED with its usual blame and no more detail. */
  public static Outcome of(Verdict verdict) {
    return new Outcome(verdict, verdict.usualBlame(), Optional.empty());
  }

  /** A verdict other than ACCEPTED with its usual blame and the rule that was broken. */
  public static Outcome of(Verdict verdict, Breach breach) {
    return new Outcome(verdict, verdict.usualBlame(), Optional.of(breach));
  }

  /** Whether the model was evaluated without fault. */
  public boolean isAccepted() {
    return verdict == Verdict.ACCEPTED;
  }

  /** Whether the miner has to answer for it. */
  public boolean isMinersFault() {
    return blame.isPresent() && blame.get() == Blame.MINER;
  }
}
