package dev.assay.score.weights;

import dev.assay.score.contest.RoundScore;
import dev.assay.score.entry.Registration;
import dev.assay.score.rules.Policy;
import dev.assay.score.rules.StateKey;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The original's moving average: one for all competitions. A round's weights are scaled to the
 * number of competitions times the round's share, every old weight is multiplied by α, and 1 − α of
 * the round's is added (finetuning-subnet 0.2.7, neurons/validator.py, {@code run_step}). A model
 * that holds its weight gets its old share of the round again, and the others share the rest.
 */
final class MovingAverage {
  private MovingAverage() {}

  /** The standings after a round; one in which no model took part changes no weight. */
  static Standings after(Standings previous, RoundScore score, int competitions, Misses misses) {
    Policy policy = score.round().policy();
    List<Standing> standings =
        score.isEmpty() ? previous.standings() : averaged(previous, score, competitions, misses);
    return new Standings(
        standings.stream()
            .map(
                standing ->
                    new Standing(
                        standing.registration(),
                        standing.competition(),
                        standing.weight(),
                        misses.count(standing.registration(), policy)))
            .toList(),
        previous.evidence());
  }

  private static List<Standing> averaged(
      Standings previous, RoundScore score, int competitions, Misses misses) {
    Policy policy = score.round().policy();
    String competition = score.round().competition();
    double alpha = policy.payment().alpha();
    double added = (1 - alpha) * (competitions * score.round().rewardShare());
    double total = previous.standings().stream().mapToDouble(Standing::weight).sum();
    double heldWeight = 0;
    Map<Object, Standing> standings = new HashMap<>();
    for (Standing old : previous.standings()) {
      double weight = alpha * old.weight();
      if (old.weight() > 0 && misses.holds(old.registration(), policy)) {
        weight += added * (old.weight() / total);
        heldWeight += old.weight();
      }
      add(standings, policy, old.registration(), old.competition(), weight);
    }
    double free = heldWeight == 0 ? added : added * Math.max(0, 1 - heldWeight / total);
    for (int i = 0; i < score.models().size(); i++) {
      add(
          standings,
          policy,
          score.models().get(i).entry().registration(),
          competition,
          free * score.stepWeights().get(i));
    }
    return new ArrayList<>(standings.values());
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
