package dev.assay.localnet.rpc;

import dev.assay.localnet.http.HttpService;
import dev.assay.localnet.http.PortTakenException;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.http.websocketx.WebSocketFrameAggregator;
import io.netty.handler.codec.http.websocketx.WebSocketServerProtocolConfig;
import io.netty.handler.codec.http.websocketx.WebSocketServerProtocolHandler;
import io.netty.util.concurrent.EventExecutor;
import java.net.URI;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Serves JSON-RPC over HTTP POST and over WebSocket on one port of the loopback interface. Two
 * threads answer, each connection's requests in their order.
 */
public final class RpcServer implements AutoCloseable {
  /** The longest message that is read, in bytes; a hexadecimal extrinsic is twice its length. */
  static final int MAX_MESSAGE = 12 * 1024 * 1024;

  private static final int THREADS = 2;

  private final RpcDispatcher dispatcher;
  private final Consumer<Session> ended;
  private final HttpService service;

  /**
   * Begins to serve.
   *
   * @param name says in messages and thread names which service it is
   * @param methods what it answers, by name
   * @param ended hears of each lasting session that has ended
   * @param port 0 for any free one
   * @throws PortTakenException when another program has the port
   */
  public RpcServer(String name, Map<String, RpcMethod> methods, Consumer<Session> ended, int port)
      throws PortTakenException {
    this.dispatcher = new RpcDispatcher(methods);
    this.ended = ended;
    this.service =
        HttpService.start(
            name, "127.0.0.1", port, THREADS, new RpcPosts(dispatcher), this::addWebSocket);
  }

  /** Where it answers over HTTP; a WebSocket answers on the same port. */
  public URI address() {
    return service.address();
  }

  @Override
  public void close() {
    service.close();
  }

  private void addWebSocket(ChannelPipeline pipeline, EventExecutor answers) {
    WebSocketServerProtocolConfig webSocket =
        WebSocketServerProtocolConfig.newBuilder()
            .websocketPath("/")
            .checkStartsWith(true)
            .maxFramePayloadLength(MAX_MESSAGE)
            .allowExtensions(false)
            .build();
    pipeline.addLast(new WebSocketServerProtocolHandler(webSocket));
    pipeline.addLast(new WebSocketFrameAggregator(MAX_MESSAGE));
    pipeline.addLast(new WebSocketAnswers(dispatcher, ended, answers));
  }
}
