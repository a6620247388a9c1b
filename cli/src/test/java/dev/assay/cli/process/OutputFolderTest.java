package dev.assay.cli.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.assay.cli.terminal.UsageException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OutputFolderTest {
  @TempDir private Path parent;

  @Test
  void aFolderOfSomebodyElseIsRefusedAndKept() throws Exception {
    Path precious = Files.writeString(parent.resolve("precious.txt"), "mine");

    assertThatThrownBy(() -> OutputFolder.named(parent))
        .isInstanceOf(UsageException.class)
        .hasMessageContaining(parent.toString())
        .hasMessageContaining("--out");
    assertThat(precious).hasContent("mine");
  }

  @Test
  void aSecondRunStartsClean() throws Exception {
    Path folder = parent.resolve("demo");
    try (OutputFolder first = OutputFolder.named(folder)) {
      Files.createDirectories(first.path().resolve("tables"));
      Files.writeString(first.path().resolve("tables/left-over"), "old");
    }

    try (OutputFolder second = OutputFolder.named(folder)) {
      assertThat(second.path().resolve("tables")).doesNotExist();
    }
    assertThat(folder).exists();
  }

  @Test
  void aFileIsNotAFolder() throws Exception {
    Path file = Files.writeString(parent.resolve("file"), "");

    assertThatThrownBy(() -> OutputFolder.named(file))
        .isInstanceOf(UsageException.class)
        .hasMessageContaining("is a file");
  }

  @Test
  void aFolderThatCannotBeMadeIsNamed() throws Exception {
    Path file = Files.writeString(parent.resolve("file"), "");

    assertThatThrownBy(() -> OutputFolder.named(file.resolve("below")))
        .isInstanceOf(UsageException.class)
        .hasMessageContaining("can't be written");
  }

  @Test
  void aTemporaryFolderGoesWhenTheDemoEnds() throws Exception {
    Path path;
    try (OutputFolder folder = OutputFolder.temporary()) {
      path = folder.path();
      Files.writeString(path.resolve("table"), "rows");
    }
    assertThat(path).doesNotExist();
  }

  @Test
  void theReportOutlivesTheTemporaryFolderOfARun() throws Exception {
    System.setProperty("assay.temporary", parent.toString());
    try (OutputFolder temporary = OutputFolder.temporary()) {
      assertThat(temporary.report()).isEqualTo(parent.resolve("assay-demo-report.html"));
      assertThat(temporary.leaderboard()).isEqualTo(parent.resolve("assay-demo-leaderboard"));
    } finally {
      System.clearProperty("assay.temporary");
    }
  }

  @Test
  void aFolderThatIsGoneIsClosedWithoutComplaint() throws Exception {
    OutputFolder folder = OutputFolder.temporary();
    folder.close();

    folder.close();

    assertThat(folder.path()).doesNotExist();
  }

  @Test
  void tooLittleSpaceIsToldWithBothFigures() {
    OutputFolder folder = OutputFolder.temporary();

    assertThatThrownBy(() -> OutputFolder.checked(folder, Long.MAX_VALUE))
        .isInstanceOf(UsageException.class)
        .hasMessageContaining(folder.path().toString())
        .hasMessageContaining("MiB of free space")
        .hasMessageContaining("--out");
    assertThat(folder.path()).doesNotExist();
  }
}
