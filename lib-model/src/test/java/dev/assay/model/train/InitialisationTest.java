package dev.assay.model.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.assay.model.checkpoint.Checkpoint;
import dev.assay.model.checkpoint.CheckpointLimits;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InitialisationTest {
  private static final LlamaShape SHAPE = new LlamaShape(50, 32, 48, 2, 4, 2, 128);

  @TempDir private Path folder;

  @Test
  void writtenCheckpointPassesTheGateWithItsConfiguration() throws Exception {
    Initialisation.write(folder.resolve("model"), SHAPE, 7, Map.of());
    Checkpoint checkpoint = Checkpoint.open(folder.resolve("model"), CheckpointLimits.defaults());
    assertThat(checkpoint.config()).isEqualTo(SHAPE.config());
    long layer = 2 * 32 + 2 * 32 * 32 + 2 * 32 * 16 + 3 * 32 * 48;
    assertThat(checkpoint.parameters()).isEqualTo(50 * 32 + 2 * layer + 32);
  }

  @Test
  void sameSeedGivesTheSameBytes() throws Exception {
    Initialisation.write(folder.resolve("a"), SHAPE, 7, Map.of());
    Initialisation.write(folder.resolve("b"), SHAPE, 7, Map.of());
    Initialisation.write(folder.resolve("c"), SHAPE, 8, Map.of());
    byte[] weights = Files.readAllBytes(folder.resolve("a/model.safetensors"));
    assertThat(folder.resolve("b/model.safetensors")).hasBinaryContent(weights);
    assertThat(Files.readAllBytes(folder.resolve("c/model.safetensors"))).isNotEqualTo(weights);
  }

  @Test
  void anExistingDirectoryIsLeftAlone() throws Exception {
    Path model = Files.createDirectory(folder.resolve("model"));
    assertThatThrownBy(() -> Initialisation.write(model, SHAPE, 7, Map.of()))
        .isInstanceOf(FileAlreadyExistsException.class);
    assertThat(model).isEmptyDirectory();
  }

  @Test
  void aFailureLeavesNothingBehind() {
    Path model = folder.resolve("model");
    assertThatThrownBy(
            () -> Initialisation.write(model, SHAPE, 7, Map.of("no/such/folder", new byte[0])))
        .isInstanceOf(java.io.IOException.class);
    assertThat(folder).isEmptyDirectory();
  }
}
