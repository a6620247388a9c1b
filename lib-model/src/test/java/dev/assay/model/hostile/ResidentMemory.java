package dev.assay.model.hostile;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The memory that the kernel says this process occupies: heap, native memory and all. */
final class ResidentMemory {
  private static final Path STATUS = Path.of("/proc/self/status");
  private static final Path RESET = Path.of("/proc/self/clear_refs");
  private static final long KIB = 1024;

  private ResidentMemory() {}

  /** Bytes at present. */
  static long bytes() throws IOException {
    return line("VmRSS:");
  }

  /** The most bytes since {@link #resetPeak}. */
  static long peak() throws IOException {
    return line("VmHWM:");
  }

  static void resetPeak() throws IOException {
    Files.writeString(RESET, "5");
  }

  private static long line(String key) throws IOException {
    for (String line : Files.readAllLines(STATUS)) {
      if (line.startsWith(key)) {
        return KIB * Long.parseLong(line.replaceAll("[^0-9]", ""));
      }
    }
    throw new IOException(STATUS + " has no line " + key);
  }
}
