package dev.assay.localnet.hub;

import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * The repositories' commits and branches on disk. A commit is written before the branch that names
 * it, each by an atomic rename: a process killed at any point leaves the branch at a whole commit.
 */
final class Repositories {

  static final String BRANCH = "main";
  private static final String PRIVATE = "private";
  private static final Pattern REVISION = Pattern.compile("[0-9a-f]{40}");

  private final Path directory;
  private final long startSecond;
  private final JsonMapper json = JsonMapper.builder().build();

  Repositories(Path directory, long startSecond) throws IOException {
    this.directory = Files.createDirectories(directory.resolve("repositories"));
    this.startSecond = startSecond;
  }

  /** Makes a repository with a first commit of the given files, unless it exists. */
  synchronized boolean create(RepositoryName name, SortedMap<String, StoredFile> files)
      throws IOException {
    if (head(name).isPresent()) {
      return false;
    }
    store(name, Optional.empty(), "initial commit", files);
    return true;
  }

  /**
   * Adds a commit to the branch.
   *
   * @param expectedParent the revision that the branch must be at, or empty for any
   * @throws HubFailure 412 when the branch is elsewhere
   */
  synchronized Commit commit(
      RepositoryName name, Optional<String> expectedParent, CommitRequest request)
      throws IOException {
    Commit parent = head(name).orElseThrow(() -> HubFailure.repositoryNotFound(name));
    if (expectedParent.isPresent() && !parent.revision().equals(expectedParent.get())) {
      throw new HubFailure(
          412,
          "PreconditionFailed",
          "the branch is at " + parent.revision() + ", the commit expects " + expectedParent.get());
    }
    SortedMap<String, StoredFile> files = request.applyTo(name, parent.files());
    return store(name, Optional.of(parent), request.message(), files);
  }

  /** Whether only the namespace's owner sees the repository. */
  boolean isPrivate(RepositoryName name) {
    return Files.exists(folder(name).resolve(PRIVATE));
  }

  /** Hides a repository that exists, or shows it to everybody. */
  synchronized void setPrivate(RepositoryName name, boolean hidden) throws IOException {
    if (hidden) {
      writeWhole(folder(name).resolve(PRIVATE), new byte[0]);
    } else {
      Files.deleteIfExists(folder(name).resolve(PRIVATE));
    }
  }

  /** The branch's newest commit, if the repository exists. */
  synchronized Optional<Commit> head(RepositoryName name) throws IOException {
    Path branch = folder(name).resolve(BRANCH);
    if (!Files.exists(branch)) {
      return Optional.empty();
    }
    return Optional.of(read(name, Files.readString(branch, StandardCharsets.US_ASCII)));
  }

  /** The commit that {@code main} or a full revision names. */
  Commit at(RepositoryName name, String revision) throws IOException {
    Commit head = head(name).orElseThrow(() -> HubFailure.repositoryNotFound(name));
    if (revision.equals(BRANCH)) {
      return head;
    }
    if (!REVISION.matcher(revision).matches() || !Files.exists(commitPath(name, revision))) {
      throw HubFailure.revisionNotFound(name, revision);
    }
    return read(name, revision);
  }

  private Commit store(
      RepositoryName name,
      Optional<Commit> parent,
      String message,
      SortedMap<String, StoredFile> files)
      throws IOException {
    int number = parent.map(before -> before.number() + 1).orElse(0);
    String parentRevision = parent.map(Commit::revision).orElse("");
    long second = startSecond + number;
    String treeId = GitObjects.treeIds(files).get("");
    String revision =
        GitObjects.commitId(treeId, parentRevision, name.namespace(), second, message);
    Commit commit =
        new Commit(revision, parentRevision, number, second, message, new TreeMap<>(files));
    Files.createDirectories(folder(name).resolve("commits"));
    writeWhole(commitPath(name, revision), json.writeValueAsBytes(commit));
    writeWhole(folder(name).resolve(BRANCH), revision.getBytes(StandardCharsets.US_ASCII));
    return commit;
  }

  private Commit read(RepositoryName name, String revision) throws IOException {
    return json.readValue(commitPath(name, revision).toFile(), Commit.class);
  }

  private Path folder(RepositoryName name) {
    // No namespace begins so.
    Path kind = name.dataset() ? directory.resolve("@datasets") : directory;
    return kind.resolve(name.namespace()).resolve(name.name());
  }

  private Path commitPath(RepositoryName name, String revision) {
    return folder(name).resolve("commits").resolve(revision + ".json");
  }

  private static void writeWhole(Path target, byte[] content) throws IOException {
    Path temporary = target.resolveSibling(target.getFileName() + ".part");
    Files.write(temporary, content);
    Files.move(
        temporary, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }
}
