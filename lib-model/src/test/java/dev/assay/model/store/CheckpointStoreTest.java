package dev.assay.model.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.assay.model.hub.Snapshot;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CheckpointStoreTest {
  private static final int BYTES = 10;
  private static final long TWO = 2 * BYTES;

  @TempDir Path root;
  private FilesOnAHub hub;

  @BeforeEach
  void start() throws Exception {
    hub = new FilesOnAHub();
  }

  @AfterEach
  void stop() {
    hub.close();
  }

  private CheckpointStore store() {
    return new CheckpointStore(root, TWO);
  }

  private static String content(String text) {
    return FilesOnAHub.digest(text.getBytes(StandardCharsets.UTF_8));
  }

  private CheckpointStore.Pin pin(String repository, String text) throws IOException {
    return store()
        .pin(content(text), FilesOnAHub.named(repository), FilesOnAHub.REVISION, text.length());
  }

  /** Fetched, and at rest since so many seconds ago. */
  private void keep(String repository, String text, int secondsAgo) throws Exception {
    hub.with(repository, text);
    try (CheckpointStore.Pin pin = pin(repository, text)) {
      pin.arrived(hub.fetch(repository, root).bytes());
    }
    rest(text, secondsAgo);
  }

  private void rest(String text, int secondsAgo) throws IOException {
    Files.setLastModifiedTime(
        root.resolve("held").resolve(content(text)),
        FileTime.from(Instant.ofEpochSecond(1_000_000 - secondsAgo)));
  }

  private long bytesOnDisk() throws IOException {
    try (Stream<Path> contents = Files.list(root.resolve("contents"))) {
      return contents.mapToLong(file -> file.toFile().length()).sum();
    }
  }

  @Test
  void theOneUsedLongestAgoGoesFirst() throws Exception {
    keep("first", "0123456789", 10);
    keep("second", "abcdefghij", 20);

    keep("third", "klmnopqrst", 0);

    assertThat(store().contents())
        .containsExactlyInAnyOrder(content("0123456789"), content("klmnopqrst"));
    assertThat(bytesOnDisk()).isEqualTo(TWO);
  }

  @Test
  void whatIsUsedAgainStaysWithoutADownload() throws Exception {
    keep("first", "0123456789", 20);
    keep("second", "abcdefghij", 10);
    try (CheckpointStore.Pin again = pin("first", "0123456789")) {
      again.arrived(BYTES);
    }

    keep("third", "klmnopqrst", 0);

    assertThat(store().contents())
        .containsExactlyInAnyOrder(content("0123456789"), content("klmnopqrst"));
    hub.fetch("first", root);
    assertThat(hub.downloads()).isEqualTo(3);
  }

  @Test
  void whatIsInUseStaysAndWhatHasNoRoomIsRefusedInWords() throws Exception {
    keep("first", "0123456789", 20);
    keep("second", "abcdefghij", 10);

    CheckpointStore.Pin first = pin("first", "0123456789");
    CheckpointStore.Pin second = pin("second", "abcdefghij");
    assertThatThrownBy(() -> pin("third", "klmnopqrst"))
        .isInstanceOf(StoreFullException.class)
        .hasMessageContaining("10 bytes has no room")
        .hasMessageContaining("may hold 20 and has 20 in use")
        .hasMessageContaining("raise evaluation.cache_size");
    first.close();
    second.close();
    assertThat(store().contents()).hasSize(2);
  }

  @Test
  void aCheckpointLargerThanTheBudgetIsRefused() {
    assertThatThrownBy(
            () ->
                store()
                    .pin(content("large"), FilesOnAHub.named("a"), FilesOnAHub.REVISION, TWO + 1))
        .isInstanceOf(StoreFullException.class);
  }

  @Test
  void aFileThatAnotherRevisionHasAsWellStays() throws Exception {
    keep("first", "0123456789", 20);
    hub.with("copy", "0123456789");
    Snapshot copy = hub.fetch("copy", root);
    keep("second", "abcdefghij", 10);

    keep("third", "klmnopqrst", 0);

    assertThat(store().contents()).doesNotContain(content("0123456789"));
    assertThat(copy.directory().resolve("model.safetensors")).hasContent("0123456789");
    int before = hub.downloads();
    hub.fetch("first", root);
    assertThat(hub.downloads()).isEqualTo(before);
  }

  @Test
  void whatHasNotArrivedWholeIsNotHeldAndMakesRoomToo() throws Exception {
    pin("first", "0123456789").close();
    rest("0123456789", 20);
    assertThat(store().contents()).isEmpty();

    keep("second", "abcdefghij", 10);
    keep("third", "klmnopqrst", 0);

    assertThat(store().contents())
        .containsExactlyInAnyOrder(content("abcdefghij"), content("klmnopqrst"));
  }

  @Test
  void whatWasLargerThanExpectedCountsAsItIs() throws Exception {
    hub.with("first", "0123456789");
    try (CheckpointStore.Pin pin =
        store().pin(content("0123456789"), FilesOnAHub.named("first"), FilesOnAHub.REVISION, 0)) {
      pin.arrived(hub.fetch("first", root).bytes());
    }
    rest("0123456789", 20);
    keep("second", "abcdefghij", 10);

    keep("third", "klmnopqrst", 0);

    assertThat(store().contents()).doesNotContain(content("0123456789")).hasSize(2);
  }

  @Test
  void anotherProcessHoldsWhatItWorksWithUntilItIsKilled() throws Exception {
    keep("first", "0123456789", 20);
    keep("second", "abcdefghij", 10);
    Process other = PinningProcess.start(root, TWO, "first", content("0123456789"));
    try {
      keep("third", "klmnopqrst", 0);
      assertThat(store().contents())
          .containsExactlyInAnyOrder(content("0123456789"), content("klmnopqrst"));
    } finally {
      other.destroyForcibly().waitFor();
    }

    keep("fourth", "uvwxyzABCD", 0);

    assertThat(store().contents()).hasSize(2).contains(content("uvwxyzABCD"));
  }

  @Test
  void threadsOfOneProcessShareAPin() throws Exception {
    keep("first", "0123456789", 20);
    CheckpointStore.Pin one = pin("first", "0123456789");
    CheckpointStore.Pin other = pin("first", "0123456789");
    one.close();
    keep("second", "abcdefghij", 10);

    keep("third", "klmnopqrst", 0);

    assertThat(store().contents()).contains(content("0123456789"));
    other.close();
    keep("fourth", "uvwxyzABCD", 0);
    assertThat(store().contents()).hasSize(2);
  }

  @Test
  void aDamagedEntryIsNone() throws Exception {
    keep("first", "0123456789", 20);
    Files.writeString(root.resolve("held").resolve(content("0123456789")), "{\"bytes\":");

    assertThat(store().contents()).isEmpty();
    keep("first", "0123456789", 20);
    assertThat(store().contents()).hasSize(1);
  }

  @Test
  void withoutABudgetADiskWithRoomIsEnough() throws Exception {
    CheckpointStore free = new CheckpointStore(root, 0);
    free.pin(content("a"), FilesOnAHub.named("a"), FilesOnAHub.REVISION, 10).close();
    assertThatThrownBy(
            () ->
                free.pin(
                    content("b"), FilesOnAHub.named("b"), FilesOnAHub.REVISION, Long.MAX_VALUE / 2))
        .isInstanceOf(StoreFullException.class);
  }
}
