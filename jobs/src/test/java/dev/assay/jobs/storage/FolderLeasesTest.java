package dev.assay.jobs.storage;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class FolderLeasesTest implements LeasesContract {
  private static final Path SYSTEM_LOCKS = Path.of("/proc/locks");

  @TempDir private Path parent;

  @Override
  public Leases leases() {
    return new FolderLeases(parent.resolve("made"));
  }

  @Test
  void whoHasALeaseIsKnownWhileItIsHeld() {
    Lease held = leases().take("work").orElseThrow();

    assertThat(leases().holder("work")).contains(ProcessHandle.current());
    held.close();
    assertThat(leases().holder("work")).isEmpty();
    assertThat(leases().holder("never taken")).isEmpty();
  }

  @Test
  void aProcessThatIsGoneHoldsNothing() throws Exception {
    leases().take("work").orElseThrow().close();
    // As a killed process leaves it; its number may belong to another one by now.
    Files.writeString(
        parent.resolve("made").resolve("work.holder"), ProcessHandle.current().pid() + " 1\n");

    assertThat(leases().holder("work")).isEmpty();
  }

  /** Linux alone lists the locks of all processes. */
  @Test
  @EnabledOnOs(OS.LINUX)
  void aSecondTryInTheSameProcessLeavesTheLockToTheFirst() throws Exception {
    Lease held = leases().take("work").orElseThrow();
    int before = locks();

    assertThat(leases().take("work")).isEmpty();
    assertThat(locks()).isEqualTo(before).isPositive();
    held.close();
  }

  private int locks() throws Exception {
    Object inode = Files.getAttribute(parent.resolve("made").resolve("work"), "unix:ino");
    List<String> lines = Files.readAllLines(SYSTEM_LOCKS);
    return (int) lines.stream().filter(line -> line.contains(":" + inode + " ")).count();
  }
}
