package dev.assay.localnet.http;

import io.netty.channel.ChannelPipeline;
import io.netty.util.concurrent.EventExecutor;

/** What a service that also speaks by WebSocket does with a new connection. */
@FunctionalInterface
public interface WebSockets {
  /**
   * Adds what answers a connection's WebSocket, if it becomes one.
   *
   * @param answers runs what a connection's messages ask for, one after another
   */
  void prepare(ChannelPipeline pipeline, EventExecutor answers);
}
