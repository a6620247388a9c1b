package dev.assay.jobs.fanout;

import java.io.Serializable;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Where one attempt may run.
 *
 * @param nodes that it may not run on
 * @param executors of these nodes, as far as they are known
 * @param wished executors that it should run on, as Spark names a location; none to leave it to
 *     Spark
 */
record Placing(HashSet<String> nodes, HashSet<String> executors, List<String> wished)
    implements Serializable {
  static final Placing ANYWHERE = new Placing(new HashSet<>(), new HashSet<>(), List.of());

  /**
   * At a node, where that is worth a wish: it is there, and not the only one.
   *
   * @return empty to leave it to Spark
   */
  static Optional<Placing> at(String node, List<Executor> live) {
    List<String> there =
        live.stream()
            .filter(executor -> executor.node().equals(node))
            .map(Executor::location)
            .toList();
    return there.isEmpty() || there.size() == live.size()
        ? Optional.empty()
        : Optional.of(new Placing(new HashSet<>(), new HashSet<>(), there));
  }

  /** Outside some nodes; anywhere where no other node is there. */
  static Placing outside(Set<String> avoided, List<Executor> live) {
    List<Executor> allowed =
        live.stream().filter(executor -> !avoided.contains(executor.node())).toList();
    if (avoided.isEmpty() || allowed.isEmpty()) {
      return ANYWHERE;
    }
    HashSet<String> refused = new HashSet<>();
    live.stream()
        .filter(executor -> avoided.contains(executor.node()))
        .forEach(executor -> refused.add(executor.id()));
    return new Placing(
        new HashSet<>(avoided), refused, allowed.stream().map(Executor::location).toList());
  }

  boolean declines(String node, String executor) {
    return nodes.contains(node) || executors.contains(executor);
  }
}
