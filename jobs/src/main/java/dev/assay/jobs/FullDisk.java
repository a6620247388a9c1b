package dev.assay.jobs;

import java.util.List;

/**
 * A disk or a quota that takes nothing more. Nobody is to blame for what it kept from being
 * written, and the same run succeeds once there is room.
 */
public final class FullDisk {
  /** How systems word ENOSPC and EDQUOT (strerror); neither has a class of its own in the JDK. */
  private static final List<String> WORDS =
      List.of("No space left on device", "Disk quota exceeded");

  /** More causes than any failure has; they might go round in a circle. */
  private static final int DEEPEST = 64;

  private FullDisk() {}

  /** Whether a failure comes of one. */
  public static boolean explains(Throwable failure) {
    Throwable cause = failure;
    for (int depth = 0; cause != null && depth < DEEPEST; depth++) {
      String message = String.valueOf(cause.getMessage());
      if (WORDS.stream().anyMatch(message::contains)) {
        return true;
      }
      cause = cause.getCause();
    }
    return false;
  }
}
