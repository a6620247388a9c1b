package dev.assay.jobs.placement;

import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Which node holds which content, as far as it is known.
 *
 * @param byNode contents of each node
 */
public record Holdings(Map<String, Set<String>> byNode) {
  /** Nothing is known. */
  public static final Holdings NONE = new Holdings(Map.of());

  public Holdings {
    Map<String, Set<String>> copies = new HashMap<>();
    byNode.forEach((node, contents) -> copies.put(node, Set.copyOf(contents)));
    byNode = Map.copyOf(copies);
  }

  /** Whether any node holds a content. */
  public boolean has(String content) {
    return byNode.values().stream().anyMatch(contents -> contents.contains(content));
  }

  /** Whether a node holds a content. */
  boolean has(String node, String content) {
    return byNode.getOrDefault(node, Set.of()).contains(content);
  }

  /** Those of some nodes that hold a content, in these nodes' order. */
  List<String> holders(String content, Collection<String> nodes) {
    return nodes.stream().filter(node -> has(node, content)).toList();
  }
}
