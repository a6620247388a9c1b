package dev.assay.jobs.storage;

import dev.assay.jobs.DurableStep;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Objects as the files of one folder; other files in it are none.
 *
 * @param folder created when missing
 */
public record FolderObjects(Path folder) implements NamedObjects {
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_-][A-Za-z0-9._-]{0,199}");

  @Override
  public boolean create(String name, byte[] content) {
    Path file = file(name);
    // Its own name in every thread and process: only the link below may be contended.
    Path draft = folder.resolve("." + name + "." + UUID.randomUUID() + ".draft");
    try {
      writeDraft(draft, content, StandardOpenOption.CREATE_NEW);
      // A link to a finished file: no one ever sees half an object, and only one link can be
      // created.
      DurableStep.next("link " + file);
      Files.createLink(file, draft);
    } catch (FileAlreadyExistsException taken) {
      return false;
    } catch (IOException unwritable) {
      throw unwritable(file, unwritable);
    } finally {
      deleteIfThere(draft);
    }
    syncFolder();
    return true;
  }

  @Override
  public void replace(String name, byte[] content) {
    Path file = file(name);
    Path draft = folder.resolve("." + name + ".draft");
    try {
      writeDraft(draft, content, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING);
      DurableStep.next("move to " + file);
      Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException unwritable) {
      throw unwritable(file, unwritable);
    }
    syncFolder();
  }

  @Override
  public void delete(String name) {
    if (Files.exists(file(name))) {
      deleteIfThere(file(name));
      syncFolder();
    }
  }

  @Override
  public Optional<byte[]> read(String name, long mostBytes) {
    Path file = file(name);
    // A pipe or a device, which could be read for ever, is no object.
    if (!Files.isRegularFile(file)) {
      return Optional.empty();
    }
    try (InputStream in = Files.newInputStream(file)) {
      if (Files.size(file) > mostBytes) {
        throw new IllegalArgumentException(
            file + " has " + Files.size(file) + " bytes; at most " + mostBytes);
      }
      return Optional.of(in.readNBytes((int) Math.min(mostBytes, Integer.MAX_VALUE)));
    } catch (IOException unreadable) {
      throw new UncheckedIOException(file + " cannot be read; check its permissions", unreadable);
    }
  }

  @Override
  public SortedSet<String> names() {
    if (!Files.isDirectory(folder)) {
      return new TreeSet<>();
    }
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .filter(Files::isRegularFile)
          .map(file -> file.getFileName().toString())
          .filter(name -> NAME.matcher(name).matches())
          .collect(Collectors.toCollection(TreeSet::new));
    } catch (IOException unreadable) {
      throw new UncheckedIOException(
          folder + " cannot be listed; check its permissions", unreadable);
    }
  }

  @Override
  public String address() {
    return folder.toString();
  }

  private Path file(String name) {
    if (!NAME.matcher(name).matches()) {
      throw new IllegalArgumentException(
          "the name " + name + " in " + folder + "; letters, digits, dots, hyphens, underscores");
    }
    return folder.resolve(name);
  }

  private void writeDraft(Path draft, byte[] content, StandardOpenOption... options)
      throws IOException {
    Files.createDirectories(folder);
    DurableStep.next("write " + draft);
    try (FileChannel channel = FileChannel.open(draft, writing(options))) {
      ByteBuffer buffer = ByteBuffer.wrap(content);
      while (buffer.hasRemaining()) {
        channel.write(buffer);
      }
      channel.force(true);
    }
  }

  private static StandardOpenOption[] writing(StandardOpenOption... options) {
    return Stream.concat(Stream.of(StandardOpenOption.WRITE), Stream.of(options))
        .toArray(StandardOpenOption[]::new);
  }

  /** The name itself must survive a power failure before anything rests on it. */
  private void syncFolder() {
    try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
      channel.force(true);
    } catch (IOException unsyncable) {
      throw new UncheckedIOException(folder + " cannot be made durable", unsyncable);
    }
  }

  private static UncheckedIOException unwritable(Path file, IOException cause) {
    return new UncheckedIOException(
        file + " cannot be written; give paths.warehouse and paths.bundles writable folders",
        cause);
  }

  private static void deleteIfThere(Path file) {
    try {
      DurableStep.next("delete " + file);
      Files.deleteIfExists(file);
    } catch (IOException left) {
      throw new UncheckedIOException(file + " cannot be deleted; check its permissions", left);
    }
  }
}
