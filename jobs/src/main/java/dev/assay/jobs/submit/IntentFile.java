package dev.assay.jobs.submit;

import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.assay.jobs.DurableStep;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.UUID;

/**
 * The intents of one validator as files, one per window, each created once and never changed: the
 * file system's own atomic link decides between processes that race. The {@code weights} table is
 * the record; this is the lock.
 */
final class IntentFile {
  private static final JsonMapper JSON =
      JsonMapper.builder()
          .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
          .build();

  private final Path folder;

  /**
   * @param folder created when missing
   */
  IntentFile(Path folder) {
    this.folder = folder;
  }

  /**
   * Makes the intent, unless its window has one.
   *
   * @return the window's intent: this one, or the one that was first
   */
  WeightIntent claim(WeightIntent intent) {
    Path file = file(intent);
    // Its own name in every thread and process: only the link below may be contended.
    Path draft = file.resolveSibling(file.getFileName() + "." + UUID.randomUUID() + ".draft");
    try {
      Files.createDirectories(folder);
      DurableStep.next("write " + draft);
      writeDurably(draft, JSON.writeValueAsBytes(intent));
      // A link to a finished file: no one ever sees half an intent, and only one link can be
      // created.
      DurableStep.next("link " + file);
      Files.createLink(file, draft);
    } catch (FileAlreadyExistsException taken) {
      return find(intent).orElseThrow();
    } catch (IOException unwritable) {
      throw new UncheckedIOException(
          file + " cannot be written; give paths.warehouse a writable folder", unwritable);
    } finally {
      delete(draft);
    }
    syncFolder();
    return intent;
  }

  /** The window's intent, if it has one. */
  Optional<WeightIntent> find(WeightIntent sameWindow) {
    Path file = file(sameWindow);
    try {
      return Files.exists(file) ? Optional.of(read(file)) : Optional.empty();
    } catch (JsonProcessingException damaged) {
      throw new UncheckedIOException(
          file + " is damaged; restore it, or set no weights in this window", damaged);
    } catch (IOException unreadable) {
      throw new UncheckedIOException(file + " cannot be read", unreadable);
    }
  }

  /** Files of a release that did not record the chain are read as of an unknown one. */
  private static WeightIntent read(Path file) throws IOException {
    JsonNode tree = JSON.readTree(Files.readAllBytes(file));
    if (!(tree instanceof ObjectNode intent)) {
      throw new JsonParseException("no JSON object");
    }
    if (!intent.has("genesis")) {
      intent.put("genesis", WeightIntent.UNKNOWN_CHAIN);
    }
    return JSON.treeToValue(intent, WeightIntent.class);
  }

  private Path file(WeightIntent intent) {
    return folder.resolve(
        "%d-%d-%s-%d.json"
            .formatted(intent.netuid(), intent.mechanism(), intent.hotkey(), intent.window()));
  }

  private static void writeDurably(Path file, byte[] content) throws IOException {
    try (FileChannel channel =
        FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
      ByteBuffer buffer = ByteBuffer.wrap(content);
      while (buffer.hasRemaining()) {
        channel.write(buffer);
      }
      channel.force(true);
    }
  }

  /** The link itself must survive a power failure before anything is sent. */
  private void syncFolder() {
    try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
      channel.force(true);
    } catch (IOException unsyncable) {
      throw new UncheckedIOException(folder + " cannot be made durable", unsyncable);
    }
  }

  private static void delete(Path draft) {
    try {
      DurableStep.next("delete " + draft);
      Files.deleteIfExists(draft);
    } catch (IOException left) {
      throw new UncheckedIOException(draft + " cannot be deleted", left);
    }
  }
}
