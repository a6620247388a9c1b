package dev.assay.jobs;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * A command in a process of its own whose warehouse is on a disk of a few kilobytes, until it has
 * failed; then the disk grows and the command runs again. The disk is a tmpfs that only the process
 * and its children see, which needs no rights where user namespaces are allowed.
 */
final class SmallDisk {
  /** Moves the tables onto the disk, and what has become of them back. */
  private static final String SCRIPT =
      """
      set -e
      cd "$1"; room=$2; shift 2
      mkdir -p tables; mv tables before; mkdir tables
      mount -t tmpfs -o size=64m tmpfs tables
      cp -a before/. tables/
      mount -o remount,size=$(($(du -sk tables | cut -f1) + room))k tables
      "$@"
      cp -a tables after; umount -l tables; rmdir tables; mv after tables
      """;

  private SmallDisk() {}

  /** Its arguments are a scenario's name and its folder. */
  public static void main(String[] arguments) throws Exception {
    Path folder = Path.of(arguments[1]);
    String fate = "it ended";
    try {
      ScenarioProcess.attempt(arguments[0], folder);
    } catch (Exception failure) {
      fate = failure.getClass().getSimpleName() + ": " + failure.getMessage();
    }
    Files.writeString(folder.resolve("fate"), fate);
    new ProcessBuilder("mount", "-o", "remount,size=64m", folder.resolve("tables").toString())
        .inheritIO()
        .start()
        .waitFor();
    ScenarioProcess.attempt(arguments[0], folder);
    Runtime.getRuntime().halt(0);
  }

  /** Whether this machine lets a process mount a disk that nobody else sees. */
  static boolean isAllowed() throws IOException, InterruptedException {
    return new ProcessBuilder("unshare", "-rm", "mount", "-t", "tmpfs", "tmpfs", "/mnt")
            .start()
            .waitFor()
        == 0;
  }

  /**
   * Runs a scenario's command.
   *
   * @param room kilobytes that its tables may grow by before the disk is full
   * @return how the first run failed
   */
  static String fate(String scenario, Path folder, int room) throws Exception {
    List<String> onDisk =
        List.of(
            "unshare", "-rm", "sh", "-c", SCRIPT, "sh", folder.toString(), Integer.toString(room));
    if (ScenarioProcess.run(folder, onDisk, SmallDisk.class, scenario, folder.toString()) != 0) {
      throw new IllegalStateException(
          "the second run failed: " + Files.readString(folder.resolve("output")));
    }
    return Files.readString(folder.resolve("fate"));
  }
}
