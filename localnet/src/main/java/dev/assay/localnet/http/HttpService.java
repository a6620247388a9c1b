package dev.assay.localnet.http;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.channel.nio.NioEventLoopGroup;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.codec.http.HttpServerExpectContinueHandler;
import io.netty.handler.codec.http.HttpServerKeepAliveHandler;
import io.netty.util.concurrent.DefaultThreadFactory;
import io.netty.util.concurrent.EventExecutor;
import io.netty.util.concurrent.EventExecutorGroup;
import io.netty.util.concurrent.GlobalEventExecutor;
import io.netty.util.concurrent.NonStickyEventExecutorGroup;
import io.netty.util.concurrent.UnorderedThreadPoolEventExecutor;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * An HTTP server of the localnet. It answers when {@link #start} returns, and its port is free
 * again when {@link #close} returns.
 *
 * <p>Connections that make no progress for a minute end, and where there are 1024 the quietest
 * makes room. One thread accepts, one moves bytes, and a bounded number answer, each connection's
 * requests in their order.
 */
public final class HttpService implements AutoCloseable {
  private static final int MAX_CONNECTIONS = 1024;
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final int THREADS = 32;
  private static final int END_SECONDS = 10;

  private static final int MAX_LINE = 8 << 10;
  private static final int MAX_HEADERS = 16 << 10;
  private static final int PART = 64 << 10;

  private final String name;
  private final HttpHandler handler;
  private final Optional<WebSockets> webSockets;
  private final Duration patience;
  private final ConnectionLimits limits = new ConnectionLimits(MAX_CONNECTIONS);
  private final ChannelGroup connections = new DefaultChannelGroup(GlobalEventExecutor.INSTANCE);
  private final EventLoopGroup acceptor;
  private final EventLoopGroup transport;
  private final UnorderedThreadPoolEventExecutor threads;
  private final EventExecutorGroup answers;
  private final Channel listening;

  private HttpService(
      String name,
      InetSocketAddress address,
      int threads,
      HttpHandler handler,
      Optional<WebSockets> webSockets,
      Duration patience)
      throws PortTakenException {
    this.name = name;
    this.handler = handler;
    this.webSockets = webSockets;
    this.patience = patience;
    this.acceptor = new NioEventLoopGroup(1, named("accept"));
    this.transport = new NioEventLoopGroup(1, named("io"));
    this.threads = new UnorderedThreadPoolEventExecutor(threads, named("answer"));
    this.answers = new NonStickyEventExecutorGroup(this.threads);
    this.listening = listen(address);
  }

  /**
   * Starts a server that hands every request to the handler.
   *
   * @param name says in messages and thread names which service it is
   * @param port 0 for any free one
   * @throws PortTakenException when something else listens on the port
   */
  public static HttpService start(String name, String host, int port, HttpHandler handler)
      throws PortTakenException {
    return start(name, host, port, handler, PATIENCE);
  }

  static HttpService start(
      String name, String host, int port, HttpHandler handler, Duration patience)
      throws PortTakenException {
    InetSocketAddress address = new InetSocketAddress(host, port);
    return new HttpService(name, address, THREADS, handler, Optional.empty(), patience);
  }

  /**
   * Starts a server that also speaks by WebSocket.
   *
   * @param threads how many answers are made at the same time
   */
  public static HttpService start(
      String name, String host, int port, int threads, HttpHandler handler, WebSockets webSockets)
      throws PortTakenException {
    InetSocketAddress address = new InetSocketAddress(host, port);
    return new HttpService(name, address, threads, handler, Optional.of(webSockets), PATIENCE);
  }

  /** The base address, without a slash at its end. */
  public URI address() {
    InetSocketAddress address = (InetSocketAddress) listening.localAddress();
    return URI.create("http://" + address.getAddress().getHostAddress() + ":" + address.getPort());
  }

  /** Stops listening, breaks off what is under way and waits for its threads to end. */
  @Override
  public void close() {
    listening.close().awaitUninterruptibly();
    connections.close().awaitUninterruptibly(2, TimeUnit.SECONDS);
    shutDown();
  }

  private Channel listen(InetSocketAddress address) throws PortTakenException {
    ServerBootstrap bootstrap =
        new ServerBootstrap()
            .group(acceptor, transport)
            .channel(NioServerSocketChannel.class)
            .childHandler(new Connection());
    ChannelFuture bound = bootstrap.bind(address).awaitUninterruptibly();
    if (bound.isSuccess()) {
      return bound.channel();
    }
    shutDown();
    if (bound.cause() instanceof BindException) {
      throw new PortTakenException(name, address.getPort(), bound.cause());
    }
    throw new IllegalStateException("can't listen on " + address, bound.cause());
  }

  /** Answers end before the threads that would carry them. */
  private void shutDown() {
    threads.shutdownNow();
    try {
      if (!threads.awaitTermination(END_SECONDS, TimeUnit.SECONDS)) {
        throw new IllegalStateException(
            "the threads of the " + name + " did not end within " + END_SECONDS + " seconds");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      acceptor.shutdownGracefully(0, 2, TimeUnit.SECONDS).awaitUninterruptibly();
      transport.shutdownGracefully(0, 2, TimeUnit.SECONDS).awaitUninterruptibly();
    }
  }

  private DefaultThreadFactory named(String task) {
    return new DefaultThreadFactory("localnet-" + name + "-" + task, true);
  }

  private final class Connection extends ChannelInitializer<Channel> {
    @Override
    protected void initChannel(Channel channel) {
      limits.add(channel);
      connections.add(channel);
      EventExecutor executor = answers.next();
      ChannelPipeline pipeline = channel.pipeline();
      pipeline.addLast(new HttpServerCodec(MAX_LINE, MAX_HEADERS, PART));
      pipeline.addLast(new HttpServerKeepAliveHandler());
      pipeline.addLast(new HttpServerExpectContinueHandler());
      pipeline.addLast(new QuietConnections(patience));
      pipeline.addLast(new HttpRequests(handler, webSockets.isPresent(), executor));
      webSockets.ifPresent(each -> each.prepare(pipeline, executor));
    }
  }
}
