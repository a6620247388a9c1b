package dev.assay.localnet.node;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.localnet.chain.genesis.SubnetGenesis;
import dev.assay.localnet.http.HttpService;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Connections that are only held, and requests whose length is none. */
class ConnectionsIT {
  @Test
  void connectionsThatAreOnlyHeldLockNobodyOut() throws Exception {
    List<Socket> held = new ArrayList<>();
    try (TestChain chain = TestChain.start(Sealing.MANUAL, SubnetGenesis.of(TestChain.NETUID))) {
      for (int i = 0; i < 1_100; i++) {
        Socket socket = connect(chain.node.http());
        held.add(socket);
        if (i % 2 == 0) {
          send(socket, "POST / HTTP/1.1\r\nContent-Le");
        }
      }

      assertThat(chain.result("system_chain").asText()).isEqualTo("Assay localnet");
    } finally {
      for (Socket socket : held) {
        socket.close();
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"-1", "-9223372036854775808", "x", "99999999999999999999"})
  void aLengthThatIsNoneIsRefusedByTheNode(String length) throws Exception {
    try (TestChain chain = TestChain.start(Sealing.MANUAL, SubnetGenesis.of(TestChain.NETUID))) {
      assertThat(answer(chain.node.http(), length)).startsWith("HTTP/1.1 400");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"-1", "-9223372036854775808", "x", "99999999999999999999"})
  void aLengthThatIsNoneIsRefusedByTheOtherServices(String length) throws Exception {
    try (HttpService service =
        HttpService.start(
            "test",
            "127.0.0.1",
            0,
            exchange -> {
              exchange.getRequestBody().readAllBytes();
              exchange.sendResponseHeaders(200, -1);
              exchange.close();
            })) {
      assertThat(answer(service.address(), length)).startsWith("HTTP/1.1 400");
    }
  }

  private static String answer(URI address, String length) throws IOException {
    try (Socket socket = connect(address)) {
      socket.setSoTimeout(10_000);
      send(socket, "POST / HTTP/1.1\r\nHost: here\r\nContent-Length: " + length + "\r\n\r\n{}");
      InputStream in = socket.getInputStream();
      // The connection ends with the answer, or this would not return.
      return new String(in.readAllBytes(), StandardCharsets.US_ASCII);
    }
  }

  private static Socket connect(URI address) throws IOException {
    return new Socket(InetAddress.getLoopbackAddress(), address.getPort());
  }

  private static void send(Socket socket, String text) throws IOException {
    socket.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
    socket.getOutputStream().flush();
  }
}
