package dev.assay.cli.demo;

import dev.assay.chain.extrinsic.Outcome;
import dev.assay.chain.subtensor.Calls;
import dev.assay.chain.subtensor.Subtensor;
import dev.assay.model.checkpoint.DirectoryHash;
import dev.assay.model.checkpoint.FileDigest;
import dev.assay.model.hub.CommittedModel;
import dev.assay.model.hub.HubClient;
import dev.assay.model.hub.RepositoryId;
import dev.assay.model.hub.Revision;
import dev.assay.model.hub.http.AccessToken;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** A miner's way to be seen: publish the checkpoint on the hub, commit to it on the chain. */
final class Publication {
  /** The name of every miner's repository. */
  static final String MODEL = "gloss";

  private final URI hub;
  private final Subtensor chain;
  private final int netuid;
  private final String competition;

  Publication(URI hub, Subtensor chain, int netuid, String competition) {
    this.hub = hub;
    this.chain = chain;
    this.netuid = netuid;
    this.competition = competition;
  }

  /**
   * Publishes and commits.
   *
   * @param checkpoint a folder of files, without folders of its own
   * @return the block that holds the commitment
   */
  long publish(Participant miner, AccessToken token, Path checkpoint)
      throws IOException, InterruptedException {
    RepositoryId repository = new RepositoryId(miner.name(), MODEL);
    HubClient client = HubClient.of(hub, token);
    client.createRepository(repository);
    Revision revision = client.commit(repository, "fine-tuned", files(checkpoint));
    String hotkey = miner.hotkey().account().ss58();
    String hash =
        DirectoryHash.withHotkey(
            DirectoryHash.of(FileDigest.ofFiles(checkpoint, files(checkpoint).keySet())), hotkey);
    String commitment = new CommittedModel(repository, revision.hex(), hash, competition).text();
    Outcome.Included included =
        Enrolment.done(
            chain,
            Calls.setCommitment(netuid, commitment.getBytes(StandardCharsets.UTF_8)),
            miner.hotkey());
    return included.number();
  }

  private static Map<String, Path> files(Path checkpoint) throws IOException {
    Map<String, Path> files = new TreeMap<>();
    try (Stream<Path> listed = Files.list(checkpoint)) {
      listed.forEach(file -> files.put(file.getFileName().toString(), file));
    }
    return files;
  }
}
