package dev.assay.jobs.nodes;

import dev.assay.jobs.work.Fault;
import dev.assay.jobs.work.Origin;
import dev.assay.score.entry.Verdict;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;

/** What a node's own disk is to blame for. */
public final class NodeDisk {
  private static final int PROBE_BYTES = 1 << 20;

  private NodeDisk() {}

  /**
   * The fault behind a failure to read or write: the whole disk's where nothing can be written any
   * more, else this model's alone, which may not fit.
   */
  public static Fault fault(Path cache, IOException failure) {
    boolean writable = isWritable(cache);
    return Fault.of(
        Verdict.UNAVAILABLE,
        writable ? Origin.NODE : Origin.DISK,
        writable
            ? "node %s could not read or write: %s".formatted(host(), failure)
            : "the cache %s of node %s takes nothing more: %s".formatted(cache, host(), failure));
  }

  private static boolean isWritable(Path cache) {
    try {
      Path parts = Files.createDirectories(cache.resolve("parts"));
      Path probe = Files.createTempFile(parts, "probe", "");
      try {
        Files.write(probe, new byte[PROBE_BYTES]);
        return true;
      } finally {
        Files.deleteIfExists(probe);
      }
    } catch (IOException unwritable) {
      return false;
    }
  }

  private static String host() {
    try {
      return InetAddress.getLocalHost().getHostName();
    } catch (UnknownHostException nameless) {
      return "without a name";
    }
  }
}
