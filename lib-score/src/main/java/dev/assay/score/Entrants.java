package dev.assay.score;

import java.util.Objects;

/**
 * Who takes part.
 *
 * @param tieBreak who is the earlier of two models from one block
 * @param matches which losses are compared
 * @param unranked what becomes of failed models and duplicates
 * @param nearDuplicate at most this distance makes a model a near-duplicate of an earlier one (see
 *     {@link NearDuplicates}), 0 to 1; 0 where no fingerprints are compared
 * @param nearLosses at most this distance of two models' losses, as a share of the earlier one's
 *     mean loss, makes the later one a near-duplicate (see {@link NearLosses}), 0 to 1; 0 where
 *     losses decide nothing of the kind
 */
public record Entrants(
    TieBreak tieBreak,
    Matches matches,
    Unranked unranked,
    double nearDuplicate,
    double nearLosses) {
  public Entrants {
    Objects.requireNonNull(tieBreak, "tieBreak");
    Objects.requireNonNull(matches, "matches");
    Objects.requireNonNull(unranked, "unranked");
    Limits.between("entrants.near_duplicate", nearDuplicate, 0, 1);
    Limits.between("entrants.near_losses", nearLosses, 0, 1);
  }
}
