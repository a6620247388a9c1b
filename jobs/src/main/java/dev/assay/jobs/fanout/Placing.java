package dev.assay.jobs.fanout;

import java.io.Serializable;
import java.util.HashSet;
import java.util.List;
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
