package dev.assay.jobs.feed;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
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
  private final Map<String, String> headers =
      new HashMap<>(Map.of("Content-Type", "application/x-ndjson", "Feed-Head-Block", "9"));
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
          headers.forEach(exchange.getResponseHeaders()::set);
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

  @Test
  void aPageForPeopleIsNoFeedsAnswer() {
    headers.put("Content-Type", "text/html; charset=utf-8");
    answer("<html>Log in</html>", true);

    refused("the content type 'text/html; charset=utf-8', and a feed with application/x-ndjson");
    headers.remove("Content-Type");
    refused("the content type ''");
  }

  @Test
  void linesOfWhatKnowsNoChainAreNoFeedsAnswer() {
    headers.remove("Feed-Head-Block");
    answer("one\n", true);

    refused("without the header Feed-Head-Block");
    headers.put("Feed-Head-Block", "-1");
    refused("without the header Feed-Head-Block");
    headers.put("Feed-Head-Block", "new");
    refused("a Feed-Head-Block that is not a number");
  }

  @Test
  void blocksBeyondTheFeedsHeadAreNotGivenByIt() throws Exception {
    headers.put("Feed-Head-Block", "2");
    answer("one\n", true);

    assertThatThrownBy(() -> client(Duration.ofMinutes(1)).samples(1, 3))
        .isInstanceOf(FeedException.class)
        .hasMessageContaining("as if it had block 3, and its Feed-Head-Block is 2");
    headers.put("Feed-Next-Block", "3");
    assertThat(client(Duration.ofMinutes(1)).samples(1, 3).nextBlock()).hasValue(3);
    headers.put("Feed-Next-Block", "9");
    assertThat(client(Duration.ofMinutes(1)).samples(9, 9).nextBlock()).hasValue(9);
  }

  private void refused(String reason) {
    assertThatThrownBy(() -> client(Duration.ofMinutes(1)).samples(1, 2))
        .isInstanceOf(FeedException.class)
        .hasMessageContaining(reason);
  }
}
