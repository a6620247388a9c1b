package dev.assay.localnet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.chain.keys.Keypair;
import dev.assay.localnet.feed.SampleSubnet;
import dev.assay.localnet.node.Sealing;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Connections that are only held, and requests whose length is none or too much, to each service.
 */
@Timeout(120)
class ConnectionsIT {
  private static final List<String> NO_LENGTHS =
      List.of("-1", "-9223372036854775808", "x", "99999999999999999999");

  @TempDir private static Path directory;
  private static Localnet localnet;

  enum Service {
    CHAIN("/", "POST", "200"),
    HUB("/api/models/a/b", "GET", "404"),
    FEED("/samples?from_block=1&to_block=1", "GET", "200"),
    BEACON("/info", "GET", "200");

    private final String path;
    private final String method;
    private final String status;

    Service(String path, String method, String status) {
      this.path = path;
      this.method = method;
      this.status = status;
    }

    private Socket connect() throws IOException {
      return new Socket(InetAddress.getLoopbackAddress(), address().getPort());
    }

    private URI address() {
      return switch (this) {
        case CHAIN -> localnet.chain();
        case HUB -> localnet.hub();
        case FEED -> localnet.feed();
        case BEACON -> localnet.beacon();
      };
    }
  }

  @BeforeAll
  static void start() throws IOException {
    localnet =
        Localnet.start(
            new LocalnetOptions(
                directory,
                1,
                Instant.parse("2026-01-01T00:00:00Z"),
                6,
                20,
                Sealing.MANUAL,
                1,
                SampleSubnet.withoutMiners(6, List.of(Keypair.fromUri("//Alice"))),
                Map.of(),
                LocalnetPorts.ANY,
                false,
                OptionalLong.empty(),
                false));
  }

  @AfterAll
  static void stop() {
    localnet.close();
  }

  @ParameterizedTest
  @EnumSource
  void connectionsThatAreOnlyHeldLockNobodyOut(Service service) throws Exception {
    List<Socket> held = new ArrayList<>();
    try {
      for (int i = 0; i < 1_100; i++) {
        Socket socket = service.connect();
        held.add(socket);
        if (i % 2 == 0) {
          send(socket, "POST / HTTP/1.1\r\nContent-Le");
        }
      }

      String request = service.method + " " + service.path + " HTTP/1.1\r\nHost: here\r\n";
      assertThat(answer(service, request + "Connection: close\r\nContent-Length: 2\r\n\r\n{}"))
          .startsWith("HTTP/1.1 " + service.status);
    } finally {
      for (Socket socket : held) {
        socket.close();
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void aLengthThatIsNoneIsRefused(Service service) throws Exception {
    for (String length : NO_LENGTHS) {
      String head = "POST " + service.path + " HTTP/1.1\r\nHost: here\r\n";
      assertThat(answer(service, head + "Content-Length: " + length + "\r\n\r\n{}"))
          .as(length)
          .startsWith("HTTP/1.1 400");
    }
  }

  /** No service reads on for ever, whether it wants the body or not. */
  @ParameterizedTest
  @EnumSource
  void aBodyHasAnEnd(Service service) throws Exception {
    byte[] part = new byte[1 << 20];
    try (Socket socket = service.connect()) {
      send(socket, "POST " + service.path + " HTTP/1.1\r\nContent-Length: 1099511627776\r\n\r\n");
      long sent =
          Stream.iterate(0, i -> i + 1).limit(1_000).takeWhile(i -> isTaken(socket, part)).count();
      assertThat(sent).isLessThan(1_000);
    }
  }

  private static boolean isTaken(Socket socket, byte[] part) {
    try {
      socket.getOutputStream().write(part);
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  private static String answer(Service service, String request) throws IOException {
    try (Socket socket = service.connect()) {
      send(socket, request);
      // The connection ends with the answer, or this would not return.
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
    }
  }

  private static void send(Socket socket, String text) throws IOException {
    socket.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
    socket.getOutputStream().flush();
  }
}
