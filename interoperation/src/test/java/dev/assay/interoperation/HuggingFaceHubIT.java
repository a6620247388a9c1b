package dev.assay.interoperation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.assay.localnet.hub.HubOptions;
import dev.assay.localnet.hub.HubServer;
import dev.assay.model.hub.DownloadLimits;
import dev.assay.model.hub.HubClient;
import dev.assay.model.hub.HubEnvironment;
import dev.assay.model.hub.RepositoryId;
import dev.assay.model.hub.Revision;
import dev.assay.model.hub.Snapshot;
import dev.assay.model.hub.http.AccessToken;
import dev.assay.model.hub.http.HubException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The localnet's hub and our client, each against the library that everybody uses. */
class HuggingFaceHubIT {

  private static final RepositoryId REPOSITORY = new RepositoryId("alice", "model");
  private static final DownloadLimits LIMITS =
      new DownloadLimits(64 << 20, 128 << 20, 10, Duration.ofSeconds(60));
  private static PythonScripts python;

  @TempDir Path folder;
  private HubServer hub;

  @BeforeAll
  static void install() throws Exception {
    python = PythonScripts.installed();
  }

  @BeforeEach
  void start() throws IOException {
    hub =
        HubServer.start(
            HubOptions.local(
                folder.resolve("hub"),
                Map.of("alice", "token-of-alice"),
                Instant.ofEpochSecond(1_700_000_000)));
  }

  @AfterEach
  void stop() {
    hub.close();
  }

  @Test
  void theirUploadIsOurDownload() throws Exception {
    Path model = checkpoint();

    JsonNode answer = python("upload", model);
    Revision revision = new Revision(answer.path("revision").asText());
    Snapshot snapshot =
        HubClient.of(hub.address())
            .download(
                REPOSITORY,
                revision,
                List.of("*.json", "*.safetensors", "notes/*"),
                LIMITS,
                folder.resolve("cache"));

    assertThat(answer.path("again").asText()).isEqualTo(revision.hex());
    assertThat(snapshot.files()).hasSize(3);
    for (String name : List.of("config.json", "model.safetensors", "notes/über uns.txt")) {
      assertThat(snapshot.directory().resolve(name)).hasSameBinaryContentAs(model.resolve(name));
    }
  }

  @Test
  void ourUploadIsTheirDownload() throws Exception {
    Path model = checkpoint();
    HubClient client = HubClient.of(hub.address(), AccessToken.of("token-of-alice"));
    client.createRepository(REPOSITORY);
    Revision revision =
        client.commit(
            REPOSITORY,
            "a model",
            Map.of(
                "config.json", model.resolve("config.json"),
                "model.safetensors", model.resolve("model.safetensors")));
    Path target = folder.resolve("theirs");

    JsonNode answer =
        python.run(
            "hub.py",
            Map.of(
                "action", "download",
                "endpoint", hub.address().toString(),
                "repository", REPOSITORY.toString(),
                "revision", revision.hex(),
                "folder", target.toString()),
            environment(),
            120);

    assertThat(answer.path("sha").asText()).isEqualTo(revision.hex());
    for (String name : List.of("config.json", "model.safetensors")) {
      assertThat(target.resolve(name)).hasSameBinaryContentAs(model.resolve(name));
    }
  }

  /** The hub still lists the weights, and has lost them: only the cache can give them. */
  @Test
  void whatTheirCacheHoldsIsNotFetchedAgain() throws Exception {
    Path model = checkpoint();
    String revision = python("upload", model).path("revision").asText();
    python.run(
        "hub.py",
        Map.of(
            "action",
            "keep",
            "endpoint",
            hub.address().toString(),
            "repository",
            REPOSITORY.toString(),
            "revision",
            revision,
            "folder",
            ""),
        environment(),
        120);
    forgetWeights();
    HubClient client =
        HubClient.of(hub.address()).withDownloads(new HubEnvironment(environment()).downloads());

    Snapshot snapshot =
        client.download(
            REPOSITORY,
            new Revision(revision),
            List.of("*.json", "*.safetensors"),
            LIMITS,
            folder.resolve("cache"));

    for (String name : List.of("config.json", "model.safetensors")) {
      assertThat(snapshot.directory().resolve(name)).hasSameBinaryContentAs(model.resolve(name));
    }
    assertThatThrownBy(
            () ->
                HubClient.of(hub.address())
                    .download(
                        REPOSITORY,
                        new Revision(revision),
                        List.of("*.safetensors"),
                        LIMITS,
                        folder.resolve("another")))
        .isInstanceOf(HubException.class);
  }

  private void forgetWeights() throws IOException {
    try (Stream<Path> files = Files.walk(folder.resolve("hub"))) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        if (Files.size(file) >= 12 << 20) {
          Files.delete(file);
        }
      }
    }
  }

  @Test
  void theirErrorsAreTheOnesTheyKnow() throws Exception {
    JsonNode answer = python("errors", checkpoint());

    assertThat(answer.path("repository").asText()).isEqualTo("RepositoryNotFoundError");
    assertThat(answer.path("revision").asText()).isEqualTo("RevisionNotFoundError");
    assertThat(answer.path("file").asText()).isEqualTo("RemoteEntryNotFoundError");
    assertThat(answer.path("token").asInt()).isEqualTo(401);
  }

  private JsonNode python(String action, Path model) throws Exception {
    return python.run(
        "hub.py",
        Map.of(
            "action", action,
            "endpoint", hub.address().toString(),
            "repository", REPOSITORY.toString(),
            "token", "token-of-alice",
            "folder", model.toString()),
        environment(),
        120);
  }

  private Map<String, String> environment() {
    // Large files go through git-LFS: the hub does not offer the Xet protocol.
    return Map.of(
        "HF_HUB_DISABLE_XET", "1",
        "HF_HUB_DISABLE_TELEMETRY", "1",
        "HF_HOME", folder.resolve("hf-home").toString());
  }

  private Path checkpoint() throws IOException {
    Path model = Files.createDirectories(folder.resolve("model").resolve("notes")).getParent();
    Files.writeString(model.resolve("config.json"), "{\"model_type\":\"llama\"}");
    Files.writeString(model.resolve("notes").resolve("über uns.txt"), "grüß Gott");
    Files.writeString(model.resolve("README.md"), "---\nlicense: mit\n---\n# A model\n");
    byte[] weights = new byte[12 << 20];
    new Random(5).nextBytes(weights);
    Files.write(model.resolve("model.safetensors"), weights);
    return model;
  }
}
