package dev.assay.score.weights;

import dev.assay.score.contest.RoundScore;
import dev.assay.score.entry.Registration;
import dev.assay.score.rules.Policy;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Which models failed through no fault of their miners, and for how many evaluations in a row: over
 * all its rounds, because one moving average is for all competitions.
 */
record Misses(Map<Registration, Integer> inARow) {
  Misses {
    inARow = Map.copyOf(inARow);
  }

  static Misses of(Standings previous, List<RoundScore> scores) {
    Map<Registration, Integer> before = new HashMap<>();
    previous.standings().forEach(old -> before.merge(old.registration(), old.missed(), Math::max));
    Map<Registration, Integer> inARow = new HashMap<>();
    for (RoundScore score : scores) {
      for (int model = 0; model < score.models().size(); model++) {
        if (score.isExcused(model)) {
          Registration registration = score.models().get(model).entry().registration();
          inARow.put(registration, before.getOrDefault(registration, 0) + 1);
        }
      }
    }
    return new Misses(inARow);
  }

  /** Evaluations in a row; not counted by a policy that has no patience. */
  int count(Registration registration, Policy policy) {
    return policy.payment().patience() == 0 ? 0 : inARow.getOrDefault(registration, 0);
  }

  /** Whether a registration failed, and not more often in a row than the policy is patient. */
  boolean holds(Registration registration, Policy policy) {
    Integer missed = inARow.get(registration);
    return missed != null && missed <= policy.payment().patience();
  }
}
