package dev.assay.localnet.chain.rpc;

import com.fasterxml.jackson.databind.JsonNode;

/** What a method answers. */
@FunctionalInterface
interface RpcMethod {
  JsonNode call(Params params, Exchange exchange) throws RpcException;
}
