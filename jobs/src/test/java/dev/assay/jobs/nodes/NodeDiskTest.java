package dev.assay.jobs.nodes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.jobs.work.Fault;
import dev.assay.jobs.work.Origin;
import dev.assay.score.entry.Blame;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NodeDiskTest {
  @TempDir private Path cache;

  @Test
  void aDiskThatTakesNothingMoreIsToldFromAModelThatDoesNotFit() throws Exception {
    IOException full = new IOException("No space left on device");
    assertThat(NodeDisk.fault(cache, full).origin()).isEqualTo(Origin.NODE);
    assertThat(cache.resolve("parts")).isEmptyDirectory();

    Path taken = Files.writeString(cache.resolve("file"), "");
    Fault fault = NodeDisk.fault(taken, full);

    assertThat(fault.origin()).isEqualTo(Origin.DISK);
    assertThat(fault.blame()).isEqualTo(Blame.INFRASTRUCTURE);
    assertThat(fault.reason()).contains(taken.toString(), "No space left on device");
  }
}
