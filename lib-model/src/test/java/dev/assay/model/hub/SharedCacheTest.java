package dev.assay.model.hub;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** One cache, and several who download into it: at the same time, or after one was killed. */
@Timeout(120)
class SharedCacheTest {
  private static final String PATH =
      "/a/b/resolve/" + HubClientTest.REVISION + "/" + DownloadingProcess.FILE;
  private static final String TREE = "/api/models/a/b/tree/" + HubClientTest.REVISION;
  private static final int CHUNK = 1 << 20;

  @TempDir Path cache;
  private final byte[] content = new byte[8 * CHUNK];
  private ScriptedHub hub;

  @BeforeEach
  void start() throws Exception {
    hub = new ScriptedHub();
    for (int i = 0; i < content.length; i++) {
      content[i] = (byte) (i / 251);
    }
    hub.lists(DownloadingProcess.FILE, content, content.length);
  }

  @AfterEach
  void stop() {
    hub.close();
  }

  private long asked(String path) {
    return hub.requests().stream().filter(request -> request.startsWith("GET " + path)).count();
  }

  /** Answers the first once another has listed the files, and has had the time to ask as well. */
  private void answersOnceTwoAreThere() {
    CountDownLatch second = new CountDownLatch(1);
    hub.on(
        PATH,
        (exchange, times) -> {
          if (times > 1) {
            second.countDown();
          }
          until(() -> asked(TREE) > 1);
          awaitAWhile(second);
          ScriptedHub.answer(200, content).to(exchange, times);
        });
  }

  @Test
  void twoThreadsThatAskForOneFileFetchItOnce() throws Exception {
    answersOnceTwoAreThere();
    ExecutorService threads = Executors.newFixedThreadPool(2);
    try {
      Callable<Snapshot> one = () -> DownloadingProcess.download(hub.address(), cache);
      for (Future<Snapshot> each : threads.invokeAll(List.of(one, one))) {
        assertThat(each.get().directory().resolve(DownloadingProcess.FILE))
            .hasBinaryContent(content);
      }
    } finally {
      threads.shutdownNow();
    }
    assertThat(asked(PATH)).isEqualTo(1);
  }

  @Test
  void twoProcessesThatAskForOneFileFetchItOnce() throws Exception {
    answersOnceTwoAreThere();
    Process one = DownloadingProcess.begun(hub.address(), cache);
    Process other = DownloadingProcess.begun(hub.address(), cache);

    assertThat(one.waitFor()).isZero();
    assertThat(other.waitFor()).isZero();
    assertThat(asked(PATH)).isEqualTo(1);
    assertThat(asked(TREE)).isEqualTo(2);
  }

  @Test
  void aProcessThatIsKilledLosesNothingThatHasArrived() throws Exception {
    int sent = 5 * CHUNK;
    CountDownLatch killed = new CountDownLatch(1);
    hub.on(
        PATH,
        (exchange, times) -> {
          if (times == 1) {
            exchange.sendResponseHeaders(200, content.length);
            exchange.getResponseBody().write(content, 0, sent);
            exchange.getResponseBody().flush();
            await(killed);
          } else {
            rest(exchange);
          }
        });
    Process process = DownloadingProcess.begun(hub.address(), cache);
    until(() -> arrived() == sent);
    process.destroyForcibly().waitFor();
    killed.countDown();

    Snapshot snapshot = DownloadingProcess.download(hub.address(), cache);

    assertThat(snapshot.directory().resolve(DownloadingProcess.FILE)).hasBinaryContent(content);
    assertThat(hub.requests())
        .filteredOn(request -> request.contains("resolve"))
        .containsExactly("GET " + PATH, "GET " + PATH + " bytes=" + sent + "-");
  }

  private void rest(HttpExchange exchange) throws IOException {
    String range = exchange.getRequestHeaders().getFirst("Range");
    int from = Integer.parseInt(range.substring("bytes=".length(), range.length() - 1));
    int last = content.length - 1;
    exchange
        .getResponseHeaders()
        .set("Content-Range", "bytes %d-%d/%d".formatted(from, last, content.length));
    exchange.sendResponseHeaders(206, content.length - from);
    exchange.getResponseBody().write(content, from, content.length - from);
  }

  /** Bytes of the file that lie in the cache, in part. */
  private long arrived() throws IOException {
    if (!Files.isDirectory(cache.resolve("parts"))) {
      return 0;
    }
    try (Stream<Path> parts = Files.walk(cache.resolve("parts"))) {
      long bytes = 0;
      for (Path part : parts.filter(Files::isRegularFile).toList()) {
        bytes += Files.size(part);
      }
      return bytes;
    }
  }

  private static void until(Callable<Boolean> reached) {
    try {
      while (!reached.call()) {
        Thread.sleep(20);
      }
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    } catch (Exception failed) {
      throw new AssertionError(failed);
    }
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
  }

  private static void awaitAWhile(CountDownLatch latch) {
    try {
      boolean ignored = latch.await(2, TimeUnit.SECONDS);
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
  }
}
