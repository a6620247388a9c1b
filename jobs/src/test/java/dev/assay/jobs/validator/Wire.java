package dev.assay.jobs.validator;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** A wire to a node that can be cut and mended. */
public final class Wire implements AutoCloseable {
  private final URI target;
  private final ServerSocket server;
  private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
  private volatile boolean isCut;

  /** A whole one. */
  public Wire(URI target) throws IOException {
    this.target = target;
    this.server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    start(this::accept);
  }

  /** Of the near end. */
  public URI address() {
    return URI.create("http://127.0.0.1:" + server.getLocalPort());
  }

  /** Ends all connections, and every new one at once. */
  public void cut() throws IOException {
    isCut = true;
    for (Socket socket : sockets) {
      socket.close();
    }
    sockets.clear();
  }

  /** Lets new connections through. */
  public void mend() {
    isCut = false;
  }

  private void accept() throws IOException {
    while (!server.isClosed()) {
      Socket near = server.accept();
      if (isCut) {
        near.close();
      } else {
        Socket far = new Socket(target.getHost(), target.getPort());
        sockets.add(near);
        sockets.add(far);
        start(() -> carry(near, far));
        start(() -> carry(far, near));
      }
    }
  }

  private static void carry(Socket from, Socket to) throws IOException {
    try (from;
        to;
        InputStream in = from.getInputStream();
        OutputStream out = to.getOutputStream()) {
      in.transferTo(out);
    }
  }

  private interface Work {
    void run() throws IOException;
  }

  private static void start(Work work) {
    Thread thread =
        new Thread(
            () -> {
              try {
                work.run();
              } catch (IOException ended) {
                // One end has closed it.
                return;
              }
            },
            "wire");
    thread.setDaemon(true);
    thread.start();
  }

  @Override
  public void close() {
    try {
      cut();
      server.close();
    } catch (IOException unclosable) {
      throw new UncheckedIOException(unclosable);
    }
  }
}
