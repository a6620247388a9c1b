package dev.assay.jobs.fanout;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Nodes that fail what others can do. A node gets nothing more after two units that failed on it,
 * through no fault of their own, and then succeeded elsewhere: a device in a bad state fails at
 * once, and would else take the whole queue.
 */
public final class Quarantine {
  private static final int STRIKES = 2;

  private final Map<String, Set<String>> failed = new HashMap<>();
  private final Consumer<String> told;

  /**
   * @param told called with one line as a node is quarantined
   */
  public Quarantine(Consumer<String> told) {
    this.told = told;
  }

  /** Counts a unit against nodes on which it failed before it succeeded on another. */
  synchronized void strike(Set<String> nodes, String unit) {
    for (String node : nodes) {
      Set<String> units = failed.computeIfAbsent(node, ignored -> new HashSet<>());
      if (units.add(unit) && units.size() == STRIKES) {
        told.accept(
            "node %s failed %s, which succeeded elsewhere; it gets no more in this evaluation"
                .formatted(node, String.join(" and ", units)));
      }
    }
  }

  /** The nodes that get nothing more. */
  synchronized Set<String> nodes() {
    Set<String> out = new HashSet<>();
    failed.forEach(
        (node, units) -> {
          if (units.size() >= STRIKES) {
            out.add(node);
          }
        });
    return out;
  }
}
