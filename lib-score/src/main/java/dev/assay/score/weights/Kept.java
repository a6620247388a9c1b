package dev.assay.score.weights;

import dev.assay.score.contest.Duel;
import dev.assay.score.contest.Duels;
import dev.assay.score.contest.RoundScore;
import dev.assay.score.rules.Policy;
import dev.assay.score.statistics.Decision;
import dev.assay.score.statistics.Significance;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * Which models stay in the evaluation without a new commitment: the best, and under a patient
 * policy all that failed through no fault of their miners.
 */
final class Kept {
  private Kept() {}

  /** Places of the models that stay, in the round's list of models. */
  static List<Integer> of(RoundScore score) {
    List<Integer> kept =
        new ArrayList<>(score.duels().isPresent() ? contenders(score) : best(score));
    for (int model = 0; model < score.models().size(); model++) {
      boolean patient = score.round().policy().payment().patience() > 0;
      if (patient && score.isExcused(model)) {
        kept.add(model);
      }
    }
    return kept;
  }

  /**
   * The best by win rate; of equal ones the first given, as the original's stable sort leaves it.
   */
  private static List<Integer> best(RoundScore score) {
    return IntStream.range(0, score.models().size())
        .boxed()
        .filter(model -> score.places().get(model) >= 0)
        .sorted(Comparator.comparingDouble(score::winRate).reversed())
        .limit(score.round().policy().payment().kept())
        .toList();
  }

  /** The competitive set, then the best of those that could still get into it. */
  private static List<Integer> contenders(RoundScore score) {
    Duels duels = score.duels().orElseThrow();
    List<Integer> members = duels.competitiveSet();
    List<Integer> modelOfPlace =
        IntStream.range(0, score.models().size())
            .boxed()
            .filter(model -> score.places().get(model) >= 0)
            .toList();
    // A model that was stopped cannot lead, and its mean is of other samples than the others'.
    Set<Integer> kept = new LinkedHashSet<>();
    // The leader first: a limit must never cut it off.
    for (int i = members.size() - 1; i >= 0; i--) {
      kept.add(modelOfPlace.get(members.get(i)));
    }
    IntStream.range(0, modelOfPlace.size())
        .filter(place -> !members.contains(place) && !score.isStopped(modelOfPlace.get(place)))
        .filter(place -> couldLead(place, members, duels, score))
        .mapToObj(modelOfPlace::get)
        .sorted(Comparator.comparingDouble(model -> score.models().get(model).losses().mean()))
        .forEach(kept::add);
    List<Integer> result = new ArrayList<>(kept);
    int limit = Math.min(result.size(), score.round().policy().payment().kept());
    return result.subList(0, limit);
  }

  /**
   * Whether a model may still be ahead of every member, once ε has decayed for the earlier ones.
   */
  private static boolean couldLead(
      int place, List<Integer> members, Duels duels, RoundScore score) {
    Policy policy = score.round().policy();
    Optional<Significance> significance = policy.ranking().significance();
    for (int member : members) {
      Duel duel = duels.between(place, member);
      boolean memberIsEarlier = duels.isEarlier(member, place);
      Decision atBest =
          significance.isEmpty()
              ? duel.decision()
              : significance
                  .get()
                  .decide(
                      duel.evidence(),
                      memberIsEarlier ? policy.advantage().floor() : duel.epsilon());
      if (atBest == (memberIsEarlier ? Decision.EARLIER : Decision.LATER)) {
        return false;
      }
    }
    return true;
  }
}
