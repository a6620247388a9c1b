package dev.assay.model.hub;

import dev.assay.model.checkpoint.FileDigest;
import dev.assay.model.hub.http.Deadline;
import dev.assay.model.hub.http.HubException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The node-local cache of downloads, shared by processes. Contents lie under their digests; a
 * snapshot is a folder of hard links to them that appears whole by an atomic rename. One file lock
 * a revision keeps two processes from fetching the same twice.
 */
public final class HubCache {

  private static final Duration LOCK_PAUSE = Duration.ofMillis(50);

  private final Path root;

  /** A cache in a folder, which appears with the first download. */
  public HubCache(Path root) {
    this.root = root;
  }

  /** Where a content lies, or will lie once it is complete and verified. */
  Path content(HubFile file) {
    return root.resolve("contents").resolve(AnnouncedDigest.name(file));
  }

  boolean has(HubFile file) throws IOException {
    Path content = content(file);
    return Files.isRegularFile(content, LinkOption.NOFOLLOW_LINKS)
        && Files.size(content) == file.size();
  }

  /** Where a content arrives; under the revision's lock nothing else writes there. */
  Path part(RepositoryId repository, Revision revision, HubFile file) {
    return root.resolve("parts")
        .resolve(key(repository, revision))
        .resolve(AnnouncedDigest.name(file));
  }

  /** The lock of a revision, held by at most one thread of one process. */
  RevisionLock lock(RepositoryId repository, Revision revision, Deadline deadline)
      throws IOException, InterruptedException {
    Path path = root.resolve("locks").resolve(key(repository, revision));
    Files.createDirectories(path.getParent());
    FileChannel channel =
        FileChannel.open(path, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    try {
      while (!isLocked(channel)) {
        deadline.pause(LOCK_PAUSE, "waiting for another download of " + repository);
      }
      return new RevisionLock(channel);
    } catch (IOException | InterruptedException | RuntimeException e) {
      channel.close();
      throw e;
    }
  }

  private static boolean isLocked(FileChannel channel) throws IOException {
    try {
      FileLock lock = channel.tryLock();
      return lock != null;
    } catch (OverlappingFileLockException e) {
      // Another thread of this process has it.
      return false;
    }
  }

  /** Where the snapshot of a selection lies, whether it exists or not. */
  Path snapshot(RepositoryId repository, Revision revision, List<HubFile> files) {
    MessageDigest digest = FileDigest.newSha256();
    for (HubFile file : files) {
      String line = file.path() + "\0" + AnnouncedDigest.name(file) + "\n";
      digest.update(ByteBuffer.wrap(line.getBytes(StandardCharsets.UTF_8)));
    }
    String selection = HexFormat.of().formatHex(digest.digest()).substring(0, 16);
    return root.resolve("snapshots").resolve(key(repository, revision)).resolve(selection);
  }

  /** Links the contents under their names; all of them must be there. */
  void assemble(Path snapshot, List<HubFile> files) throws IOException {
    Path temporary = snapshot.resolveSibling(snapshot.getFileName() + ".part");
    delete(temporary);
    for (HubFile file : files) {
      Path target = temporary.resolve(file.path());
      if (!target.normalize().startsWith(temporary)) {
        throw new HubException.Mismatch(
            "the file '" + HubException.quoted(file.path()) + "' leaves its folder");
      }
      Files.createDirectories(target.getParent());
      link(content(file), target);
    }
    // Only a damaged one can be there.
    delete(snapshot);
    Files.move(temporary, snapshot, StandardCopyOption.ATOMIC_MOVE);
  }

  private static void link(Path content, Path target) throws IOException {
    try {
      Files.createLink(target, content);
    } catch (UnsupportedOperationException e) {
      Files.copy(content, target);
    }
  }

  /**
   * Removes what was fetched of a revision, but for contents that another revision has as well.
   * Whoever fetches it at the same time fetches it again.
   */
  public void remove(RepositoryId repository, Revision revision) throws IOException {
    String key = key(repository, revision);
    Path snapshots = root.resolve("snapshots").resolve(key);
    // First, so that a kill in between leaves the names by which the rest is found.
    removeContents(links(snapshots));
    delete(snapshots);
    delete(root.resolve("parts").resolve(key));
  }

  /** How often a folder names each file of the disk. */
  private static Map<Object, Integer> links(Path folder) throws IOException {
    Map<Object, Integer> links = new HashMap<>();
    if (Files.isDirectory(folder)) {
      try (Stream<Path> paths = Files.walk(folder)) {
        for (Path path : paths.filter(Files::isRegularFile).toList()) {
          links.merge(fileKey(path), 1, Integer::sum);
        }
      }
    }
    return links;
  }

  private void removeContents(Map<Object, Integer> links) throws IOException {
    if (links.isEmpty()) {
      return;
    }
    try (Stream<Path> contents = Files.list(root.resolve("contents"))) {
      for (Path content : contents.toList()) {
        Integer own = links.get(fileKey(content));
        if (own != null && (Integer) Files.getAttribute(content, "unix:nlink") == own + 1) {
          Files.delete(content);
        }
      }
    }
  }

  private static Object fileKey(Path path) throws IOException {
    return Files.readAttributes(path, BasicFileAttributes.class).fileKey();
  }

  private static void delete(Path folder) throws IOException {
    if (!Files.exists(folder, LinkOption.NOFOLLOW_LINKS)) {
      return;
    }
    try (Stream<Path> paths = Files.walk(folder)) {
      for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    }
  }

  // Neither part of a repository's name can hold "--".
  private static String key(RepositoryId repository, Revision revision) {
    return (repository.isDataset() ? "datasets--" : "")
        + repository.namespace()
        + "--"
        + repository.name()
        + "--"
        + revision.hex();
  }

  /** A held lock; closing it lets the next one in. */
  static final class RevisionLock implements AutoCloseable {

    private final FileChannel channel;

    private RevisionLock(FileChannel channel) {
      this.channel = channel;
    }

    @Override
    public void close() throws IOException {
      channel.close();
    }
  }
}
