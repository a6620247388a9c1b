package dev.assay.jobs.simulation;

import dev.assay.model.store.Room;
import java.io.IOException;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/** A node's disk and network, in seconds since the window's begin. */
final class SimulatedNode {
  private final SimulatedCluster cluster;

  /** Bytes by content, in the order of their last use. */
  private final Map<String, Long> held = new LinkedHashMap<>();

  private final Map<String, Double> arrivals = new HashMap<>();
  private final Map<String, Integer> pins = new HashMap<>();
  private double networkIsFree;
  private long downloaded;

  SimulatedNode(SimulatedCluster cluster) {
    this.cluster = cluster;
  }

  void beginWindow() {
    networkIsFree = 0;
    arrivals.clear();
  }

  /** Has a content brought, if it is not there or on its way. */
  double arrives(String content, long bytes, double now) {
    if (!held.containsKey(content)) {
      makeRoom(bytes);
      double begins = Math.max(now, networkIsFree);
      networkIsFree = begins + cluster.download(bytes);
      arrivals.put(content, networkIsFree);
      downloaded += bytes;
    }
    held.remove(content);
    held.put(content, bytes);
    return Math.max(now, arrivals.getOrDefault(content, now));
  }

  private void makeRoom(long bytes) {
    try {
      long used =
          Room.make(
              bytes,
              cluster.diskBytes(),
              new LinkedHashMap<>(held),
              content -> !pins.containsKey(content) && held.remove(content) != null);
      if (used + bytes > cluster.diskBytes()) {
        throw new IllegalStateException("a simulated disk is too small for what is in use");
      }
    } catch (IOException impossible) {
      throw new IllegalStateException("nothing is read or written", impossible);
    }
  }

  void pin(String content) {
    pins.merge(content, 1, Integer::sum);
  }

  void release(String content) {
    pins.merge(content, -1, (one, less) -> one + less == 0 ? null : one + less);
  }

  Set<String> contents() {
    return Set.copyOf(held.keySet());
  }

  long downloaded() {
    return downloaded;
  }
}
