package dev.assay.interoperation;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;

/**
 * A way to a server that can lose an answer: what asks for the named thing arrives, what comes back
 * doesn't, and the connection ends.
 */
final class CutConnections implements AutoCloseable {
  /** In which the server does what arrived. */
  private static final long PAUSE_MILLISECONDS = 500;

  private final ServerSocket listener;
  private final int port;
  private final Set<Socket> clients = ConcurrentHashMap.newKeySet();
  private final AtomicReference<String> cutAt = new AtomicReference<>();

  CutConnections(int port) throws IOException {
    this.port = port;
    this.listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    start(this::accept);
  }

  int port() {
    return listener.getLocalPort();
  }

  /** Loses the answer to the next request with these words, and none after it. */
  void cutAfter(String words) {
    cutAt.set(words);
  }

  /** Whether the answer was lost. */
  boolean hasCut() {
    return cutAt.get() == null;
  }

  private static void start(Runnable work) {
    Thread thread = new Thread(work, "cut-connections");
    thread.setDaemon(true);
    thread.start();
  }

  private void accept() {
    try {
      while (true) {
        connect(listener.accept());
      }
    } catch (IOException closed) {
      // By close().
    }
  }

  private void connect(Socket client) throws IOException {
    clients.add(client);
    try {
      Socket server = new Socket(InetAddress.getLoopbackAddress(), port);
      start(() -> copy(client, server, true));
      start(() -> copy(server, client, false));
    } catch (IOException away) {
      client.close();
    }
  }

  private void copy(Socket from, Socket to, boolean asks) {
    byte[] buffer = new byte[1 << 16];
    try (from;
        to;
        InputStream in = from.getInputStream();
        OutputStream out = to.getOutputStream()) {
      for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
        String words = cutAt.get();
        if (asks
            && words != null
            && new String(buffer, 0, read, StandardCharsets.ISO_8859_1).contains(words)
            && cutAt.compareAndSet(words, null)) {
          // The client hears nothing more; the server gets all of it.
          from.close();
          out.write(buffer, 0, read);
          out.flush();
          Thread.sleep(PAUSE_MILLISECONDS);
          return;
        }
        out.write(buffer, 0, read);
        out.flush();
      }
    } catch (IOException ended) {
      // As connections do.
    } catch (InterruptedException ended) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() throws IOException {
    end();
  }

  /** Nothing passes any more, nor is a new connection taken. */
  void end() throws IOException {
    listener.close();
    for (Socket client : clients) {
      client.close();
    }
  }
}
