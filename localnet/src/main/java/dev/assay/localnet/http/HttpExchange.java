package dev.assay.localnet.http;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.DefaultFileRegion;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.DefaultHttpHeaders;
import io.netty.handler.codec.http.DefaultHttpResponse;
import io.netty.handler.codec.http.EmptyHttpHeaders;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;

/** One request and its answer. Used by one thread at a time. */
public final class HttpExchange {
  private final Channel channel;
  private final HttpRequest request;
  private final URI address;
  private final RequestBody body;
  private final HttpHeaders headers = new DefaultHttpHeaders();
  private boolean answered;

  HttpExchange(Channel channel, HttpRequest request, URI address, RequestBody body) {
    this.channel = channel;
    this.request = request;
    this.address = address;
    this.body = body;
  }

  /** {@code GET} and so on. */
  public String method() {
    return request.method().name();
  }

  /** The path as it was sent, percent signs included; it begins with a slash. */
  public String path() {
    String path = address.getRawPath();
    return path.isEmpty() ? "/" : path;
  }

  /** What follows the question mark, as it was sent. */
  public Optional<String> query() {
    return Optional.ofNullable(address.getRawQuery());
  }

  /** The first header of a name. */
  public Optional<String> header(String name) {
    return Optional.ofNullable(request.headers().get(name));
  }

  /**
   * The body as it arrives. Reading waits for the client, and ends with an exception where the
   * connection does. What the handler leaves unread is dropped.
   */
  public InputStream body() {
    return body;
  }

  /** The port that the request came to. */
  public int port() {
    return ((InetSocketAddress) channel.localAddress()).getPort();
  }

  /** Sets a header of the answer. */
  public void set(String header, String value) {
    headers.set(header, value);
  }

  /**
   * Answers.
   *
   * @throws IllegalStateException when it has been answered
   */
  public void answer(int status, byte[] content) {
    begin();
    ByteBuf bytes = Unpooled.wrappedBuffer(content);
    HttpResponseStatus code = HttpResponseStatus.valueOf(status);
    // A length in "not modified" would be that of what is not sent.
    if (!code.equals(HttpResponseStatus.NOT_MODIFIED)) {
      headers.set(HttpHeaderNames.CONTENT_LENGTH, content.length);
    }
    end(
        new DefaultFullHttpResponse(
            HttpVersion.HTTP_1_1, code, bytes, headers, EmptyHttpHeaders.INSTANCE));
  }

  /**
   * Answers with a part of a file, which is read as fast as the client takes it.
   *
   * @param first the part's first byte, from 0
   * @param length how many bytes it has; a file that ends earlier ends the connection
   * @throws IllegalStateException when it has been answered
   */
  public void answer(int status, Path file, long first, long length) {
    begin();
    headers.set(HttpHeaderNames.CONTENT_LENGTH, length);
    write(
        new DefaultHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.valueOf(status), headers));
    if (length > 0 && !method().equals("HEAD")) {
      write(new DefaultFileRegion(file.toFile(), first, length));
    }
    end(LastHttpContent.EMPTY_LAST_CONTENT);
  }

  boolean isAnswered() {
    return answered;
  }

  private void begin() {
    if (answered) {
      throw new IllegalStateException("the request has been answered");
    }
    answered = true;
  }

  private void write(Object part) {
    ChannelFuture unused = channel.write(part).addListener(ChannelFutureListener.CLOSE_ON_FAILURE);
  }

  private void end(Object last) {
    ChannelFuture unused =
        channel.writeAndFlush(last).addListener(ChannelFutureListener.CLOSE_ON_FAILURE);
  }
}
