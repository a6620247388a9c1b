package dev.assay.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MineCommandTest {
  @TempDir private Path folder;

  private String refusal(String repository) {
    Path work = folder.resolve("mined");
    List<String> usual = List.of("--once", "--from", "model", "--work", work.toString());
    CommandRun run =
        CommandRun.of(usual, "mine", "--repository", repository, "--competition", "b1").ending(2);
    assertThat(work).doesNotExist();
    return run.err();
  }

  @Test
  void aRepositoryWhoseCommitmentWouldNotFitIsToldBeforeAnythingIsTrained() {
    assertThat(refusal("namespace/" + "n".repeat(60))).contains("choose a shorter repository");
    assertThat(refusal("gloss")).contains("write namespace/name");
  }
}
