package dev.assay.jobs.storage;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FolderObjectsTest implements NamedObjectsContract {
  @TempDir private Path parent;

  @Override
  public NamedObjects objects() {
    return new FolderObjects(parent.resolve("made"));
  }

  @Test
  void noDraftIsLeft() {
    objects().create("a", new byte[] {1});
    objects().create("a", new byte[] {2});
    objects().replace("a", new byte[] {3});

    assertThat(parent.resolve("made")).isDirectoryNotContaining("glob:**.draft");
  }

  @Test
  void whatAKilledWriterLeftIsNoObject() throws Exception {
    Files.createDirectories(parent.resolve("made"));
    Files.writeString(parent.resolve("made/.a.draft"), "hal");

    assertThat(objects().names()).isEmpty();
    objects().replace("a", new byte[] {3});
    assertThat(objects().names()).containsExactly("a");
  }

  @Test
  void aFolderOfThatNameIsNoObject() throws Exception {
    Files.createDirectories(parent.resolve("made/a"));

    assertThat(objects().read("a", 9)).isEmpty();
    assertThat(objects().names()).isEmpty();
  }
}
