package dev.assay.localnet.rpc;

import com.fasterxml.jackson.databind.JsonNode;

/** What a method answers. */
@FunctionalInterface
public interface RpcMethod {
  JsonNode call(Params params, Exchange exchange) throws RpcException;
}
