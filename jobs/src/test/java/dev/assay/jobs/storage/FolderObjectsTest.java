package dev.assay.jobs.storage;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FolderObjectsTest {
  @TempDir private Path parent;

  @Test
  void aNameIsGivenOnce() {
    NamedObjects objects = new FolderObjects(parent.resolve("made"));

    assertThat(objects.read("a.json")).isEmpty();
    assertThat(objects.create("a.json", new byte[] {1})).isTrue();
    assertThat(objects.create("a.json", new byte[] {2})).isFalse();
    assertThat(objects.read("a.json")).contains(new byte[] {1});
    assertThat(parent.resolve("made")).isDirectoryNotContaining("glob:**.draft");
  }
}
