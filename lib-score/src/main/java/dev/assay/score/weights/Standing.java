package dev.assay.score.weights;

import dev.assay.score.Limits;
import dev.assay.score.entry.Registration;
import dev.assay.score.rules.StateKey;
import java.util.Objects;

/**
 * What a registration has been awarded so far in one competition: the state that one evaluation
 * hands to the next.
 *
 * @param registration whose it is
 * @param competition the competition's id; under {@link StateKey#UID} the latest one
 * @param weight the moving average, finite and at least 0
 * @param missed evaluations in a row that failed through no fault of the miner
 */
public record Standing(Registration registration, String competition, double weight, int missed) {
  public Standing {
    Objects.requireNonNull(registration, "registration");
    Objects.requireNonNull(competition, "competition");
    Limits.between(
        "weight of uid " + registration.uid() + " in competition " + competition,
        weight,
        0,
        Double.MAX_VALUE);
    Limits.atLeast("missed of uid " + registration.uid(), missed, 0);
  }
}
