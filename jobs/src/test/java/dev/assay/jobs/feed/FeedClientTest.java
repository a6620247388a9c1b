package dev.assay.jobs.feed;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a feed may do to who asks it. */
class FeedClientTest {
  private static final int MOST_BYTES = 100;

  private final CountDownLatch ended = new CountDownLatch(1);
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private HttpServer server;

  @BeforeEach
  void start() throws Exception {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(threads);
    server.start();
  }

  @AfterEach
  void stop() {
    ended.countDown();
    server.stop(0);
    threads.shutdownNow();
  }

  private FeedClient client(Duration whole) {
    return new FeedClient(
        URI.create("http://127.0.0.1:" + server.getAddress().getPort()), MOST_BYTES, whole);
  }

  private void answer(String text, boolean ends) {
    server.createContext(
        "/samples",
        exchange -> {
          exchange.sendResponseHeaders(200, 0);
          exchange.getResponseBody().write(text.getBytes(UTF_8));
          exchange.getResponseBody().flush();
          if (ends) {
            exchange.close();
          } else {
            awaitTheEnd();
          }
        });
  }

  private void awaitTheEnd() {
    try {
      ended.await();
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
  }

  @Test
  void anAnswerThatStopsInTheMiddleIsGivenUp() {
    answer("half a l", false);

    assertThatThrownBy(() -> client(Duration.ofSeconds(1)).samples(1, 2))
        .isInstanceOf(FeedException.class)
        .hasMessageContaining("did not end its answer within 1 s");
  }

  @Test
  void anAnswerThatIsTooLongIsBrokenOff() {
    answer("x".repeat(MOST_BYTES + 1), false);

    assertThatThrownBy(() -> client(Duration.ofMinutes(1)).samples(1, 2))
        .isInstanceOf(FeedException.class)
        .hasMessageContaining("answered with more than 100 bytes");
  }

  @Test
  void linesAreTakenAsTheyAre() throws Exception {
    answer("one\n\ntwo\n", true);

    assertThat(client(Duration.ofMinutes(1)).samples(1, 2).lines()).containsExactly("one", "two");
  }
}
