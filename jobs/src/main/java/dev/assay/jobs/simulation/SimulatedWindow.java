package dev.assay.jobs.simulation;

import dev.assay.jobs.placement.Dispatch;
import dev.assay.jobs.placement.Holdings;
import dev.assay.jobs.placement.Load;
import dev.assay.jobs.placement.Placement;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.TreeMap;

/**
 * One window's models on the cluster, event by event. Which model begins where is decided by the
 * fan-out's own {@link Dispatch} and {@link Placement}; what follows arrives while a model
 * computes.
 */
final class SimulatedWindow {
  /** Something ends at a node. */
  private record Event(double seconds, int order, String node, Load<String> load) {}

  private final SimulatedCluster cluster;
  private final Map<String, SimulatedNode> nodes;
  private final List<Load<String>> loads;

  SimulatedWindow(
      SimulatedCluster cluster, Map<String, SimulatedNode> nodes, List<Load<String>> loads) {
    this.cluster = cluster;
    this.nodes = nodes;
    this.loads = loads;
  }

  /** Seconds until the last model is judged. */
  double makespan() {
    Map<String, Load<String>> byContent = new HashMap<>();
    loads.forEach(load -> byContent.put(load.content(), load));
    Map<String, Set<String>> held = new HashMap<>();
    nodes.forEach((name, node) -> held.put(name, node.contents()));
    Map<String, Integer> slots = new TreeMap<>();
    nodes.keySet().forEach(name -> slots.put(name, cluster.gpus()));
    nodes.values().forEach(SimulatedNode::beginWindow);
    Dispatch<String> dispatch =
        new Dispatch<>(
            () -> slots,
            () -> cluster.gpus() * nodes.size(),
            new Placement<>(loads, new Holdings(held)));
    PriorityQueue<Event> events =
        new PriorityQueue<>(Comparator.comparingDouble(Event::seconds).thenComparing(Event::order));
    double now = 0;
    int order = 0;
    while (true) {
      for (Optional<Dispatch.Begin<String>> begin = dispatch.next();
          begin.isPresent();
          begin = dispatch.next()) {
        SimulatedNode node = nodes.get(begin.get().node());
        Load<String> load = byContent.get(begin.get().unit());
        node.pin(load.content());
        double there = node.arrives(load.content(), load.bytes(), now);
        for (String next : begin.get().following()) {
          node.arrives(next, byContent.get(next).bytes(), there);
        }
        events.add(
            new Event(there + cluster.compute(load.bytes()), order++, begin.get().node(), load));
      }
      Event ended = events.poll();
      if (ended == null) {
        return now;
      }
      now = ended.seconds();
      nodes.get(ended.node()).release(ended.load().content());
      dispatch.ended(ended.node());
    }
  }

  /** What no schedule can be faster than: network, GPUs, or the longest model by itself. */
  double bound() {
    Set<String> held = new HashSet<>();
    nodes.values().forEach(node -> held.addAll(node.contents()));
    long fresh = 0;
    double work = 0;
    double longest = 0;
    for (Load<String> load : loads) {
      boolean isThere = held.contains(load.content());
      fresh += isThere ? 0 : load.bytes();
      work += cluster.compute(load.bytes());
      longest =
          Math.max(
              longest,
              (isThere ? 0 : cluster.download(load.bytes())) + cluster.compute(load.bytes()));
    }
    double network = cluster.download(fresh) / nodes.size();
    return Math.max(longest, Math.max(network, work / (nodes.size() * cluster.gpus())));
  }
}
