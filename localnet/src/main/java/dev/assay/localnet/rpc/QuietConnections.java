package dev.assay.localnet.rpc;

import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.websocketx.PingWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;
import java.time.Duration;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

/**
 * Ends a connection on which nothing whole arrives for too long: one that is idle, one that stops
 * in the middle of a message or drips it, and one whose other end is gone. A WebSocket may wait for
 * news as long as it likes: it is asked for a sign of life, which every client gives by itself.
 */
final class QuietConnections extends ChannelInboundHandlerAdapter {
  private final Duration patience;
  private long heard = System.nanoTime();
  private boolean webSocket;
  private ScheduledFuture<?> watch;

  /**
   * @param patience after which a POST's connection ends; a WebSocket is asked after half of it
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
    if (message instanceof FullHttpRequest || message instanceof WebSocketFrame) {
      heard = System.nanoTime();
      webSocket |= message instanceof FullHttpRequest request && upgrades(request);
      ConnectionLimits.asked(context.channel());
    }
    context.fireChannelRead(message);
  }

  private static boolean upgrades(FullHttpRequest request) {
    return request.headers().contains(HttpHeaderNames.UPGRADE);
  }

  private void look(ChannelHandlerContext context) {
    long quiet = System.nanoTime() - heard;
    if (quiet >= patience.toNanos()) {
      ChannelFuture unused = context.close();
    } else if (webSocket && quiet >= patience.toNanos() / 2) {
      ChannelFuture unused = context.channel().writeAndFlush(new PingWebSocketFrame());
    }
  }
}
