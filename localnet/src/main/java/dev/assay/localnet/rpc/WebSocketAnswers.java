package dev.assay.localnet.rpc;

import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.http.websocketx.BinaryWebSocketFrame;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;
import io.netty.util.concurrent.EventExecutor;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;

/** Answers messages by WebSocket, and carries what subscriptions say. */
final class WebSocketAnswers extends SimpleChannelInboundHandler<WebSocketFrame>
    implements Session {
  /** A client that reads so slowly that this much waits for it is let go. */
  private static final long MAX_UNREAD = 64L * 1024 * 1024;

  private final RpcDispatcher dispatcher;
  private final Consumer<Session> ended;
  private final EventExecutor executor;
  private volatile Channel channel;

  WebSocketAnswers(RpcDispatcher dispatcher, Consumer<Session> ended, EventExecutor executor) {
    this.dispatcher = dispatcher;
    this.ended = ended;
    this.executor = executor;
  }

  @Override
  public void handlerAdded(ChannelHandlerContext context) {
    channel = context.channel();
  }

  @Override
  protected void channelRead0(ChannelHandlerContext context, WebSocketFrame frame) {
    if (frame instanceof TextWebSocketFrame || frame instanceof BinaryWebSocketFrame) {
      String message = frame.content().toString(StandardCharsets.UTF_8);
      executor.execute(() -> answer(message));
    }
  }

  private void answer(String message) {
    Exchange exchange = new Exchange(this);
    dispatcher.answer(message, exchange).ifPresent(this::send);
    exchange.answered();
  }

  @Override
  public void channelInactive(ChannelHandlerContext context) {
    ended.accept(this);
    context.fireChannelInactive();
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
    ChannelFuture unused = context.close();
  }

  @Override
  public boolean lasting() {
    return true;
  }

  @Override
  public void send(String message) {
    if (channel.unsafe().outboundBuffer() != null
        && channel.unsafe().outboundBuffer().totalPendingWriteBytes() > MAX_UNREAD) {
      ChannelFuture unused = channel.close();
      return;
    }
    ChannelFuture unused = channel.writeAndFlush(new TextWebSocketFrame(message));
  }
}
