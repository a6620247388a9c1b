package dev.assay.model.loss;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * What a container's memory limit leaves, as the kernel's cgroup files of version 1 or 2 say. The
 * page cache counts as used there, and after a download of 16 GB it is most of it; the part of it
 * that is not in active use is given back before anything else is refused, so it counts as free.
 *
 * @param limit file of the limit in bytes
 * @param used file of the bytes in use
 * @param inactive name of the inactive page cache in the statistics
 */
record ContainerMemory(Path limit, Path used, Path statistics, String inactive) {
  /** Version 2, in which one hierarchy serves all controllers. */
  private static ContainerMemory second(Path root) {
    return new ContainerMemory(
        root.resolve("memory.max"),
        root.resolve("memory.current"),
        root.resolve("memory.stat"),
        "inactive_file");
  }

  /** Version 1, in which memory has a hierarchy of its own. */
  private static ContainerMemory first(Path root) {
    Path memory = root.resolve("memory");
    return new ContainerMemory(
        memory.resolve("memory.limit_in_bytes"),
        memory.resolve("memory.usage_in_bytes"),
        memory.resolve("memory.stat"),
        "total_inactive_file");
  }

  /**
   * Free bytes; {@link Long#MAX_VALUE} where nothing limits them.
   *
   * @param root of the control groups, {@code /sys/fs/cgroup}
   */
  static long free(Path root) throws IOException {
    return Math.min(second(root).free(), first(root).free());
  }

  private long free() throws IOException {
    if (!Files.exists(limit) || !Files.exists(used)) {
      return Long.MAX_VALUE;
    }
    String most = Files.readString(limit).strip();
    if (most.equals("max")) {
      return Long.MAX_VALUE;
    }
    long taken = number(Files.readString(used)) - reclaimable();
    return number(most) - Math.max(0, taken);
  }

  private long reclaimable() throws IOException {
    if (!Files.exists(statistics)) {
      return 0;
    }
    List<String> lines = Files.readAllLines(statistics);
    for (String line : lines) {
      if (line.startsWith(inactive + " ")) {
        return number(line.substring(inactive.length() + 1));
      }
    }
    return 0;
  }

  private static long number(String text) {
    return Long.parseLong(text.strip());
  }
}
