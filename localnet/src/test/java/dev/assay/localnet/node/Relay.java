package dev.assay.localnet.node;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** A wire between a client and a node that can be cut, refuse, or fall silent. */
final class Relay implements AutoCloseable {
  /** What becomes of connections. */
  enum Mode {
    CARRY,
    REFUSE,
    SILENT
  }

  private final URI target;
  private final ServerSocket server;
  private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
  private final AtomicInteger accepted = new AtomicInteger();
  private volatile Mode mode = Mode.CARRY;

  /** A wire to a node, on a free port. */
  Relay(URI target) throws IOException {
    this.target = target;
    this.server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    start(this::accept);
  }

  URI address() {
    return URI.create(target.getScheme() + "://127.0.0.1:" + server.getLocalPort());
  }

  /** How many connections were made or tried. */
  int accepted() {
    return accepted.get();
  }

  /** From now on; what lies on a wire that fell silent is lost with it. */
  void mode(Mode next) {
    mode = next;
  }

  /** Ends the connections that there are. */
  void cut() throws IOException {
    for (Socket socket : sockets) {
      socket.close();
    }
    sockets.clear();
  }

  @Override
  public void close() throws IOException {
    server.close();
    cut();
  }

  private void accept() throws IOException {
    while (true) {
      Socket client = server.accept();
      accepted.incrementAndGet();
      if (mode == Mode.REFUSE) {
        client.close();
        continue;
      }
      Socket node = new Socket(target.getHost(), target.getPort());
      sockets.add(client);
      sockets.add(node);
      start(() -> carry(client, node));
      start(() -> carry(node, client));
    }
  }

  private void carry(Socket from, Socket to) throws IOException {
    try (from;
        to) {
      InputStream in = from.getInputStream();
      OutputStream out = to.getOutputStream();
      byte[] buffer = new byte[8192];
      int read = in.read(buffer);
      while (read >= 0) {
        if (mode != Mode.SILENT) {
          out.write(buffer, 0, read);
        }
        read = in.read(buffer);
      }
    }
  }

  private interface Work {
    void run() throws IOException;
  }

  /** A closed socket is how this work ends. */
  private static void start(Work work) {
    Thread thread =
        new Thread(
            () -> {
              try {
                work.run();
              } catch (IOException closed) {
                return;
              }
            },
            "relay");
    thread.setDaemon(true);
    thread.start();
  }
}
