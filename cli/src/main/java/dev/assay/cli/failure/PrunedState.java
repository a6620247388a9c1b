package dev.assay.cli.failure;

import dev.assay.chain.rpc.RpcErrorException;

/** Most endpoints keep the state of a few hundred blocks; only archive nodes keep all. */
public final class PrunedState {
  /** What to do about it. */
  public static final String ADVICE =
      "the endpoint no longer has the state of that block; name an archive endpoint in"
          + " chain.endpoints, or a newer block";

  private PrunedState() {}

  /** Whether a node's error says that it has no such block or has dropped its state. */
  public static boolean explains(Throwable failure) {
    return failure instanceof RpcErrorException error && error.lacksBlock();
  }
}
