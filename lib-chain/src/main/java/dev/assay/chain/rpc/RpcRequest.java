package dev.assay.chain.rpc;

import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Set;

/** A method and its parameters in order: texts, numbers, booleans, lists, or null. */
public record RpcRequest(String method, List<Object> parameters) {
  private static final Set<String> BLOCK_METHODS =
      Set.of("chain_getBlockHash", "chain_getHeader", "chain_getBlock");

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

  /** Whether it names a block, and the answer null means that the node does not know it. */
  boolean namesBlock() {
    return BLOCK_METHODS.contains(method) && !parameters.isEmpty() && parameters.get(0) != null;
  }
}
