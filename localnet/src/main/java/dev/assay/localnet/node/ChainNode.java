package dev.assay.localnet.node;

import dev.assay.localnet.chain.Chain;
import dev.assay.localnet.chain.genesis.Genesis;
import dev.assay.localnet.chain.rpc.NodeMethods;
import dev.assay.localnet.chain.runtime.Runtimes;
import dev.assay.localnet.http.PortTakenException;
import dev.assay.localnet.rpc.RpcServer;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;

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
    return serve(Chain.inMemory(new Runtimes(), genesis), sealing, port);
  }

  /**
   * Goes on with the chain that a directory keeps, or starts one there.
   *
   * @param port 0 for any free one
   * @throws PortTakenException when another program has the port
   * @throws IOException when the directory keeps another chain, or another process has it
   */
  public static ChainNode startIn(Path directory, Genesis genesis, Sealing sealing, int port)
      throws IOException {
    return serve(Chain.keptIn(directory, new Runtimes(), genesis), sealing, port);
  }

  private static ChainNode serve(Chain chain, Sealing sealing, int port) throws PortTakenException {
    try {
      NodeMethods methods = new NodeMethods(chain);
      RpcServer server = new RpcServer("chain", methods.all(), methods::forget, port);
      Sealer sealer = new Sealer(chain, sealing);
      sealer.start();
      return new ChainNode(chain, server, sealer);
    } catch (PortTakenException e) {
      chain.close();
      throw e;
    }
  }

  /** The blocks and the pool, for whatever runs in the same process. */
  public Chain chain() {
    return chain;
  }

  /** Where it answers over HTTP. */
  public URI http() {
    return server.address();
  }

  /** Where it answers over WebSocket. */
  public URI webSocket() {
    return URI.create("ws://127.0.0.1:" + http().getPort());
  }

  @Override
  public void close() {
    sealer.close();
    server.close();
    chain.close();
  }
}
