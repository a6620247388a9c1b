package dev.assay.jobs.status;

import dev.assay.jobs.tables.AttemptRow;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Nodes that an evaluation went on without, from what its attempts came to. */
final class Quarantined {
  private static final int STRIKES = 2;
  private static final Set<String> GONE = Set.of("LOST", "SILENT");
  private static final Set<String> UNTOLD = Set.of("LATE", "THREW", "DECLINED");

  private Quarantined() {}

  /**
   * Nodes by how many models failed there, through no fault of their own, that another node could
   * judge; two at least.
   */
  static SortedMap<String, Integer> nodes(List<AttemptRow> attempts) {
    SortedMap<String, Integer> strikes = new TreeMap<>();
    attempts.stream()
        .collect(Collectors.groupingBy(row -> row.repository() + "@" + row.revision()))
        .values()
        .forEach(model -> failedOn(model).forEach(node -> strikes.merge(node, 1, Integer::sum)));
    strikes.values().removeIf(models -> models < STRIKES);
    return strikes;
  }

  private static Set<String> failedOn(List<AttemptRow> model) {
    Map<Boolean, Set<String>> nodes =
        model.stream()
            .filter(row -> row.host().isPresent() && !UNTOLD.contains(row.outcome()))
            .collect(
                Collectors.partitioningBy(
                    Quarantined::hasFailed,
                    Collectors.mapping(row -> row.host().get(), Collectors.toSet())));
    Set<String> judgedOn = nodes.get(false);
    return judgedOn.isEmpty()
        ? Set.of()
        : nodes.get(true).stream()
            .filter(node -> !judgedOn.contains(node))
            .collect(Collectors.toSet());
  }

  private static boolean hasFailed(AttemptRow row) {
    return GONE.contains(row.outcome())
        || row.blame().filter(of -> !of.equals("MINER")).isPresent();
  }
}
