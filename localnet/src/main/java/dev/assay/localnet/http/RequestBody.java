package dev.assay.localnet.http;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.LastHttpContent;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.util.ArrayDeque;
import java.util.Queue;

/**
 * A request's body. The connection's thread adds to it and another one reads; a client that is
 * faster than the reader is made to wait. Safe for concurrent use.
 */
final class RequestBody extends InputStream {
  /** How much waits in memory for the reader. */
  private static final int AHEAD = 1 << 20;

  /** How much is taken of a body that nobody reads, so that its client hears the answer. */
  private static final long MAX_DROPPED = 64L << 20;

  private final Channel channel;
  private final Queue<ByteBuf> parts = new ArrayDeque<>();
  private int waiting;
  private boolean whole;
  private boolean unwanted;
  private boolean lost;
  private long dropped;

  RequestBody(Channel channel) {
    this.channel = channel;
  }

  /** Takes a part over. */
  synchronized void add(HttpContent content) {
    ByteBuf part = content.content();
    if (unwanted) {
      drop(part);
    } else {
      parts.add(part);
      waiting += part.readableBytes();
      if (waiting > AHEAD) {
        channel.config().setAutoRead(false);
      }
    }
    whole |= content instanceof LastHttpContent;
    notifyAll();
  }

  /** No more will come. */
  synchronized void lose() {
    lost = true;
    notifyAll();
  }

  /** Nobody will read on. */
  synchronized void drop() {
    unwanted = true;
    parts.forEach(this::drop);
    parts.clear();
    channel.config().setAutoRead(true);
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public synchronized int read(byte[] into, int at, int length) throws IOException {
    if (length == 0) {
      return 0;
    }
    awaitBytes();
    if (parts.isEmpty() && whole) {
      return -1;
    }
    if (parts.isEmpty()) {
      throw new IOException("the connection ended within the request's body");
    }
    ByteBuf part = parts.element();
    int read = Math.min(length, part.readableBytes());
    part.readBytes(into, at, read);
    waiting -= read;
    if (waiting <= AHEAD / 2) {
      channel.config().setAutoRead(true);
    }
    return read;
  }

  private boolean hasBytes() {
    while (!parts.isEmpty() && !parts.element().isReadable()) {
      parts.remove().release();
    }
    return !parts.isEmpty();
  }

  private void awaitBytes() throws InterruptedIOException {
    try {
      while (!hasBytes() && !whole && !lost) {
        wait();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("the service is stopping");
    }
  }

  private void drop(ByteBuf part) {
    dropped += part.readableBytes();
    part.release();
    if (dropped > MAX_DROPPED) {
      ChannelFuture unused = channel.close();
    }
  }
}
