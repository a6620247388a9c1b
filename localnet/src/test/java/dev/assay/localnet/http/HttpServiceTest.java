package dev.assay.localnet.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.OutputStream;
import java.io.RandomAccessFile;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What every service of the localnet rests on. */
@Timeout(60)
class HttpServiceTest {
  private static final Duration BRIEF = Duration.ofMillis(200);
  private static final Duration LONG = Duration.ofMinutes(1);
  private static final String HEAD = "POST /some%20where?a=b HTTP/1.1\r\nHost: here\r\n";

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "POST / HTTP/1.1\r\nContent-Le",
        HEAD + "Content-Length: 5\r\n\r\nab",
        HEAD + "Transfer-Encoding: chunked\r\n\r\n5\r\nab"
      })
  void aConnectionThatStopsBeforeItsRequestIsWholeEnds(String part) throws Exception {
    try (HttpService service = start(BRIEF, HttpServiceTest::echo);
        Socket socket = connect(service)) {
      send(socket, part);
      assertThat(rest(socket)).isEmpty();
    }
  }

  @Test
  void aConnectionThatIsIdleAfterAnAnswerEnds() throws Exception {
    try (HttpService service = start(BRIEF, HttpServiceTest::echo);
        Socket socket = connect(service)) {
      send(socket, HEAD + "Content-Length: 5\r\n\r\nabcde");
      assertThat(rest(socket)).startsWith("HTTP/1.1 200").endsWith("abcde");
    }
  }

  @Test
  void aBodyThatOnlyDripsEnds() throws Exception {
    try (HttpService service = start(BRIEF, HttpServiceTest::echo);
        Socket socket = connect(service)) {
      send(socket, HEAD + "Content-Length: 1000000000\r\n\r\n");
      assertThatThrownBy(() -> drip(socket)).isInstanceOf(SocketException.class);
    }
  }

  @Test
  void anAnswerMayTakeLongerThanAClientMayBeSilent() throws Exception {
    CountDownLatch ended = new CountDownLatch(1);
    try (HttpService service = start(BRIEF, exchange -> answerAfter(exchange, ended));
        Socket idle = connect(service);
        Socket waiting = connect(service)) {
      send(waiting, HEAD + "Content-Length: 0\r\n\r\n");
      assertThat(rest(idle)).isEmpty();
      ended.countDown();
      assertThat(rest(waiting)).startsWith("HTTP/1.1 200");
    }
  }

  @Test
  void aClientThatDoesNotTakeItsAnswerIsLetGo() throws Exception {
    byte[] much = new byte[64 << 20];
    try (HttpService service = start(BRIEF, exchange -> exchange.answer(200, much));
        Socket socket = connect(service)) {
      send(socket, HEAD + "Content-Length: 0\r\n\r\n");
      assertThatThrownBy(() -> drip(socket)).isInstanceOf(SocketException.class);
    }
  }

  @Test
  void aClientThatTakesItsAnswerSlowlyIsServed(@TempDir Path folder) throws Exception {
    Duration patience = Duration.ofSeconds(1);
    int part = 4 << 20;
    Path file = folder.resolve("file");
    try (RandomAccessFile sparse = new RandomAccessFile(file.toFile(), "rw")) {
      sparse.setLength(20L * part);
    }
    try (HttpService service =
            start(patience, exchange -> exchange.answer(200, file, 0, 20L * part));
        Socket socket = connect(service)) {
      send(socket, HEAD + "Content-Length: 0\r\n\r\n");
      for (int i = 0; i < 20; i++) {
        assertThat(socket.getInputStream().readNBytes(part)).hasSize(part);
        pause(patience.dividedBy(10));
      }
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "POST / HTTP/1.1\r\nContent-Length: -1\r\n\r\n{}",
        "POST / HTTP/1.1\r\nContent-Length: x\r\n\r\n{}",
        "POST / HTTP/1.1\r\nContent-Length: 99999999999999999999\r\n\r\n{}",
        "POST / HTTP/1.1\r\nContent-Length: 2\r\nContent-Length: 3\r\n\r\n{}",
        "POST /% HTTP/1.1\r\nContent-Length: 2\r\n\r\n{}",
        "POST mailto:a HTTP/1.1\r\nContent-Length: 2\r\n\r\n{}",
        "no request at all\r\n\r\n"
      })
  void aRequestThatIsNoneIsRefusedAndItsConnectionEnds(String request) throws Exception {
    BlockingQueue<String> asked = new LinkedBlockingQueue<>();
    try (HttpService service = start(LONG, exchange -> asked.add(exchange.path()));
        Socket socket = connect(service)) {
      send(socket, request);
      assertThat(rest(socket)).startsWith("HTTP/1.1 400");
      assertThat(asked).isEmpty();
    }
  }

  @Test
  void aHeadThatIsTooLongIsRefused() throws Exception {
    try (HttpService service = start(LONG, HttpServiceTest::echo);
        Socket socket = connect(service)) {
      send(socket, HEAD + "Long: " + "x".repeat(20_000) + "\r\n\r\n");
      assertThat(rest(socket)).startsWith("HTTP/1.1 400");
    }
  }

  @Test
  void requestsOfAConnectionAreAnsweredInTheirOrder() throws Exception {
    try (HttpService service = start(LONG, HttpServiceTest::echo);
        Socket socket = connect(service)) {
      for (String body : List.of("first", "other")) {
        send(socket, HEAD + "Content-Length: 5\r\n\r\n" + body);
      }
      send(socket, HEAD + "Connection: close\r\nContent-Length: 5\r\n\r\nthird");
      assertThat(rest(socket)).containsSubsequence("first", "other", "third");
    }
  }

  @Test
  void aBodyThatIsLargerThanWhatIsKeptComesWhole() throws Exception {
    byte[] part = new byte[1 << 20];
    BlockingQueue<Long> counted = new LinkedBlockingQueue<>();
    try (HttpService service =
            start(
                LONG,
                exchange -> {
                  counted.add(exchange.body().transferTo(OutputStream.nullOutputStream()));
                  exchange.answer(200, new byte[0]);
                });
        Socket socket = connect(service)) {
      send(socket, HEAD + "Connection: close\r\nContent-Length: " + (40L << 20) + "\r\n\r\n");
      for (int i = 0; i < 40; i++) {
        socket.getOutputStream().write(part);
      }
      assertThat(rest(socket)).startsWith("HTTP/1.1 200");
      assertThat(counted.poll()).isEqualTo(40L << 20);
    }
  }

  @Test
  void aBodyThatNobodyReadsDoesNotHideTheAnswer() throws Exception {
    byte[] part = new byte[1 << 20];
    try (HttpService service = start(LONG, exchange -> exchange.answer(403, new byte[0]));
        Socket socket = connect(service)) {
      send(socket, HEAD + "Content-Length: " + (20L << 20) + "\r\n\r\n");
      for (int i = 0; i < 20; i++) {
        socket.getOutputStream().write(part);
      }
      byte[] told = socket.getInputStream().readNBytes("HTTP/1.1 403".length());
      assertThat(new String(told, StandardCharsets.US_ASCII)).isEqualTo("HTTP/1.1 403");
    }
  }

  @Test
  void aBodyThatNobodyReadsHasAnEnd() throws Exception {
    byte[] part = new byte[1 << 20];
    try (HttpService service = start(LONG, exchange -> exchange.answer(403, new byte[0]));
        Socket socket = connect(service)) {
      send(socket, HEAD + "Content-Length: " + (1L << 40) + "\r\n\r\n");
      assertThatThrownBy(
              () -> {
                while (true) {
                  socket.getOutputStream().write(part);
                }
              })
          .isInstanceOf(SocketException.class);
    }
  }

  @Test
  void aHandlerHearsThatItsClientIsGone() throws Exception {
    BlockingQueue<String> heard = new LinkedBlockingQueue<>();
    try (HttpService service =
        start(
            LONG,
            exchange -> {
              try {
                exchange.body().readAllBytes();
              } catch (IOException e) {
                heard.add(e.getMessage());
                throw e;
              }
            })) {
      try (Socket socket = connect(service)) {
        send(socket, HEAD + "Content-Length: 5\r\n\r\nab");
      }
      assertThat(heard.poll(30, TimeUnit.SECONDS)).contains("ended within the request's body");
    }
  }

  @Test
  void aHandlerThatFailsIsAnsweredFor() throws Exception {
    HttpHandler failing =
        exchange -> {
          throw new IllegalStateException("on purpose");
        };
    try (HttpService service = start(LONG, failing);
        Socket socket = connect(service)) {
      send(socket, HEAD + "Connection: close\r\nContent-Length: 0\r\n\r\n");
      assertThat(rest(socket)).startsWith("HTTP/1.1 500").doesNotContain("on purpose");
    }
  }

  @Test
  void aClientThatAsksBeforeItSendsIsToldToGoOn() throws Exception {
    try (HttpService service = start(LONG, HttpServiceTest::echo);
        Socket socket = connect(service)) {
      send(socket, HEAD + "Expect: 100-continue\r\nContent-Length: 5\r\n\r\n");
      byte[] told = socket.getInputStream().readNBytes("HTTP/1.1 100".length());
      assertThat(new String(told, StandardCharsets.US_ASCII)).isEqualTo("HTTP/1.1 100");
      send(socket, "abcde");
    }
  }

  @Test
  void aPartOfAFileIsSentAsItIs(@TempDir Path folder) throws Exception {
    Path file = Files.write(folder.resolve("file"), new byte[] {'a', 'b', 'c', 'd', 'e'});
    try (HttpService service = start(LONG, exchange -> exchange.answer(206, file, 1, 3));
        Socket socket = connect(service)) {
      send(socket, HEAD + "Connection: close\r\nContent-Length: 0\r\n\r\n");
      assertThat(rest(socket)).contains("content-length: 3").endsWith("\r\n\r\nbcd");
    }
    try (HttpService service = start(LONG, exchange -> exchange.answer(206, file, 1, 3));
        Socket socket = connect(service)) {
      send(socket, "HEAD / HTTP/1.1\r\nConnection: close\r\n\r\n");
      assertThat(rest(socket)).contains("content-length: 3").endsWith("\r\n\r\n");
    }
  }

  @Test
  void closingWakesAHandlerThatWaits() throws Exception {
    CountDownLatch waits = new CountDownLatch(1);
    CountDownLatch never = new CountDownLatch(1);
    BlockingQueue<String> woken = new LinkedBlockingQueue<>();
    HttpService service =
        start(
            LONG,
            exchange -> {
              waits.countDown();
              try {
                never.await();
              } catch (InterruptedException e) {
                woken.add("interrupted");
                Thread.currentThread().interrupt();
              }
            });
    try (Socket socket = connect(service)) {
      send(socket, HEAD + "Content-Length: 0\r\n\r\n");
      waits.await();
      service.close();
    }
    assertThat(woken).containsExactly("interrupted");
  }

  private static void echo(HttpExchange exchange) throws IOException {
    exchange.answer(200, exchange.body().readAllBytes());
  }

  private static void answerAfter(HttpExchange exchange, CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    exchange.answer(200, new byte[0]);
  }

  /** Sends byte after byte until the connection is closed. */
  private static void drip(Socket socket) throws IOException {
    while (true) {
      send(socket, "x");
      pause(BRIEF.dividedBy(4));
    }
  }

  /** As long as an idle connection lasts. */
  private static void pause(Duration time) throws IOException {
    try (HttpService clock = start(time, HttpServiceTest::echo);
        Socket idle = connect(clock)) {
      assertThat(rest(idle)).isEmpty();
    }
  }

  private static HttpService start(Duration patience, HttpHandler handler) throws IOException {
    return HttpService.start("test", "127.0.0.1", 0, handler, patience);
  }

  private static Socket connect(HttpService service) throws IOException {
    return new Socket(InetAddress.getLoopbackAddress(), service.address().getPort());
  }

  private static void send(Socket socket, String text) throws IOException {
    socket.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
    socket.getOutputStream().flush();
  }

  /** All that comes until the connection ends. */
  private static String rest(Socket socket) throws IOException {
    return new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
  }
}
