package dev.assay.miner;

import dev.assay.chain.keys.AccountId;
import dev.assay.model.checkpoint.DirectoryHash;
import dev.assay.model.checkpoint.FileDigest;
import dev.assay.model.hub.CommittedModel;
import dev.assay.model.hub.HubClient;
import dev.assay.model.hub.HubFile;
import dev.assay.model.hub.RepositoryId;
import dev.assay.model.hub.Revision;
import dev.assay.model.hub.http.HubException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Puts a checkpoint on a hub. */
public final class Publication {
  private static final String MESSAGE = "fine-tuned";

  private final HubClient hub;

  /**
   * @param hub with a token that may write to the miner's namespace
   */
  public Publication(HubClient hub) {
    this.hub = hub;
  }

  /** As {@link #publish(RepositoryId, Path, AccountId, String, boolean)}, at once for everybody. */
  public CommittedModel publish(
      RepositoryId repository, Path checkpoint, AccountId hotkey, String competition)
      throws IOException, InterruptedException {
    return publish(repository, checkpoint, hotkey, competition, false);
  }

  /**
   * Publishes all files of a folder as the newest revision of a repository, which is created where
   * there is none, and compares what the hub then lists with the files. Files that the newest
   * revision holds already make no other one, so that a publication that broke off is repeated.
   *
   * @param checkpoint a folder of files; folders in it and hidden files stay here
   * @param hotkey the miner's; the hash that validators compare contains it, so that nobody else
   *     can commit to the same files as their own
   * @param competition its id
   * @param isPrivate whether a repository that is created is seen by its owner alone
   * @return what is to be committed on the chain
   * @throws IOException if a file can't be read
   * @throws HubException.Mismatch if the hub holds other files afterwards
   */
  public CommittedModel publish(
      RepositoryId repository,
      Path checkpoint,
      AccountId hotkey,
      String competition,
      boolean isPrivate)
      throws IOException, InterruptedException {
    Map<String, Path> files = files(checkpoint);
    String hash =
        DirectoryHash.withHotkey(
            DirectoryHash.of(FileDigest.ofFiles(checkpoint, files.keySet())), hotkey.ss58());
    hub.createRepository(repository, isPrivate);
    Revision newest = hub.info(repository).revision();
    Optional<String> difference = difference(repository, newest, files);
    if (difference.isPresent()) {
      newest = hub.commit(repository, MESSAGE, files);
      difference = difference(repository, newest, files);
    }
    if (difference.isPresent()) {
      throw new HubException.Mismatch(
          "the hub's %s at %s is not what was published: %s"
              .formatted(repository, newest, difference.get()));
    }
    return new CommittedModel(repository, newest.hex(), hash, competition);
  }

  /** The first file that a revision doesn't hold as it is here. */
  private Optional<String> difference(
      RepositoryId repository, Revision revision, Map<String, Path> files)
      throws IOException, InterruptedException {
    Map<String, HubFile> listed =
        hub.tree(repository, revision).stream()
            .collect(Collectors.toMap(HubFile::path, Function.identity(), (one, other) -> one));
    for (Map.Entry<String, Path> file : files.entrySet()) {
      HubFile there = listed.get(file.getKey());
      if (there == null || !isSame(there, file.getValue())) {
        return Optional.of(file.getKey() + (there == null ? " is missing" : " differs"));
      }
    }
    return Optional.empty();
  }

  private static boolean isSame(HubFile there, Path file) throws IOException {
    if (there.size() != Files.size(file)) {
      return false;
    }
    return there.sha256().isPresent()
        ? there.sha256().get().equals(FileDigest.of(there.path(), file).sha256())
        : there.gitSha1().equals(blobId(file));
  }

  /** What git calls a file's content. */
  private static String blobId(Path file) throws IOException {
    try {
      byte[] content = Files.readAllBytes(file);
      MessageDigest digest = MessageDigest.getInstance("SHA-1");
      digest.update(("blob " + content.length + "\0").getBytes(StandardCharsets.US_ASCII));
      return HexFormat.of().formatHex(digest.digest(content));
    } catch (NoSuchAlgorithmException absent) {
      throw new IllegalStateException("every Java runtime has SHA-1", absent);
    }
  }

  private static Map<String, Path> files(Path checkpoint) throws IOException {
    Map<String, Path> files = new TreeMap<>();
    try (Stream<Path> listed = Files.list(checkpoint)) {
      listed
          .filter(Files::isRegularFile)
          .filter(file -> !file.getFileName().toString().startsWith("."))
          .forEach(file -> files.put(file.getFileName().toString(), file));
    }
    return files;
  }
}
