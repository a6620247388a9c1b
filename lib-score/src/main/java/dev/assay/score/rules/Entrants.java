package dev.assay.score.rules;

import dev.assay.score.Limits;
import java.util.Objects;

/**
 * Which models take part.
 *
 * @param tieBreak which of two models from one block is the earlier
 * @param matches which losses are compared
 * @param unranked what becomes of failed models and duplicates
 * @param nearDuplicate at most this distance of their fingerprints makes a model a near-duplicate
 *     of an earlier one, 0 to 1; 0 where no fingerprints are compared
 * @param nearLosses at most this distance of two models' losses, as a share of the earlier one's
 *     mean loss, makes the later one a near-duplicate, 0 to 1; 0 where losses decide nothing of the
 *     kind
 */
public record Entrants(
    TieBreak tieBreak,
    Matches matches,
    Unranked unranked,
    double nearDuplicate,
    double nearLosses) {
  /**
   * What {@code nearLosses} is under policies that look for near-copies: docs/scoring.md has the
   * measurement.
   */
  public static final double NEAR_LOSSES = 0.002;

  public Entrants {
    Objects.requireNonNull(tieBreak, "tieBreak");
    Objects.requireNonNull(matches, "matches");
    Objects.requireNonNull(unranked, "unranked");
    Limits.between("entrants.near_duplicate", nearDuplicate, 0, 1);
    Limits.between("entrants.near_losses", nearLosses, 0, 1);
  }
}
