package dev.assay.model.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DirectoryHashTest {
  /**
   * Computed in Python by the original's walk (os.walk with sorted names) over the four files
   * below.
   */
  private static final String HASH = "mXjQ4IQPvboP2qIoh5p2mYzl0y7/s3B5IBuJolWOnx8=";

  private static final String HOTKEY = "5GrwvaEF5zXb26Fz9rcQpDWS57CtERHpNehXCPcNoHGKutQY";
  private static final String HASH_WITH_HOTKEY = "bRkT+HfGUqF/DxsXrVbQ+LCxEpA0Yfr3r5wFyWnu7VQ=";

  @TempDir Path directory;

  @Test
  void isTheOriginals() throws Exception {
    assertThat(DirectoryHash.of(files())).isEqualTo(HASH);
    assertThat(DirectoryHash.withHotkey(HASH, HOTKEY)).isEqualTo(HASH_WITH_HOTKEY);
  }

  @Test
  void aCommitmentMayBeBoundToItsHotkey() {
    assertThat(DirectoryHash.matches(HASH, HASH, HOTKEY)).isTrue();
    assertThat(DirectoryHash.matches(HASH_WITH_HOTKEY, HASH, HOTKEY)).isTrue();
    assertThat(DirectoryHash.matches(HASH_WITH_HOTKEY, HASH, HOTKEY.replace('5', '6'))).isFalse();
  }

  /** The original's hash of a missing directory is this constant (its defect 11). */
  @Test
  void theHashOfNothingFitsNothing() {
    assertThat(DirectoryHash.matches(DirectoryHash.OF_NOTHING, DirectoryHash.OF_NOTHING, HOTKEY))
        .isFalse();
    String salted = DirectoryHash.withHotkey(DirectoryHash.OF_NOTHING, HOTKEY);
    assertThat(DirectoryHash.matches(salted, DirectoryHash.OF_NOTHING, HOTKEY)).isFalse();
    assertThatIllegalArgumentException().isThrownBy(() -> DirectoryHash.of(List.of()));
  }

  @Test
  void filesThatTheOriginalNeverDownloadsDoNotCount() throws Exception {
    Files.writeString(directory.resolve("README.md"), "A model.");
    List<FileDigest> more = new ArrayList<>(files());
    more.add(FileDigest.of("README.md", directory.resolve("README.md")));

    assertThat(DirectoryHash.of(more)).isEqualTo(HASH);
  }

  /**
   * The original's hash ignores names (its defect 10); the content digest tells such directories
   * apart.
   */
  @Test
  void renamedFilesKeepTheHashAndChangeTheDigest() throws Exception {
    List<FileDigest> files = files();
    FileDigest first = files.get(0);
    List<FileDigest> renamed = new ArrayList<>(files);
    renamed.set(0, new FileDigest("added_tokens.json", first.size(), first.sha256()));

    assertThat(first.name()).isEqualTo("config.json");
    assertThat(DirectoryHash.of(renamed)).isEqualTo(DirectoryHash.of(files));
    assertThat(ContentDigest.of(renamed)).isNotEqualTo(ContentDigest.of(files));
  }

  @Test
  void theDigestDoesNotDependOnTheOrderOfItsFiles() throws Exception {
    List<FileDigest> reversed = new ArrayList<>(files());
    Collections.reverse(reversed);

    assertThat(ContentDigest.of(reversed)).isEqualTo(ContentDigest.of(files()));
    assertThatIllegalArgumentException().isThrownBy(() -> ContentDigest.of(List.of()));
  }

  private List<FileDigest> files() throws Exception {
    Files.writeString(directory.resolve("config.json"), "{\"a\":1}");
    Files.writeString(directory.resolve("generation_config.json"), "{}");
    Files.writeString(directory.resolve("model.safetensors"), "weights");
    Files.writeString(directory.resolve("tokenizer.json"), "{}");
    return FileDigest.ofFiles(
        directory,
        List.of("config.json", "generation_config.json", "model.safetensors", "tokenizer.json"));
  }
}
