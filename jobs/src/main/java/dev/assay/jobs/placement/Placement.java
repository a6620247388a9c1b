package dev.assay.jobs.placement;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;

/**
 * Units waiting for a node, one queue a node. A unit waits at a node that holds its content, else
 * where least waits for each slot, by its content's ranks where that is equal: what has to be
 * fetched is shared among the nodes' networks. A node whose queue is empty steals from the longest:
 * first what it holds itself, then what nobody holds, and what others hold only while more of it
 * waits than they have slots. Content moves only where waiting for it would be longer.
 *
 * <p>Deterministic: the same calls give the same answers. Belongs to one thread.
 */
public final class Placement<T> {
  private final List<Load<T>> homeless;
  private final Holdings held;
  private final NavigableMap<String, Deque<Load<T>>> queues = new TreeMap<>();
  private final Map<String, Integer> slots = new HashMap<>();

  /**
   * Begins with all units waiting, and no node.
   *
   * @param loads in the order in which equally large ones begin
   */
  public Placement(List<Load<T>> loads, Holdings held) {
    this.homeless = new ArrayList<>(loads);
    this.held = held;
    homeless.sort(Comparator.<Load<T>>comparingLong(Load::bytes).reversed());
  }

  /**
   * Tells which nodes there are now. What waits at one that has left goes to its next home; a node
   * that has come takes nothing away from a queue but by stealing.
   *
   * @param live tasks that each node runs at once
   */
  public void nodes(Map<String, Integer> live) {
    slots.clear();
    slots.putAll(live);
    for (String gone : List.copyOf(queues.keySet())) {
      if (!live.containsKey(gone)) {
        homeless.addAll(queues.remove(gone));
      }
    }
    live.keySet().forEach(node -> queues.computeIfAbsent(node, ignored -> new ArrayDeque<>()));
    if (!live.isEmpty()) {
      // What is held first, so that the rest fills up around it.
      homeless.removeIf(load -> waitsWhereItIs(load, live.keySet()));
      homeless.forEach(load -> queues.get(leastBusy(load.content(), live.keySet())).add(load));
      homeless.clear();
    }
  }

  /**
   * Takes the unit that a free slot of a node begins with.
   *
   * @return empty if nothing waits that the node should take
   */
  public Optional<T> next(String node) {
    Deque<Load<T>> own = queues.getOrDefault(node, new ArrayDeque<>());
    if (!own.isEmpty()) {
      return Optional.of(own.remove().unit());
    }
    return steal(node, load -> held.has(node, load.content()))
        .or(() -> steal(node, load -> held.holders(load.content(), slots.keySet()).isEmpty()))
        .or(() -> stealFromBusy(node))
        .map(Load::unit);
  }

  /** What waits at a node, the next first: what is worth bringing there beforehand. */
  public List<T> waiting(String node) {
    return queues.getOrDefault(node, new ArrayDeque<>()).stream().map(Load::unit).toList();
  }

  /** Units that no node has taken yet. */
  public int size() {
    return homeless.size() + queues.values().stream().mapToInt(Deque::size).sum();
  }

  private boolean waitsWhereItIs(Load<T> load, Collection<String> nodes) {
    List<String> holders = held.holders(load.content(), Rendezvous.ranked(load.content(), nodes));
    holders.stream().findFirst().ifPresent(node -> queues.get(node).add(load));
    return !holders.isEmpty();
  }

  private String leastBusy(String content, Collection<String> nodes) {
    return Rendezvous.ranked(content, nodes).stream()
        .min(Comparator.comparingDouble(node -> (double) bytes(queues.get(node)) / slots.get(node)))
        .orElseThrow();
  }

  private Optional<Load<T>> stealFromBusy(String thief) {
    return longest(thief)
        .filter(victim -> queues.get(victim).size() > slots.get(victim))
        .map(victim -> queues.get(victim).removeLast());
  }

  /** Steals the first of its kind from the longest queue that has one. */
  private Optional<Load<T>> steal(String thief, Predicate<Load<T>> kind) {
    for (String victim : longestFirst(thief)) {
      Optional<Load<T>> found = queues.get(victim).stream().filter(kind).findFirst();
      if (found.isPresent()) {
        queues.get(victim).removeFirstOccurrence(found.get());
        return found;
      }
    }
    return Optional.empty();
  }

  private Optional<String> longest(String thief) {
    return longestFirst(thief).stream().findFirst();
  }

  private List<String> longestFirst(String thief) {
    return queues.keySet().stream()
        .filter(node -> !node.equals(thief))
        .sorted(Comparator.<String>comparingLong(node -> bytes(queues.get(node))).reversed())
        .toList();
  }

  private static long bytes(Collection<? extends Load<?>> queue) {
    return queue.stream().mapToLong(Load::bytes).sum();
  }
}
