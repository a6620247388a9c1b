package dev.assay.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.cli.terminal.ExitCode;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What is said where no notebooks are. */
class NotebookCommandTest {
  @Test
  void whoNamesNoFolderIsToldWhereToRunIt() {
    CommandRun run = CommandRun.of(List.of(), "notebook").ending(ExitCode.USAGE);

    assertThat(run.err()).contains("holds no notebooks; run this where Assay is");
  }

  @Test
  void whoNamesAFolderIsToldThatItIsTheWrongOne() {
    CommandRun run = CommandRun.of(List.of(), "notebook", "--folder", "src").ending(ExitCode.USAGE);

    assertThat(run.err()).contains("--folder is src, which holds no notebooks");
  }
}
