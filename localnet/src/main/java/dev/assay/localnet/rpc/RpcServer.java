package dev.assay.localnet.rpc;

import dev.assay.localnet.http.PortTakenException;
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
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.codec.http.HttpServerKeepAliveHandler;
import io.netty.handler.codec.http.websocketx.WebSocketFrameAggregator;
import io.netty.handler.codec.http.websocketx.WebSocketServerProtocolConfig;
import io.netty.handler.codec.http.websocketx.WebSocketServerProtocolHandler;
import io.netty.util.concurrent.DefaultEventExecutorGroup;
import io.netty.util.concurrent.DefaultThreadFactory;
import io.netty.util.concurrent.EventExecutor;
import io.netty.util.concurrent.EventExecutorGroup;
import io.netty.util.concurrent.GlobalEventExecutor;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Serves JSON-RPC over HTTP POST and over WebSocket on one port of the loopback interface.
 *
 * <p>Connections on which nothing arrives end, and where there are too many the quietest makes
 * room. One thread accepts, one moves bytes and two answer, each connection's requests in their
 * order. All of them end with {@link #close}.
 */
public final class RpcServer implements AutoCloseable {
  /** The longest message that is read, in bytes; a hexadecimal extrinsic is twice its length. */
  static final int MAX_MESSAGE = 12 * 1024 * 1024;

  private static final int MAX_CONNECTIONS = 1024;
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final EventLoopGroup acceptor = new NioEventLoopGroup(1, threads("rpc-accept"));
  private final EventLoopGroup transport = new NioEventLoopGroup(1, threads("rpc-io"));
  private final EventExecutorGroup answers =
      new DefaultEventExecutorGroup(2, threads("rpc-answer"));
  private final ChannelGroup connections = new DefaultChannelGroup(GlobalEventExecutor.INSTANCE);
  private final RpcDispatcher dispatcher;
  private final Consumer<Session> ended;
  private final ConnectionLimits limits;
  private final Duration patience;
  private final Channel listening;

  /**
   * Begins to serve.
   *
   * @param methods what it answers, by name
   * @param ended hears of each lasting session that has ended
   * @param port 0 for any free one
   * @throws PortTakenException when another program has the port
   */
  public RpcServer(Map<String, RpcMethod> methods, Consumer<Session> ended, int port)
      throws PortTakenException {
    this.limits = new ConnectionLimits(MAX_CONNECTIONS);
    this.patience = PATIENCE;
    this.dispatcher = new RpcDispatcher(methods);
    this.ended = ended;
    this.listening = bind(port);
  }

  /** The port in use. */
  public int port() {
    return ((InetSocketAddress) listening.localAddress()).getPort();
  }

  @Override
  public void close() {
    listening.close().awaitUninterruptibly();
    connections.close().awaitUninterruptibly(2, TimeUnit.SECONDS);
    shutDown();
  }

  private Channel bind(int port) throws PortTakenException {
    InetSocketAddress address = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
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
      throw new PortTakenException("chain", port, bound.cause());
    }
    throw new IllegalStateException("can't listen on port " + port, bound.cause());
  }

  private void shutDown() {
    // Answers end before the threads that would carry them.
    for (EventExecutorGroup group : List.of(answers, acceptor, transport)) {
      group.shutdownGracefully(0, 2, TimeUnit.SECONDS).awaitUninterruptibly();
    }
  }

  private static DefaultThreadFactory threads(String name) {
    return new DefaultThreadFactory("localnet-" + name, true);
  }

  private final class Connection extends ChannelInitializer<Channel> {
    @Override
    protected void initChannel(Channel channel) {
      limits.add(channel);
      connections.add(channel);
      WebSocketServerProtocolConfig webSocket =
          WebSocketServerProtocolConfig.newBuilder()
              .websocketPath("/")
              .checkStartsWith(true)
              .maxFramePayloadLength(MAX_MESSAGE)
              .allowExtensions(false)
              .build();
      EventExecutor executor = answers.next();
      ChannelPipeline pipeline = channel.pipeline();
      pipeline.addLast(new HttpServerCodec());
      pipeline.addLast(new HttpServerKeepAliveHandler());
      pipeline.addLast(new HttpObjectAggregator(MAX_MESSAGE));
      pipeline.addLast(new QuietConnections(patience));
      pipeline.addLast(new HttpAnswers(dispatcher, executor));
      pipeline.addLast(new WebSocketServerProtocolHandler(webSocket));
      pipeline.addLast(new WebSocketFrameAggregator(MAX_MESSAGE));
      pipeline.addLast(new WebSocketAnswers(dispatcher, ended, executor));
    }
  }
}
