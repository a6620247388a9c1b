package dev.assay.model.loss;

import ai.djl.Device;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** How many bytes a device can still give. */
final class FreeMemory {
  private static final Path MEMORY = Path.of("/proc/meminfo");
  private static final Path CONTROL_GROUPS = Path.of("/sys/fs/cgroup");

  private FreeMemory() {}

  static long on(Device device) {
    if (device.isGpu()) {
      return GpuMemory.free(device);
    }
    try {
      return Math.min(ofMachine(), ContainerMemory.free(CONTROL_GROUPS));
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
}
