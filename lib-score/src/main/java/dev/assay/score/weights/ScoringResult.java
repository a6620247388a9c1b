package dev.assay.score.weights;

import dev.assay.score.entry.Registration;
import java.util.List;
import java.util.Objects;

/**
 * An evaluation's result.
 *
 * @param models every model of every round, in the order given
 * @param standings what the next evaluation needs as its previous standings
 * @param vector the weights for the chain; where it is empty, nothing is to be set
 * @param kept the registrations whose models stay in the evaluation without a new commitment stands
 */
public record ScoringResult(
    List<ScoredModel> models, Standings standings, WeightVector vector, List<Registration> kept) {
  public ScoringResult {
    models = List.copyOf(models);
    Objects.requireNonNull(standings, "standings");
    Objects.requireNonNull(vector, "vector");
    kept = List.copyOf(kept);
  }
}
