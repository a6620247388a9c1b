package dev.assay.jobs.storage;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A folder of this machine.
 *
 * @param folder created when something is written
 */
public record FolderPlace(Path folder) implements Place {
  @Override
  public NamedObjects objects(String name) {
    return new FolderObjects(folder.resolve(name));
  }

  @Override
  public SortedSet<String> names() {
    if (!Files.isDirectory(folder)) {
      return new TreeSet<>();
    }
    try (Stream<Path> folders = Files.list(folder)) {
      return folders
          .filter(Files::isDirectory)
          .map(each -> each.getFileName().toString())
          .filter(name -> !name.startsWith("."))
          .collect(Collectors.toCollection(TreeSet::new));
    } catch (IOException unreadable) {
      throw new UncheckedIOException(
          folder + " cannot be listed; check its permissions", unreadable);
    }
  }

  /** A folder tells when it is read. */
  @Override
  public void requireReadable() {}

  /** The system ends a lock with its process, so none needs a clock. */
  @Override
  public Leases leases(Clock clock) {
    return new FolderLeases(folder);
  }

  @Override
  public String address() {
    return folder.toString();
  }
}
