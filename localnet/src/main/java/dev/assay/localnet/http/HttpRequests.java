package dev.assay.localnet.http;

import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http.DefaultFullHttpRequest;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.EmptyHttpHeaders;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.util.ReferenceCountUtil;
import io.netty.util.concurrent.EventExecutor;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Hands a connection's requests to a handler, one after another, and lets WebSockets pass. */
final class HttpRequests extends ChannelInboundHandlerAdapter {
  private static final Logger LOG = LoggerFactory.getLogger(HttpRequests.class);
  private static final byte[] FAILED =
      "{\"error\":\"the service failed; see its log\"}".getBytes(StandardCharsets.US_ASCII);

  private final HttpHandler handler;
  private final boolean webSockets;
  private final EventExecutor answers;
  private Optional<RequestBody> arriving = Optional.empty();

  HttpRequests(HttpHandler handler, boolean webSockets, EventExecutor answers) {
    this.handler = handler;
    this.webSockets = webSockets;
    this.answers = answers;
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) {
    if (!(message instanceof HttpObject part)) {
      context.fireChannelRead(message);
      return;
    }
    if (part.decoderResult().isFailure()) {
      ReferenceCountUtil.release(part);
      refuse(context);
      return;
    }
    if (part instanceof HttpRequest request) {
      begin(context, request);
    }
    if (part instanceof HttpContent content) {
      arriving.ifPresentOrElse(body -> body.add(content), content::release);
    }
  }

  private void begin(ChannelHandlerContext context, HttpRequest request) {
    arriving = Optional.empty();
    if (webSockets && isHandshake(request)) {
      context.fireChannelRead(whole(request));
      return;
    }
    Optional<URI> address = address(request);
    if (address.isEmpty()) {
      refuse(context);
      return;
    }
    RequestBody body = new RequestBody(context.channel());
    arriving = Optional.of(body);
    HttpExchange exchange = new HttpExchange(context.channel(), request, address.get(), body);
    answers.execute(() -> answer(context, exchange, body));
  }

  private void answer(ChannelHandlerContext context, HttpExchange exchange, RequestBody body) {
    try {
      handler.handle(exchange);
    } catch (IOException e) {
      LOG.info("{} {} broke off: {}", exchange.method(), exchange.path(), e.getMessage());
    } catch (RuntimeException e) {
      LOG.error("{} {} failed", exchange.method(), exchange.path(), e);
      if (!exchange.isAnswered()) {
        exchange.answer(500, FAILED);
      }
    } finally {
      body.drop();
      if (!exchange.isAnswered()) {
        ChannelFuture unused = context.close();
      }
    }
  }

  @Override
  public void channelInactive(ChannelHandlerContext context) {
    arriving.ifPresent(RequestBody::lose);
    context.fireChannelInactive();
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
    ChannelFuture unused = context.close();
  }

  private static boolean isHandshake(HttpRequest request) {
    return HttpHeaderValues.WEBSOCKET.contentEqualsIgnoreCase(
        request.headers().get(HttpHeaderNames.UPGRADE, ""));
  }

  private static HttpRequest whole(HttpRequest request) {
    return new DefaultFullHttpRequest(
        request.protocolVersion(),
        request.method(),
        request.uri(),
        Unpooled.EMPTY_BUFFER,
        request.headers(),
        EmptyHttpHeaders.INSTANCE);
  }

  private static Optional<URI> address(HttpRequest request) {
    try {
      return Optional.of(new URI(request.uri())).filter(uri -> uri.getRawPath() != null);
    } catch (URISyntaxException e) {
      return Optional.empty();
    }
  }

  /** Where the request ends can't be told, so the connection ends with it. */
  private void refuse(ChannelHandlerContext context) {
    arriving.ifPresent(RequestBody::lose);
    arriving = Optional.empty();
    FullHttpResponse response =
        new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.BAD_REQUEST);
    response.headers().set(HttpHeaderNames.CONTENT_LENGTH, 0);
    response.headers().set(HttpHeaderNames.CONNECTION, HttpHeaderValues.CLOSE);
    ChannelFuture unused = context.writeAndFlush(response).addListener(ChannelFutureListener.CLOSE);
  }
}
