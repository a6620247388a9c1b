package dev.assay.score.weights;

import dev.assay.score.entry.Entry;
import dev.assay.score.entry.Registration;
import dev.assay.score.statistics.Evidence;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The state after one evaluation, which the next starts from: all standings, ordered by competition
 * and UID, and what is known of pairs of models.
 *
 * @param standings one for each registration and competition
 * @param evidence one for each competition and pair of models that are still compared
 */
public record Standings(List<Standing> standings, List<Evidence> evidence) {
  private static final Comparator<Standing> STANDING_ORDER =
      Comparator.comparing(Standing::competition)
          .thenComparing(standing -> standing.registration().uid())
          .thenComparing(standing -> standing.registration().hotkey())
          .thenComparing(standing -> standing.registration().block());

  private static final Comparator<Evidence> EVIDENCE_ORDER =
      Comparator.comparing(Evidence::competition)
          .thenComparing(Evidence::earlier)
          .thenComparing(Evidence::later);

  public Standings {
    standings = standings.stream().sorted(STANDING_ORDER).toList();
    evidence = evidence.stream().sorted(EVIDENCE_ORDER).toList();
    Set<List<Object>> seen = new HashSet<>();
    for (Standing standing : standings) {
      if (!seen.add(List.of(standing.competition(), standing.registration()))) {
        throw new IllegalArgumentException(
            "standings: "
                + standing.registration()
                + " is there twice in competition "
                + standing.competition());
      }
    }
    for (Evidence pair : evidence) {
      if (!seen.add(List.of(pair.competition(), pair.earlier(), pair.later()))) {
        throw new IllegalArgumentException(
            "evidence: of " + pair.earlier() + " and " + pair.later() + " is there twice");
      }
    }
  }

  /** What there is before the first evaluation. */
  public static Standings none() {
    return new Standings(List.of(), List.of());
  }

  /**
   * Standings in one competition from weights by UID, as a file without registrations gives them.
   *
   * @param weights weight by UID
   * @param entries the known holders; a UID that none of them holds belongs to the hotkey "unknown"
   */
  public static Standings byUid(
      String competition, Map<Integer, Double> weights, Collection<Entry> entries) {
    Map<Integer, Registration> holders = new HashMap<>();
    entries.forEach(entry -> holders.put(entry.uid(), entry.registration()));
    return new Standings(
        weights.entrySet().stream()
            .map(
                weight ->
                    new Standing(
                        holders.getOrDefault(
                            weight.getKey(), new Registration(weight.getKey(), "unknown", 0)),
                        competition,
                        weight.getValue(),
                        0))
            .toList(),
        List.of());
  }

  /** Only the standings of registrations that still hold their UIDs. */
  public Standings heldBy(Collection<Registration> registered) {
    Set<Registration> holders = new HashSet<>(registered);
    return new Standings(
        standings.stream().filter(standing -> holders.contains(standing.registration())).toList(),
        evidence);
  }

  /** Without the standings of those whose UID one of these registrations holds now. */
  Standings withoutFormerHolders(Collection<Registration> now) {
    Map<Integer, Registration> holders = new HashMap<>();
    now.forEach(registration -> holders.put(registration.uid(), registration));
    return new Standings(
        standings.stream()
            .filter(
                standing -> {
                  Registration holder = holders.get(standing.registration().uid());
                  return holder == null || holder.equals(standing.registration());
                })
            .toList(),
        evidence);
  }

  /** Weight by UID, summed over competitions. */
  public SortedMap<Integer, Double> weightByUid() {
    SortedMap<Integer, Double> weights = new TreeMap<>();
    for (Standing standing : standings) {
      weights.merge(standing.registration().uid(), standing.weight(), Double::sum);
    }
    return weights;
  }
}
