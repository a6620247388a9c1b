package dev.assay.score;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.Map;

/**
 * The original's moving average: one for all competitions. A round's weights are scaled to the
 * number of competitions times the round's share, every old weight is multiplied by α, and 1 − α of
 * the round's is added (finetuning-subnet 0.2.7, neurons/validator.py, {@code run_step}).
 */
final class MovingAverage {
  private MovingAverage() {}

  /** The standings after a round; a round in which nobody took part changes nothing. */
  static Standings after(Standings previous, RoundScore score, int competitions) {
    if (score.isEmpty()) {
      return previous;
    }
    Policy policy = score.round().policy();
    String competition = score.round().competition();
    Map<Object, Standing> standings = new HashMap<>();
    for (Standing old : previous.standings()) {
      add(
          standings,
          policy,
          old.registration(),
          old.competition(),
          policy.payment().alpha() * old.weight());
    }
    double scale = competitions * score.round().rewardShare();
    for (int i = 0; i < score.models().size(); i++) {
      double added = (1 - policy.payment().alpha()) * scale * score.stepWeights().get(i);
      add(standings, policy, score.models().get(i).entry().registration(), competition, added);
    }
    return new Standings(new ArrayList<>(standings.values()), previous.evidence());
  }

  /** What a registration holds under its key; 0 where it holds nothing. */
  static double weight(Standings standings, Registration registration, Policy policy) {
    return standings.standings().stream()
        .filter(standing -> key(standing.registration(), policy).equals(key(registration, policy)))
        .mapToDouble(Standing::weight)
        .sum();
  }

  private static void add(
      Map<Object, Standing> standings,
      Policy policy,
      Registration registration,
      String competition,
      double weight) {
    standings.merge(
        key(registration, policy),
        new Standing(registration, competition, weight, 0),
        (old, added) -> new Standing(registration, competition, old.weight() + added.weight(), 0));
  }

  private static Object key(Registration registration, Policy policy) {
    return policy.payment().stateKey() == StateKey.UID ? (Object) registration.uid() : registration;
  }
}
