package dev.assay.score.contest;

import dev.assay.score.entry.Entry;
import dev.assay.score.entry.EntryOrder;
import dev.assay.score.entry.ModelResult;
import dev.assay.score.entry.SampleFilter;
import dev.assay.score.rules.Policy;
import dev.assay.score.statistics.ClusterSums;
import dev.assay.score.statistics.Decision;
import dev.assay.score.statistics.Evidence;
import dev.assay.score.statistics.Interval;
import dev.assay.score.statistics.Significance;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Every accepted model against every earlier one.
 *
 * @param inOrder places of the models in the list given, earliest first
 * @param positions for each place in the list given its position in that order
 * @param rows for each place in that order its duels with all earlier ones, in order
 */
public record Duels(List<Integer> inOrder, List<Integer> positions, List<List<Duel>> rows) {

  static Duels fight(
      Round round,
      List<ModelResult> players,
      SampleFilter filter,
      List<Evidence> previous,
      long block) {
    List<Integer> inOrder = new ArrayList<>();
    for (int i = 0; i < players.size(); i++) {
      inOrder.add(i);
    }
    inOrder.sort(Comparator.comparing(i -> players.get(i).entry(), EntryOrder.EARLIEST_FIRST));
    int[] clusters = Clusters.number(round.samples(), filter);
    Map<List<String>, Evidence> known = new HashMap<>();
    for (Evidence evidence : previous) {
      if (evidence.competition().equals(round.competition())) {
        known.put(List.of(evidence.earlier(), evidence.later()), evidence);
      }
    }
    double[][] losses =
        inOrder.stream().map(i -> players.get(i).losses().toArray()).toArray(double[][]::new);
    List<List<Duel>> rows = new ArrayList<>();
    for (int later = 0; later < losses.length; later++) {
      List<Duel> row = new ArrayList<>(later);
      for (int earlier = 0; earlier < later; earlier++) {
        Entry first = players.get(inOrder.get(earlier)).entry();
        Entry second = players.get(inOrder.get(later)).entry();
        Evidence before =
            known.getOrDefault(
                List.of(first.model(), second.model()),
                Evidence.none(round.competition(), first.model(), second.model()));
        Evidence now =
            before.plus(
                ClusterSums.of(losses[earlier], losses[later], clusters, clip(round.policy())),
                round.samples().window());
        boolean due = isDue(round.policy(), before.window(), round.samples().window());
        row.add(duel(first, second, now, round.policy(), block, due));
      }
      rows.add(row);
    }
    Integer[] positions = new Integer[losses.length];
    for (int position = 0; position < losses.length; position++) {
      positions[inOrder.get(position)] = position;
    }
    return new Duels(List.copyOf(inOrder), List.of(positions), rows);
  }

  private static double clip(Policy policy) {
    return policy.ranking().significance().map(Significance::clip).orElse(Double.MAX_VALUE);
  }

  private static boolean isDue(Policy policy, long before, long window) {
    return policy.ranking().significance().map(rule -> rule.isDue(before, window)).orElse(true);
  }

  private static Duel duel(
      Entry earlier, Entry later, Evidence evidence, Policy policy, long block, boolean due) {
    double epsilon = policy.advantage().epsilon(earlier.standsSince(), block);
    Optional<Significance> significance = policy.ranking().significance();
    if (significance.isEmpty()) {
      double mean = evidence.n() == 0 ? 0 : (evidence.y() - epsilon * evidence.z()) / evidence.n();
      Decision decision = mean > 0 ? Decision.LATER : Decision.EARLIER;
      return new Duel(
          earlier,
          later,
          epsilon,
          new Interval(mean, mean, mean),
          decision,
          evidence.withLaterLeads(mean > 0));
    }
    Decision decision = significance.get().decide(evidence, epsilon);
    boolean stands = !due || decision == Decision.UNRESOLVED;
    boolean leads = stands ? evidence.laterLeads() : decision == Decision.LATER;
    return new Duel(
        earlier,
        later,
        epsilon,
        significance.get().ahead(evidence, epsilon),
        decision,
        evidence.withLaterLeads(leads));
  }

  /**
   * The competitive set, earliest first: the first model, and each later one that beats every
   * earlier member. Its last member leads.
   */
  public List<Integer> competitiveSet() {
    List<Integer> members = new ArrayList<>();
    for (int later = 0; later < rows.size(); later++) {
      List<Duel> row = rows.get(later);
      if (members.stream().allMatch(earlier -> row.get(earlier).laterLeads())) {
        members.add(later);
      }
    }
    return members.stream().map(inOrder::get).toList();
  }

  /** For each member of a field the share of its duels with the other members that it leads. */
  double[] ledShares(List<Integer> field) {
    double[] shares = new double[field.size()];
    for (int i = 0; i < field.size(); i++) {
      for (int j = 0; j < field.size(); j++) {
        if (i != j && leads(field.get(i), field.get(j))) {
          shares[i] += 1.0 / (field.size() - 1);
        }
      }
    }
    return shares;
  }

  /** The duel of two models, in either order. */
  public Duel between(int one, int other) {
    int first = Math.min(positions.get(one), positions.get(other));
    int second = Math.max(positions.get(one), positions.get(other));
    return rows.get(second).get(first);
  }

  /** Whether the first of two models is the earlier one. */
  public boolean isEarlier(int first, int second) {
    return positions.get(first) < positions.get(second);
  }

  /** Whether one model leads the other, by what is decided so far. */
  public boolean leads(int one, int other) {
    return between(one, other).laterLeads() == isEarlier(other, one);
  }

  /** Every duel, by the later model and then by the earlier. */
  public List<Duel> all() {
    return rows.stream().flatMap(List::stream).toList();
  }
}
