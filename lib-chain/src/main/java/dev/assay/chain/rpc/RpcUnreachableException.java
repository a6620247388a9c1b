package dev.assay.chain.rpc;

/** No usable answer from an endpoint: not reached, too late, too large, or not JSON-RPC. */
public final class RpcUnreachableException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public RpcUnreachableException(String message) {
    super(message);
  }

  public RpcUnreachableException(String message, Throwable cause) {
    super(message, cause);
  }
}
