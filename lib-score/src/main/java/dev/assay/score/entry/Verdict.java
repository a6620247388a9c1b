package dev.assay.score.entry;

import java.util.Optional;

/**
 * What became of one model in one evaluation. The list is closed: tables and reports rely on it.
 */
public enum Verdict {
  /** It has a loss for every sample. */
  ACCEPTED(null),
  /** Not evaluated yet, or not on every sample. */
  PENDING(Blame.INFRASTRUCTURE),
  /** Not on the window's roster: it has no part in the contest, which says nothing about it. */
  NOT_DUE(Blame.INFRASTRUCTURE),
  /** An earlier commitment holds the same model. */
  DUPLICATE(Blame.MINER),
  /** The bytes on the chain are no commitment. */
  MALFORMED_COMMITMENT(Blame.MINER),
  /** It names a competition that is not open at this block. */
  UNKNOWN_COMPETITION(Blame.MINER),
  /** It names a branch or a short hash instead of a full commit. */
  MUTABLE_REVISION(Blame.MINER),
  /** The hub answers that the repository or the commit does not exist. */
  NOT_FOUND(Blame.MINER),
  /** The published content is not the one that was committed. */
  HASH_MISMATCH(Blame.MINER),
  /** The checkpoint breaks a rule of its competition. */
  REJECTED_CHECKPOINT(Blame.MINER),
  /** A weight or a loss is NaN or infinite. */
  NON_FINITE(Blame.MINER),
  /** The process that held it died. */
  CRASHED(Blame.UNKNOWN),
  /** It did not finish within its limit. */
  TIMED_OUT(Blame.UNKNOWN),
  /** The hub or the chain could not be reached. */
  UNAVAILABLE(Blame.INFRASTRUCTURE);

  private final Blame usualBlame;

  Verdict(Blame usualBlame) {
    this.usualBlame = usualBlame;
  }

  /** Whose fault it is unless something more is known; empty for {@link #ACCEPTED}. */
  public Optional<Blame> usualBlame() {
    return Optional.ofNullable(usualBlame);
  }
}
