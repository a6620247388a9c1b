package dev.assay.model.hub;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HuggingFaceCacheTest {
  private static final RepositoryId REPOSITORY = new RepositoryId("a", "b");
  private static final Revision REVISION = new Revision(HubClientTest.REVISION);
  private static final String FILE = "/a/b/resolve/" + REVISION + "/model.safetensors";
  private static final byte[] CONTENT = "0123456789".getBytes(StandardCharsets.US_ASCII);
  private static final DownloadLimits LIMITS =
      new DownloadLimits(1000, 1500, 3, Duration.ofSeconds(20));

  @TempDir Path folder;
  private ScriptedHub hub;

  @BeforeEach
  void start() throws Exception {
    hub = new ScriptedHub();
    hub.lists("model.safetensors", CONTENT, 10).on(FILE, ScriptedHub.answer(200, CONTENT));
  }

  @AfterEach
  void stop() {
    hub.close();
  }

  @Test
  void whatAnotherToolHasDownloadedIsNotFetchedAgain() throws Exception {
    Files.write(blob(), CONTENT);

    assertThat(download()).hasBinaryContent(CONTENT);
    assertThat(fetched()).isZero();
    assertThat(blob()).hasBinaryContent(CONTENT);
  }

  @Test
  void whatHasAnotherDigestIsFetchedAndLeftAlone() throws Exception {
    Files.writeString(blob(), "9876543210");

    assertThat(download()).hasBinaryContent(CONTENT);
    assertThat(fetched()).isEqualTo(1);
    assertThat(blob()).hasContent("9876543210");
  }

  @Test
  void whatIsShorterOrALinkOrNoFileIsFetched() throws Exception {
    Path elsewhere = Files.write(folder.resolve("elsewhere"), CONTENT);
    Files.createSymbolicLink(blob(), elsewhere);
    assertThat(download()).hasBinaryContent(CONTENT);
    Files.delete(blob());
    Files.createDirectory(blob());
    assertThat(download()).hasBinaryContent(CONTENT);
    Files.delete(blob());
    Files.writeString(blob(), "012");
    assertThat(download()).hasBinaryContent(CONTENT);

    assertThat(fetched()).isEqualTo(3);
  }

  /** Into a cache of its own each time. */
  private Path download() throws IOException, InterruptedException {
    Path cache = Files.createTempDirectory(folder, "cache");
    return HubClient.of(hub.address())
        .withDownloads(new HuggingFaceCache(Optional.of(folder)))
        .download(REPOSITORY, REVISION, List.of("*.safetensors"), LIMITS, cache)
        .directory()
        .resolve("model.safetensors");
  }

  private long fetched() {
    return hub.requests().stream().filter(request -> request.contains("resolve")).count();
  }

  private Path blob() throws IOException {
    String digest = "84d89877f0d4041efb6bf91a16f0248f2fd573e6af05c19f96bedb9f882f7882";
    return Files.createDirectories(folder.resolve("models--a--b/blobs")).resolve(digest);
  }
}
