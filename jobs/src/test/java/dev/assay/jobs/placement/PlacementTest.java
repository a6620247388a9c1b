package dev.assay.jobs.placement;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class PlacementTest {
  private static List<Load<String>> loads(int count) {
    return IntStream.range(0, count)
        .mapToObj(index -> new Load<>("unit" + index, "content" + index, 1 + index % 7))
        .toList();
  }

  private static Map<String, Integer> nodes(int count) {
    Map<String, Integer> nodes = new TreeMap<>();
    IntStream.range(0, count).forEach(node -> nodes.put("node" + node, 2));
    return nodes;
  }

  /** Where each unit waits. */
  private static Map<String, String> homes(Placement<String> placement, Set<String> nodes) {
    Map<String, String> homes = new HashMap<>();
    nodes.forEach(node -> placement.waiting(node).forEach(unit -> homes.put(unit, node)));
    return homes;
  }

  private static Map<String, String> homes(int units, Map<String, Integer> nodes) {
    Placement<String> placement = new Placement<>(loads(units), Holdings.NONE);
    placement.nodes(nodes);
    return homes(placement, nodes.keySet());
  }

  @Property(tries = 100)
  void aNodeThatLeavesGivesOnlyWhatItHad(
      @ForAll @IntRange(min = 2, max = 20) int count,
      @ForAll @IntRange(min = 0, max = 80) int units,
      @ForAll @IntRange(min = 0, max = 19) int leaving) {
    Map<String, Integer> nodes = nodes(count);
    String gone = "node" + leaving % count;
    Placement<String> placement = new Placement<>(loads(units), Holdings.NONE);
    placement.nodes(nodes);
    Map<String, String> before = homes(placement, nodes.keySet());
    nodes.remove(gone);
    placement.nodes(nodes);
    Map<String, String> after = homes(placement, nodes.keySet());

    assertThat(after).hasSize(units);
    before.forEach(
        (unit, home) -> {
          if (!home.equals(gone)) {
            assertThat(after).containsEntry(unit, home);
          }
        });
  }

  @Property(tries = 100)
  void whatNobodyHoldsIsSharedEvenly(
      @ForAll @IntRange(min = 1, max = 20) int count,
      @ForAll @IntRange(min = 0, max = 80) int units) {
    Map<String, Long> bytes = new HashMap<>();
    homes(units, nodes(count))
        .forEach(
            (unit, home) ->
                bytes.merge(home, 1L + Integer.parseInt(unit.substring(4)) % 7, Long::sum));
    long all = bytes.values().stream().mapToLong(Long::longValue).sum();

    assertThat(bytes.values()).allMatch(own -> own <= (double) all / count + 7);
  }

  @Property(tries = 100)
  void whatANodeHoldsWaitsThere(
      @ForAll @IntRange(min = 1, max = 20) int count,
      @ForAll @IntRange(min = 1, max = 80) int units,
      @ForAll @IntRange(min = 0, max = 19) int holder) {
    Map<String, Integer> nodes = nodes(count);
    String node = "node" + holder % count;
    Set<String> contents = loads(units).stream().map(Load::content).collect(Collectors.toSet());
    Placement<String> placement =
        new Placement<>(loads(units), new Holdings(Map.of(node, contents)));
    placement.nodes(nodes);

    assertThat(placement.waiting(node)).hasSize(units);
  }

  @Property(tries = 50)
  void everyUnitBeginsOnceAndAlwaysAtTheSameNode(
      @ForAll @IntRange(min = 1, max = 10) int count,
      @ForAll @IntRange(min = 0, max = 80) int units) {
    Map<String, String> begun = begun(count, units);

    assertThat(begun).hasSize(units).isEqualTo(begun(count, units));
  }

  /** All units in the order of free slots, one of each node in turn. */
  private static Map<String, String> begun(int count, int units) {
    Placement<String> placement = new Placement<>(loads(units), Holdings.NONE);
    placement.nodes(nodes(count));
    Map<String, String> begun = new HashMap<>();
    while (placement.size() > 0) {
      nodes(count)
          .keySet()
          .forEach(
              node ->
                  placement
                      .next(node)
                      .ifPresent(unit -> assertThat(begun.put(unit, node)).isNull()));
    }
    return begun;
  }

  @Test
  void largeUnitsBeginFirstAndEquallyLargeOnesInTheirOrder() {
    Placement<String> placement =
        new Placement<>(
            List.of(
                new Load<>("small", "a", 1),
                new Load<>("first", "b", 5),
                new Load<>("second", "c", 5)),
            Holdings.NONE);
    placement.nodes(Map.of("node", 1));

    assertThat(IntStream.range(0, 3).mapToObj(turn -> placement.next("node").orElseThrow()))
        .containsExactly("first", "second", "small");
    assertThat(placement.next("node")).isEmpty();
  }

  @Test
  void anIdleNodeStealsFirstWhatItHoldsAndThenWhatNobodyHolds() {
    Function<String, Load<String>> load = name -> new Load<>(name, name, 1);
    Holdings held = new Holdings(Map.of("busy", Set.of("theirs", "both"), "idle", Set.of("both")));
    List<Load<String>> loads = new ArrayList<>();
    loads.add(load.apply("theirs"));
    loads.add(load.apply("both"));
    loads.add(load.apply("new"));
    Placement<String> placement = new Placement<>(loads, held);
    placement.nodes(Map.of("busy", 2));
    placement.nodes(Map.of("busy", 2, "idle", 2));

    assertThat(placement.next("idle")).contains("both");
    assertThat(placement.next("idle")).contains("new");
    // Its holder has a slot for it.
    assertThat(placement.next("idle")).isEmpty();
    assertThat(placement.next("busy")).contains("theirs");
  }

  @Test
  void contentMovesOnlyWhileMoreWaitsThanItsHolderHasSlots() {
    List<Load<String>> loads = loads(4);
    Set<String> contents = loads.stream().map(Load::content).collect(Collectors.toSet());
    Placement<String> placement = new Placement<>(loads, new Holdings(Map.of("busy", contents)));
    placement.nodes(Map.of("busy", 2, "idle", 8));

    assertThat(placement.next("idle")).isPresent();
    assertThat(placement.next("idle")).isPresent();
    assertThat(placement.next("idle")).isEmpty();
  }

  @Test
  void unitsWaitUntilThereIsANode() {
    Placement<String> placement = new Placement<>(loads(3), Holdings.NONE);
    placement.nodes(Map.of("node", 1));
    placement.nodes(Map.of());

    assertThat(placement.size()).isEqualTo(3);
    assertThat(placement.next("node")).isEmpty();
    placement.nodes(Map.of("node", 1));
    assertThat(placement.next("node")).isPresent();
  }
}
