package dev.assay.localnet.rpc;

import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.util.concurrent.EventExecutor;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** Answers requests by POST and lets handshakes of WebSockets pass. */
final class HttpAnswers extends SimpleChannelInboundHandler<FullHttpRequest> {
  private static final Session NOBODY =
      new Session() {
        @Override
        public boolean lasting() {
          return false;
        }

        @Override
        public void send(String message) {
          throw new IllegalStateException("a POST has one answer");
        }
      };

  private final RpcDispatcher dispatcher;
  private final EventExecutor executor;

  HttpAnswers(RpcDispatcher dispatcher, EventExecutor executor) {
    this.dispatcher = dispatcher;
    this.executor = executor;
  }

  @Override
  protected void channelRead0(ChannelHandlerContext context, FullHttpRequest request) {
    if (request.decoderResult().isFailure()) {
      refuse(context);
      return;
    }
    String upgrade = request.headers().get(HttpHeaderNames.UPGRADE, "");
    if (upgrade.equalsIgnoreCase(HttpHeaderValues.WEBSOCKET.toString())) {
      context.fireChannelRead(request.retain());
      return;
    }
    if (!request.method().equals(HttpMethod.POST)) {
      write(context, HttpResponseStatus.METHOD_NOT_ALLOWED, "JSON-RPC is spoken by POST\n");
      return;
    }
    String message = request.content().toString(StandardCharsets.UTF_8);
    executor.execute(() -> answer(context, message));
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
    ChannelFuture unused = context.close();
  }

  private void answer(ChannelHandlerContext context, String message) {
    Optional<String> answer = dispatcher.answer(message, new Exchange(NOBODY));
    write(context, HttpResponseStatus.OK, answer.orElse(""));
  }

  /** Where the request ends can't be told, so the connection ends with it. */
  private static void refuse(ChannelHandlerContext context) {
    FullHttpResponse response =
        new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.BAD_REQUEST);
    response.headers().set(HttpHeaderNames.CONTENT_LENGTH, 0);
    response.headers().set(HttpHeaderNames.CONNECTION, HttpHeaderValues.CLOSE);
    ChannelFuture unused = context.writeAndFlush(response).addListener(ChannelFutureListener.CLOSE);
  }

  private static void write(ChannelHandlerContext context, HttpResponseStatus status, String body) {
    FullHttpResponse response =
        new DefaultFullHttpResponse(
            HttpVersion.HTTP_1_1,
            status,
            Unpooled.wrappedBuffer(body.getBytes(StandardCharsets.UTF_8)));
    response.headers().set(HttpHeaderNames.CONTENT_TYPE, "application/json; charset=utf-8");
    response.headers().set(HttpHeaderNames.CONTENT_LENGTH, response.content().readableBytes());
    ChannelFuture unused = context.writeAndFlush(response);
  }
}
