package dev.assay.model.loss;

import ai.djl.Device;
import ai.djl.util.cuda.CudaUtils;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.MemoryUsage;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** How many bytes a device can still give. */
final class FreeMemory {
  private static final Path MEMORY = Path.of("/proc/meminfo");
  private static final Path LIMIT = Path.of("/sys/fs/cgroup/memory.max");
  private static final Path USED = Path.of("/sys/fs/cgroup/memory.current");

  private FreeMemory() {}

  static long on(Device device) {
    if (device.isGpu()) {
      MemoryUsage usage = CudaUtils.getGpuMemory(device);
      return usage.getMax() - usage.getCommitted();
    }
    try {
      return Math.min(ofMachine(), ofContainer());
    } catch (IOException e) {
      throw new UncheckedIOException("the system does not say how much memory is free", e);
    }
  }

  /** What the kernel says it can give without swapping; no bound where it is silent. */
  private static long ofMachine() throws IOException {
    if (!Files.exists(MEMORY)) {
      return Long.MAX_VALUE;
    }
    return available(Files.readAllLines(MEMORY));
  }

  static long available(List<String> meminfo) {
    for (String line : meminfo) {
      if (line.startsWith("MemAvailable:")) {
        return Long.parseLong(line.replaceAll("\\D", "")) * 1024;
      }
    }
    return Long.MAX_VALUE;
  }

  private static long ofContainer() throws IOException {
    if (!Files.exists(LIMIT) || !Files.exists(USED)) {
      return Long.MAX_VALUE;
    }
    String limit = Files.readString(LIMIT).strip();
    if (limit.equals("max")) {
      return Long.MAX_VALUE;
    }
    return Long.parseLong(limit) - Long.parseLong(Files.readString(USED).strip());
  }
}
