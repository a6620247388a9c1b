package dev.assay.score.weights;

import dev.assay.score.contest.Round;
import dev.assay.score.contest.RoundScore;
import dev.assay.score.entry.Registration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A moving average of one competition's own, which always sums to the competition's share. It
 * starts at the first evaluation's weights instead of building up from 0. A model that failed
 * through no fault of its miner holds its weight for a while; the others share the rest.
 */
final class CompetitionAverage {
  /** Sums are taken in one order, because the order of additions changes their last bits. */
  private static final Comparator<Registration> ORDER =
      Comparator.comparingInt(Registration::uid)
          .thenComparing(Registration::hotkey)
          .thenComparing(Registration::block);

  private final Round round;
  private final double alpha;
  private final Map<Registration, Standing> old = new HashMap<>();
  private final Map<Registration, Standing> held = new HashMap<>();
  private final Map<Registration, Integer> misses = new HashMap<>();
  private final Map<Registration, Double> step = new HashMap<>();

  private CompetitionAverage(Standings previous, RoundScore score) {
    round = score.round();
    alpha = round.policy().payment().alpha();
    for (Standing standing : previous.standings()) {
      if (standing.competition().equals(round.competition())) {
        old.put(standing.registration(), standing);
      }
    }
    for (int i = 0; i < score.models().size(); i++) {
      Registration registration = score.models().get(i).entry().registration();
      step.put(registration, score.stepWeights().get(i));
      if (score.isExcused(i)) {
        hold(registration);
      }
    }
  }

  /** The standings after a round, those of other competitions unchanged. */
  static Standings after(Standings previous, RoundScore score) {
    List<Standing> standings = new ArrayList<>();
    for (Standing standing : previous.standings()) {
      if (!standing.competition().equals(score.round().competition())) {
        standings.add(standing);
      }
    }
    standings.addAll(new CompetitionAverage(previous, score).standings(score.isEmpty()));
    return new Standings(standings, previous.evidence());
  }

  private void hold(Registration registration) {
    Standing before =
        old.getOrDefault(registration, new Standing(registration, round.competition(), 0, 0));
    int missed = before.missed() + 1;
    misses.put(registration, missed);
    if (missed <= round.policy().payment().patience()) {
      held.put(
          registration, new Standing(registration, round.competition(), before.weight(), missed));
    }
  }

  private List<Standing> standings(boolean nobodyRanked) {
    Set<Registration> others = new HashSet<>(old.keySet());
    others.addAll(step.keySet());
    others.removeAll(held.keySet());
    double oldOfOthers = others.stream().sorted(ORDER).mapToDouble(this::oldWeight).sum();
    double heldWeight =
        held.values().stream()
            .sorted(Comparator.comparing(Standing::registration, ORDER))
            .mapToDouble(Standing::weight)
            .sum();
    double free = Math.max(0, round.rewardShare() - heldWeight);
    // Without a ranking there is nothing new to say; without an old weight nothing to average with.
    double keep = nobodyRanked ? 1 : oldOfOthers == 0 ? 0 : alpha;
    Map<Registration, Double> shares = new HashMap<>();
    for (Registration registration : others) {
      double oldShare = oldOfOthers == 0 ? 0 : oldWeight(registration) / oldOfOthers;
      double newShare = step.getOrDefault(registration, 0.0);
      double share = keep * oldShare + (1 - keep) * newShare;
      boolean fades = !nobodyRanked && newShare == 0;
      shares.put(registration, fades && share < round.policy().payment().forgotten() ? 0 : share);
    }
    // What was dropped goes to the others; where nothing was, no bit changes.
    double left = shares.containsValue(0.0) ? sum(shares) : 1;
    List<Standing> result = new ArrayList<>(held.values());
    for (Registration registration : others) {
      double weight = left == 0 ? 0 : free * (shares.get(registration) / left);
      result.add(
          new Standing(
              registration, round.competition(), weight, misses.getOrDefault(registration, 0)));
    }
    return result;
  }

  private static double sum(Map<Registration, Double> shares) {
    return shares.entrySet().stream()
        .sorted(Map.Entry.comparingByKey(ORDER))
        .mapToDouble(Map.Entry::getValue)
        .sum();
  }

  private double oldWeight(Registration registration) {
    Standing standing = old.get(registration);
    return standing == null ? 0 : standing.weight();
  }
}
