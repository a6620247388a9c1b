package dev.assay.cli.demo;

import dev.assay.localnet.http.PortTakenException;
import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.Optional;

/**
 * What the user asked of a demo.
 *
 * @param seed everything that happens follows from it
 * @param fast less training and fewer samples
 * @param policy of the competition
 * @param out the folder to keep; empty for a temporary one
 * @param chainPort 0 for a free one, as for the two others
 */
public record DemoOptions(
    long seed,
    boolean fast,
    DemoPolicy policy,
    Optional<Path> out,
    int chainPort,
    int hubPort,
    int feedPort) {

  DemoScale scale() {
    return fast ? DemoScale.FAST : DemoScale.FULL;
  }

  /** Tells of a taken port before anything starts. */
  void requireFreePorts() throws IOException {
    requireFree("chain", chainPort);
    requireFree("hub", hubPort);
    requireFree("feed", feedPort);
  }

  private static void requireFree(String service, int port) throws IOException {
    try (ServerSocket socket = new ServerSocket()) {
      socket.setReuseAddress(true);
      socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
    } catch (BindException taken) {
      throw new PortTakenException(service, port, taken);
    }
  }
}
