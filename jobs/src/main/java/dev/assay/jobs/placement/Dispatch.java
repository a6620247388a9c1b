package dev.assay.jobs.placement;

import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.IntSupplier;
import java.util.function.Supplier;

/**
 * Which unit begins next, and at which node: the placement's queues meet the nodes' free slots.
 * Belongs to one thread.
 */
public final class Dispatch<U> {
  /** Where nothing is known of any node yet, and Spark decides. */
  public static final String ANYWHERE = "";

  /**
   * A unit that begins at a node.
   *
   * @param following that the same slot will take after it, if nobody steals it
   */
  public record Begin<U>(U unit, String node, List<U> following) {}

  private final Supplier<Map<String, Integer>> live;
  private final IntSupplier inFlight;
  private final Placement<U> placement;
  private final Map<String, Integer> running = new HashMap<>();

  /**
   * Nothing has begun.
   *
   * @param live tasks that each node runs at once, asked anew each time; {@link #ANYWHERE} alone
   *     where no node is known
   * @param inFlight units that may have begun and not ended, asked anew each time
   */
  public Dispatch(
      Supplier<Map<String, Integer>> live, IntSupplier inFlight, Placement<U> placement) {
    this.live = live;
    this.inFlight = inFlight;
    this.placement = placement;
  }

  /**
   * The next unit, as long as there is a slot for it.
   *
   * @return empty if something must end first, or a node come
   */
  public Optional<Begin<U>> next() {
    Map<String, Integer> slots = new TreeMap<>(live.get());
    placement.nodes(slots);
    int most = Math.max(1, inFlight.getAsInt());
    int all = slots.values().stream().mapToInt(Integer::intValue).sum();
    if (running.values().stream().mapToInt(Integer::intValue).sum() >= most) {
      return Optional.empty();
    }
    List<String> free =
        slots.keySet().stream()
            .filter(node -> running(node) < share(most, slots.get(node), all))
            .sorted(
                Comparator.<String, Boolean>comparing(node -> placement.waiting(node).isEmpty())
                    .thenComparing(node -> (double) running(node) / slots.get(node))
                    .thenComparing(Comparator.naturalOrder()))
            .toList();
    for (String node : free) {
      Optional<U> unit = placement.next(node);
      if (unit.isPresent()) {
        running.merge(node, 1, Integer::sum);
        return Optional.of(new Begin<>(unit.get(), node, following(node, slots.get(node))));
      }
    }
    return Optional.empty();
  }

  /** As many units as there are other slots begin in between. */
  private List<U> following(String node, int slots) {
    return placement.waiting(node).stream().skip(slots - 1L).limit(1).toList();
  }

  /** A unit that began at a node has ended. */
  public void ended(String node) {
    running.merge(node, -1, Integer::sum);
  }

  private int running(String node) {
    return running.getOrDefault(node, 0);
  }

  private static int share(int most, int slots, int all) {
    return Math.max(1, (int) Math.ceil((double) most * slots / all));
  }
}
