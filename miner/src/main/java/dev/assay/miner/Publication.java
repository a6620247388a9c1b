package dev.assay.miner;

import dev.assay.chain.keys.AccountId;
import dev.assay.model.checkpoint.DirectoryHash;
import dev.assay.model.checkpoint.FileDigest;
import dev.assay.model.hub.CommittedModel;
import dev.assay.model.hub.HubClient;
import dev.assay.model.hub.RepositoryId;
import dev.assay.model.hub.Revision;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
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

  /**
   * Publishes all files of a folder as the newest revision of a repository, which is created where
   * there is none.
   *
   * @param checkpoint a folder of files, without folders of its own
   * @param hotkey the miner's; the hash that validators compare contains it, so that nobody else
   *     can commit to the same files as their own
   * @param competition its id
   * @return what is to be committed on the chain
   * @throws IOException if a file can't be read
   */
  public CommittedModel publish(
      RepositoryId repository, Path checkpoint, AccountId hotkey, String competition)
      throws IOException, InterruptedException {
    Map<String, Path> files = files(checkpoint);
    hub.createRepository(repository);
    Revision revision = hub.commit(repository, MESSAGE, files);
    String hash =
        DirectoryHash.withHotkey(
            DirectoryHash.of(FileDigest.ofFiles(checkpoint, files.keySet())), hotkey.ss58());
    return new CommittedModel(repository, revision.hex(), hash, competition);
  }

  private static Map<String, Path> files(Path checkpoint) throws IOException {
    Map<String, Path> files = new TreeMap<>();
    try (Stream<Path> listed = Files.list(checkpoint)) {
      listed.forEach(file -> files.put(file.getFileName().toString(), file));
    }
    return files;
  }
}
