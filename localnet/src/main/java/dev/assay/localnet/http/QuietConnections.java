package dev.assay.localnet.http;

import io.netty.channel.Channel;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundBuffer;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.handler.codec.http.websocketx.PingWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;
import java.time.Duration;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

/**
 * Ends a connection that makes no progress for too long: one that is idle, one that stops in the
 * middle of a request or drips it, one that does not take its answer, and one whose other end is
 * gone. A WebSocket may wait for news as long as it likes: it is asked for a sign of life, which
 * every client gives by itself. While an answer is made the client need not do anything.
 */
final class QuietConnections extends ChannelDuplexHandler {
  /** So many bytes of a body are as good as its end. */
  private static final int PROGRESS = 64 << 10;

  private final Duration patience;
  private long heard = System.nanoTime();
  private long arrived;
  private boolean arriving;
  private int unanswered;
  private boolean webSocket;
  private long taken = System.nanoTime();
  private Sent last = Sent.ALL;
  private ScheduledFuture<?> watch;

  /** What is to be sent: how much, and how much of the first of it has been. */
  private record Sent(int messages, long ofTheFirst) {
    static final Sent ALL = new Sent(0, 0);
  }

  /**
   * @param patience after which a connection ends; a WebSocket is asked after half of it
   */
  QuietConnections(Duration patience) {
    this.patience = patience;
  }

  @Override
  public void handlerAdded(ChannelHandlerContext context) {
    long period = patience.toMillis() / 2;
    watch =
        context
            .executor()
            .scheduleAtFixedRate(() -> look(context), period, period, TimeUnit.MILLISECONDS);
  }

  @Override
  public void handlerRemoved(ChannelHandlerContext context) {
    watch.cancel(false);
  }

  @Override
  public void channelInactive(ChannelHandlerContext context) {
    watch.cancel(false);
    context.fireChannelInactive();
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) {
    if (message instanceof HttpRequest request) {
      arriving = true;
      webSocket |= request.headers().contains(HttpHeaderNames.UPGRADE);
    }
    if (message instanceof HttpContent content) {
      arrived(context.channel(), content);
    }
    if (message instanceof WebSocketFrame) {
      hear();
      ConnectionLimits.asked(context.channel());
    }
    context.fireChannelRead(message);
  }

  private void arrived(Channel channel, HttpContent content) {
    arrived += content.content().readableBytes();
    if (content instanceof LastHttpContent) {
      arriving = false;
      unanswered++;
      hear();
      ConnectionLimits.asked(channel);
    } else if (arrived >= PROGRESS) {
      hear();
      ConnectionLimits.heard(channel);
    }
  }

  @Override
  public void write(ChannelHandlerContext context, Object message, ChannelPromise promise) {
    // An answer is given when all of it has been taken, not when it is about to be sent.
    ChannelFuture sent = context.write(message, promise.unvoid());
    if (message instanceof LastHttpContent) {
      ChannelFuture unused = sent.addListener(done -> answered());
    }
  }

  private void answered() {
    unanswered--;
    heard = System.nanoTime();
  }

  private void hear() {
    heard = System.nanoTime();
    arrived = 0;
  }

  private void look(ChannelHandlerContext context) {
    long now = System.nanoTime();
    Sent sent = sent(context.channel());
    if (sent.equals(Sent.ALL) || !sent.equals(last)) {
      taken = now;
    }
    last = sent;
    boolean waits = unanswered > 0 && !arriving;
    long quiet = Math.max(waits ? 0 : now - heard, now - taken);
    if (quiet >= patience.toNanos()) {
      ChannelFuture unused = context.close();
    } else if (webSocket && quiet >= patience.toNanos() / 2) {
      ChannelFuture unused = context.channel().writeAndFlush(new PingWebSocketFrame());
    }
  }

  private static Sent sent(Channel channel) {
    ChannelOutboundBuffer out = channel.unsafe().outboundBuffer();
    return out == null || out.isEmpty() ? Sent.ALL : new Sent(out.size(), out.currentProgress());
  }
}
