package dev.assay.cli;

import dev.assay.localnet.hub.HubOptions;
import dev.assay.localnet.hub.HubServer;
import dev.assay.model.checkpoint.DirectoryHash;
import dev.assay.model.checkpoint.FileDigest;
import dev.assay.model.hub.CommittedModel;
import dev.assay.model.hub.HubClient;
import dev.assay.model.hub.RepositoryId;
import dev.assay.model.hub.Revision;
import dev.assay.model.hub.http.AccessToken;
import dev.assay.model.text.ByteTokenizer;
import dev.assay.model.train.Initialisation;
import dev.assay.model.train.LlamaShape;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** A hub with one untrained model. */
final class HubOfOneModel implements AutoCloseable {
  private static final String TOKEN = "hf_miner";
  private static final RepositoryId REPOSITORY = new RepositoryId("miners", "model");
  private static final LlamaShape SHAPE =
      new LlamaShape(ByteTokenizer.VOCABULARY, 64, 128, 1, 4, 2, 512);

  private final HubServer hub;
  private final Path checkpoint;

  private HubOfOneModel(HubServer hub, Path checkpoint) {
    this.hub = hub;
    this.checkpoint = checkpoint;
  }

  static HubOfOneModel start(Path folder) throws IOException {
    Path checkpoint = folder.resolve("model");
    Initialisation.write(checkpoint, SHAPE, 1, Map.of());
    HubOptions options =
        HubOptions.local(folder.resolve("hub"), Map.of("miners", TOKEN), Instant.EPOCH);
    return new HubOfOneModel(HubServer.start(options), checkpoint);
  }

  URI address() {
    return hub.address();
  }

  /** Publishes the model and returns the text that its hotkey commits. */
  String publish(String hotkey) throws IOException, InterruptedException {
    Map<String, Path> files = new TreeMap<>();
    try (Stream<Path> listed = Files.list(checkpoint)) {
      listed.forEach(file -> files.put(file.getFileName().toString(), file));
    }
    HubClient client = HubClient.of(hub.address(), AccessToken.of(TOKEN));
    client.createRepository(REPOSITORY);
    Revision revision = client.commit(REPOSITORY, "a model", files);
    String hash =
        DirectoryHash.withHotkey(
            DirectoryHash.of(FileDigest.ofFiles(checkpoint, files.keySet())), hotkey);
    return new CommittedModel(REPOSITORY, revision.hex(), hash, "b1").text();
  }

  @Override
  public void close() {
    hub.close();
  }
}
