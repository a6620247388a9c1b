package dev.assay.localnet.rpc;

import java.util.Optional;

/** A request is answered with an error. */
public final class RpcException extends Exception {
  private static final long serialVersionUID = 1;

  private final int code;
  private final String data;

  public RpcException(int code, String message, String data) {
    super(message, null, false, false);
    this.code = code;
    this.data = data;
  }

  public RpcException(int code, String message) {
    this(code, message, "");
  }

  public static RpcException invalidParams(String message) {
    return new RpcException(-32602, "Invalid params: " + message);
  }

  public static RpcException client(String message) {
    return new RpcException(4003, "Client error: " + message);
  }

  public int code() {
    return code;
  }

  Optional<String> data() {
    return Optional.of(data).filter(each -> !each.isEmpty());
  }
}
