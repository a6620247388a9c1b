package dev.assay.localnet.chain.rpc;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.assay.localnet.chain.Chain;
import dev.assay.localnet.chain.block.Block;
import dev.assay.localnet.rpc.Exchange;
import dev.assay.localnet.rpc.Params;
import dev.assay.localnet.rpc.RpcException;
import dev.assay.localnet.rpc.RpcMethod;
import java.util.Map;
import java.util.Optional;

/** {@code chain_*}, and {@code engine_*} of Substrate's manual seal. */
record ChainMethods(Chain chain, BlockLookup lookup) {

  Map<String, RpcMethod> all() {
    RpcMethod head = (params, exchange) -> Json.hash(chain.blocks().best().hash());
    return Map.of(
        "chain_getBlockHash", this::blockHash,
        "chain_getHead", head,
        "chain_getFinalizedHead", head,
        "chain_getFinalisedHead", head,
        "chain_getHeader", this::header,
        "chain_getBlock", this::block,
        "engine_createBlock", this::createBlock,
        "engine_finalizeBlock", this::finalizeBlock);
  }

  private JsonNode blockHash(Params params, Exchange exchange) throws RpcException {
    if (params.array().path(0).isArray()) {
      return blockHashes(params);
    }
    Optional<Long> number = params.number(0);
    if (number.isEmpty()) {
      return Json.hash(chain.blocks().best().hash());
    }
    return chain.blocks().hash(number.get()).map(Json::hash).orElse(NullNode.instance);
  }

  private JsonNode blockHashes(Params params) throws RpcException {
    ArrayNode hashes = Json.array();
    Params numbers = new Params(params.array().get(0));
    for (int i = 0; i < numbers.array().size(); i++) {
      Optional<JsonNode> hash =
          numbers.number(i).flatMap(number -> chain.blocks().hash(number)).map(Json::hash);
      hashes.add(hash.orElse(NullNode.instance));
    }
    return hashes;
  }

  private JsonNode header(Params params, Exchange exchange) throws RpcException {
    return find(params).map(block -> Json.header(block.header())).orElse(NullNode.instance);
  }

  private JsonNode block(Params params, Exchange exchange) throws RpcException {
    return find(params).map(Json::block).orElse(NullNode.instance);
  }

  private Optional<Block> find(Params params) throws RpcException {
    if (params.hash(0).isPresent()) {
      return chain.blocks().find(params.hash(0).get());
    }
    return Optional.of(chain.blocks().best());
  }

  /** A block holds a timestamp at least, so that an empty one differs from none. */
  private JsonNode createBlock(Params params, Exchange exchange) throws RpcException {
    boolean createEmpty = params.flag(0);
    params.flag(1);
    if (params.hash(2).isPresent() && !params.hash(2).get().equals(chain.blocks().best().hash())) {
      throw new RpcException(
          -32000, "this chain doesn't fork: the parent must be the best block or null");
    }
    if (!createEmpty && chain.pending().isEmpty()) {
      throw new RpcException(
          -32000,
          "Transaction pool is empty, set create_empty to true, if you want to create"
              + " empty blocks");
    }
    Block block = chain.seal();
    ObjectNode aux = Json.object();
    aux.put("header_only", false).put("clear_justification_requests", false);
    aux.put("needs_justification", false).put("bad_justification", false).put("is_new_best", true);
    ObjectNode created = Json.object();
    created.set("hash", Json.hash(block.hash()));
    created.set("aux", aux);
    created.put("proof_size", 0);
    return created;
  }

  /** Every block is final as it is sealed. */
  private JsonNode finalizeBlock(Params params, Exchange exchange) throws RpcException {
    lookup.block(params, 0);
    return BooleanNode.TRUE;
  }
}
