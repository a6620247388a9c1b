package dev.assay.localnet.chain;

import dev.assay.localnet.PortTakenException;
import dev.assay.localnet.chain.rpc.NodeMethods;
import dev.assay.localnet.chain.rpc.RpcServer;
import dev.assay.localnet.chain.runtime.NodeRuntime;
import java.net.URI;

/** A chain that clients reach over the network. */
public final class ChainNode implements AutoCloseable {
  private final Chain chain;
  private final RpcServer server;
  private final Sealer sealer;

  private ChainNode(Chain chain, RpcServer server, Sealer sealer) {
    this.chain = chain;
    this.server = server;
    this.sealer = sealer;
  }

  /**
   * Starts a chain at its genesis.
   *
   * @param port 0 for any free one
   * @throws PortTakenException when another program has the port
   */
  public static ChainNode start(Genesis genesis, Sealing sealing, int port)
      throws PortTakenException {
    Chain chain = new Chain(new NodeRuntime(), genesis);
    RpcServer server = new RpcServer(new NodeMethods(chain), port);
    Sealer sealer = new Sealer(chain, sealing);
    sealer.start();
    return new ChainNode(chain, server, sealer);
  }

  /** The blocks and the pool, for whatever runs in the same process. */
  public Chain chain() {
    return chain;
  }

  /** Where it answers over HTTP. */
  public URI http() {
    return URI.create("http://127.0.0.1:" + server.port());
  }

  /** Where it answers over WebSocket. */
  public URI webSocket() {
    return URI.create("ws://127.0.0.1:" + server.port());
  }

  @Override
  public void close() {
    sealer.close();
    server.close();
  }
}
