package dev.assay.chain.rpc;

import java.util.Arrays;
import java.util.Collections;
import java.util.List;

/** A method and its parameters in order: texts, numbers, booleans, lists, or null. */
public record RpcRequest(String method, List<Object> parameters) {
  public RpcRequest {
    parameters = Collections.unmodifiableList(parameters);
  }

  /** A request with these parameters, null included. */
  public static RpcRequest of(String method, Object... parameters) {
    return new RpcRequest(method, Arrays.asList(parameters));
  }

  /** Whether sending it twice may differ from sending it once. */
  boolean submits() {
    return method.startsWith("author_submit");
  }
}
