package dev.assay.model.hub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.assay.model.checkpoint.FileDigest;
import dev.assay.model.hub.http.AccessToken;
import dev.assay.model.hub.http.Deadline;
import dev.assay.model.hub.http.HubException;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HubClientTest {

  static final String REVISION = "0123456789abcdef0123456789abcdef01234567";
  private static final RepositoryId REPOSITORY = new RepositoryId("a", "b");
  private static final String FILE = "/a/b/resolve/" + REVISION + "/model.safetensors";
  private static final String TREE = "/api/models/a/b/tree/" + REVISION;
  private static final byte[] CONTENT = "0123456789".getBytes(StandardCharsets.US_ASCII);
  private static final DownloadLimits LIMITS =
      new DownloadLimits(1000, 1500, 3, Duration.ofSeconds(20));

  @TempDir Path cache;
  private ScriptedHub hub;

  @BeforeEach
  void start() throws IOException {
    hub = new ScriptedHub();
  }

  @AfterEach
  void stop() {
    hub.close();
  }

  @Test
  void downloadsOnceAndThenReadsItsCache() throws Exception {
    hub.lists("model.safetensors", CONTENT, 10).on(FILE, ScriptedHub.answer(200, CONTENT));

    Snapshot first = download(LIMITS);
    Snapshot second = download(LIMITS);

    assertThat(second).isEqualTo(first);
    assertThat(first.directory().resolve("model.safetensors")).hasBinaryContent(CONTENT);
    assertThat(first.bytes()).isEqualTo(10);
    assertThat(hub.requests()).filteredOn(request -> request.contains("resolve")).hasSize(1);
  }

  @Test
  void verifiesASmallFileByGitsBlobId() throws Exception {
    String tree =
        "[{\"type\":\"file\",\"path\":\"model.safetensors\",\"size\":2,"
            + "\"oid\":\"9e26dfeeb6e641a33dae4961196235bdb965b21b\"}]";
    hub.on(TREE, ScriptedHub.answer(200, tree)).on(FILE, ScriptedHub.answer(200, "{}"));

    assertThat(download(LIMITS).directory().resolve("model.safetensors")).hasContent("{}");
  }

  /** A checkpoint is known without a second look at its weights. */
  @Test
  void aLargeFileIsHashedWhileItArrivesAndNotReadAgain() throws Exception {
    hub.lists("model.safetensors", CONTENT, 10).on(FILE, ScriptedHub.answer(200, CONTENT));

    Snapshot snapshot = download(LIMITS);
    List<FileDigest> expected =
        FileDigest.ofFiles(snapshot.directory(), List.of("model.safetensors"));
    Files.delete(snapshot.directory().resolve("model.safetensors"));

    assertThat(snapshot.digests()).isEqualTo(expected);
  }

  @Test
  void aSmallFilesDigestIsOfItsBytes() throws Exception {
    String tree =
        "[{\"type\":\"file\",\"path\":\"model.safetensors\",\"size\":2,"
            + "\"oid\":\"9e26dfeeb6e641a33dae4961196235bdb965b21b\"}]";
    hub.on(TREE, ScriptedHub.answer(200, tree)).on(FILE, ScriptedHub.answer(200, "{}"));

    Snapshot snapshot = download(LIMITS);

    assertThat(snapshot.digests())
        .isEqualTo(FileDigest.ofFiles(snapshot.directory(), List.of("model.safetensors")));
  }

  /** Defect 13 of the original: it adds up sizes of which one is None, which throws. */
  @Test
  void aFileWithoutASizeIsRefusedByItsName() throws Exception {
    Long unknown = null;
    assertThatThrownBy(() -> Stream.of(1L, unknown).mapToLong(Long::longValue).sum())
        .isInstanceOf(NullPointerException.class);
    String tree =
        "[{\"type\":\"file\",\"path\":\"model.safetensors\",\"size\":null,"
            + "\"oid\":\"9e26dfeeb6e641a33dae4961196235bdb965b21b\"}]";
    hub.on(TREE, ScriptedHub.answer(200, tree));

    assertThatThrownBy(() -> download(LIMITS))
        .isInstanceOf(HubException.Mismatch.class)
        .hasMessageContaining("the listing of 'model.safetensors' lacks a size");
  }

  @Test
  void continuesWhereAnEarlierDownloadBrokeOff() throws Exception {
    hub.lists("model.safetensors", CONTENT, 10)
        .on(
            FILE,
            (exchange, times) -> {
              if (times == 1) {
                exchange.sendResponseHeaders(200, 10);
                exchange.getResponseBody().write(CONTENT, 0, 4);
                exchange.getResponseBody().flush();
                return;
              }
              exchange.getResponseHeaders().set("Content-Range", "bytes 4-9/10");
              exchange.sendResponseHeaders(206, 6);
              exchange.getResponseBody().write(CONTENT, 4, 6);
            });

    Snapshot snapshot = download(LIMITS);

    assertThat(snapshot.directory().resolve("model.safetensors")).hasBinaryContent(CONTENT);
    assertThat(hub.requests()).last().asString().endsWith("bytes=4-");
  }

  @Test
  void beginsAgainWhenWhatWasThereIsSpoilt() throws Exception {
    hub.lists("model.safetensors", CONTENT, 10)
        .on(
            FILE,
            (exchange, times) -> {
              boolean whole = exchange.getRequestHeaders().getFirst("Range") == null;
              if (!whole) {
                exchange.getResponseHeaders().set("Content-Range", "bytes 4-9/10");
              }
              byte[] body = whole ? CONTENT : Arrays.copyOfRange(CONTENT, 4, 10);
              exchange.sendResponseHeaders(whole ? 200 : 206, body.length);
              exchange.getResponseBody().write(body);
            });
    Revision revision = new Revision(REVISION);
    HubFile file = HubClient.of(hub.address()).tree(REPOSITORY, revision).get(0);
    Path part = new HubCache(cache).part(REPOSITORY, revision, file);
    Files.createDirectories(part.getParent());
    Files.writeString(part, "XXXX");

    assertThat(download(LIMITS).directory().resolve("model.safetensors")).hasBinaryContent(CONTENT);
  }

  @Test
  void refusesOtherBytesThanAnnounced() throws Exception {
    hub.lists("model.safetensors", CONTENT, 10).on(FILE, ScriptedHub.answer(200, "9876543210"));

    assertThatThrownBy(() -> download(LIMITS)).isInstanceOf(HubException.Mismatch.class);
    assertThat(filesBelow(cache.resolve("parts"))).isEmpty();
    assertThat(cache.resolve("snapshots")).doesNotExist();
  }

  @Test
  void breaksOffAStreamThatIsLongerThanAnnounced() throws Exception {
    hub.lists("model.safetensors", CONTENT, 10)
        .on(
            FILE,
            (exchange, times) -> {
              exchange.sendResponseHeaders(200, 0);
              writeUntilRefused(exchange.getResponseBody());
            });

    assertThatThrownBy(() -> download(LIMITS))
        .isInstanceOf(HubException.Mismatch.class)
        .hasMessageContaining("more bytes");
  }

  @Test
  void aFileThatIsCutShortIsTheTransfersFault() throws Exception {
    hub.lists("model.safetensors", CONTENT, 12)
        .on(
            FILE,
            (exchange, times) ->
                ScriptedHub.answer(times == 1 ? 200 : 416, times == 1 ? CONTENT : new byte[0])
                    .to(exchange, times));

    assertThatThrownBy(() -> download(LIMITS)).isInstanceOf(HubException.Broken.class);
  }

  @Test
  void refusesATooLargeFileBeforeAskingForIt() throws Exception {
    hub.lists("model.safetensors", CONTENT, 1001);

    assertThatThrownBy(() -> download(LIMITS))
        .isInstanceOf(HubException.TooLarge.class)
        .hasMessageContaining("1001")
        .hasMessageContaining("1000");
    assertThat(hub.requests()).hasSize(2).allMatch(request -> request.contains("/tree/"));
  }

  @Test
  void stopsAtTheWallTime() throws Exception {
    CountDownLatch ended = new CountDownLatch(1);
    hub.lists("model.safetensors", CONTENT, 10)
        .on(
            FILE,
            (exchange, times) -> {
              exchange.sendResponseHeaders(200, 10);
              exchange.getResponseBody().write('0');
              exchange.getResponseBody().flush();
              awaitUninterrupted(ended);
            });
    DownloadLimits impatient = new DownloadLimits(1000, 1500, 3, Duration.ofMillis(700));

    assertThatThrownBy(() -> download(impatient)).isInstanceOf(HubException.Unavailable.class);
    ended.countDown();
  }

  @Test
  void tellsTheMissingFromTheBroken() throws Exception {
    hub.on(TREE, missing("RevisionNotFound"));
    assertThatThrownBy(() -> download(LIMITS)).isInstanceOf(HubException.NotFound.class);

    // A 404 of something that is no hub says nothing about a miner.
    hub.on(TREE, ScriptedHub.answer(404, "nginx"));
    assertThatThrownBy(() -> download(LIMITS)).isInstanceOf(HubException.Unavailable.class);

    hub.on(TREE, ScriptedHub.answer(200, "<html>"));
    assertThatThrownBy(() -> download(LIMITS)).isInstanceOf(HubException.Unavailable.class);
  }

  @Test
  void waitsOutARateLimit() throws Exception {
    hub.lists("model.safetensors", CONTENT, 10)
        .on(
            FILE,
            (exchange, times) -> {
              if (times == 1) {
                exchange.getResponseHeaders().set("RateLimit", "\"resolvers\";r=0;t=1");
                exchange.sendResponseHeaders(429, -1);
                return;
              }
              ScriptedHub.answer(200, CONTENT).to(exchange, times);
            });

    assertThat(download(LIMITS).bytes()).isEqualTo(10);
  }

  @Test
  void givesUpARateLimitThatOutlastsItsTime() throws Exception {
    hub.on(
        TREE,
        (exchange, times) -> {
          exchange.getResponseHeaders().set("Retry-After", "3600");
          exchange.sendResponseHeaders(429, -1);
        });

    assertThatThrownBy(() -> download(LIMITS))
        .isInstanceOf(HubException.Unavailable.class)
        .hasMessageContaining("3600");
  }

  @Test
  void sendsTheTokenToTheHubAndNowhereElse() throws Exception {
    try (ScriptedHub elsewhere = new ScriptedHub()) {
      elsewhere.on("/bytes", ScriptedHub.answer(200, CONTENT));
      hub.lists("model.safetensors", CONTENT, 10)
          .on(
              FILE,
              (exchange, times) -> {
                exchange.getResponseHeaders().set("Location", elsewhere.address() + "/bytes");
                exchange.sendResponseHeaders(302, -1);
              });
      HubClient client = HubClient.of(hub.address(), AccessToken.of("secret"));

      client.download(
          REPOSITORY, new Revision(REVISION), List.of("model.safetensors"), LIMITS, cache);

      assertThat(hub.requests()).allMatch(request -> request.endsWith("with token"));
      assertThat(elsewhere.requests()).containsExactly("GET /bytes");
    }
  }

  @Test
  void refusesARedirectToAnythingButHttp() throws Exception {
    hub.on(
        TREE,
        (exchange, times) -> {
          exchange.getResponseHeaders().set("Location", "file:///etc/passwd");
          exchange.sendResponseHeaders(302, -1);
        });

    assertThatThrownBy(() -> download(LIMITS))
        .isInstanceOf(HubException.Unavailable.class)
        .hasMessageContaining("refused");
  }

  @Test
  void waitsForNobodyForever() throws Exception {
    hub.lists("model.safetensors", CONTENT, 10).on(FILE, ScriptedHub.answer(200, CONTENT));
    Path lock = cache.resolve("locks").resolve("a--b--" + REVISION);
    Files.createDirectories(lock.getParent());
    try (FileChannel channel =
        FileChannel.open(lock, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
      channel.lock();
      Deadline near = Deadline.after(Duration.ofMillis(300));

      assertThatThrownBy(() -> new HubCache(cache).lock(REPOSITORY, new Revision(REVISION), near))
          .isInstanceOf(HubException.Unavailable.class)
          .hasMessageContaining("another download");
    }
    assertThat(download(LIMITS).bytes()).isEqualTo(10);
  }

  @Test
  void takesNoBranchForARevision() {
    assertThatThrownBy(() -> new Revision("main"))
        .isInstanceOf(HubException.MutableRevision.class)
        .hasMessageContaining("'main'");
  }

  @Test
  void keepsTheTokenOutOfEveryText() {
    AccessToken token = AccessToken.of("secret");

    assertThat(token.toString()).doesNotContain("secret");
    assertThatThrownBy(() -> AccessToken.of("se\ncret")).hasMessageNotContaining("cret\n");
    assertThatThrownBy(() -> HubClient.of(URI.create("http://user:secret@host")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageNotContaining("secret");
  }

  private Snapshot download(DownloadLimits limits) throws IOException, InterruptedException {
    return HubClient.of(hub.address())
        .download(REPOSITORY, new Revision(REVISION), List.of("model.safetensors"), limits, cache);
  }

  private static ScriptedHub.Answer missing(String code) {
    return (exchange, times) -> {
      exchange.getResponseHeaders().set("X-Error-Code", code);
      exchange.sendResponseHeaders(404, -1);
    };
  }

  private static void writeUntilRefused(OutputStream out) {
    byte[] chunk = new byte[8192];
    try {
      for (int i = 0; i < 100_000; i++) {
        out.write(chunk);
      }
    } catch (IOException e) {
      // The client has broken the connection off, as it should.
      return;
    }
    throw new AssertionError("the client took 800 MB");
  }

  private static void awaitUninterrupted(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static List<Path> filesBelow(Path folder) throws IOException {
    try (Stream<Path> paths = Files.walk(folder)) {
      return paths.filter(Files::isRegularFile).toList();
    }
  }
}
