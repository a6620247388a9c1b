package dev.assay.localnet.chain.rpc;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.assay.localnet.chain.Chain;
import dev.assay.localnet.chain.block.Block;
import dev.assay.localnet.chain.state.Snapshot;
import dev.assay.localnet.rpc.Exchange;
import dev.assay.localnet.rpc.Params;
import dev.assay.localnet.rpc.RpcException;
import dev.assay.localnet.rpc.RpcMethod;
import dev.assay.localnet.rpc.Subscription;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * {@code archive_v1_*} of the new JSON-RPC specification: any block, by its hash. The states of the
 * newest blocks are kept, as the localnet's page says; of older ones only headers and bodies.
 */
record ArchiveMethods(
    Chain chain, BlockLookup lookup, StateMethods states, Subscriptions subscriptions) {

  Map<String, RpcMethod> all() {
    Map<String, RpcMethod> methods = new HashMap<>();
    methods.put("archive_v1_genesisHash", (params, exchange) -> genesisHash());
    methods.put("archive_v1_finalizedHeight", (params, exchange) -> height());
    methods.put("archive_v1_hashByHeight", this::hashByHeight);
    methods.put("archive_v1_header", this::header);
    methods.put("archive_v1_body", this::body);
    methods.put("archive_v1_call", this::call);
    methods.put("archive_v1_storage", this::storage);
    methods.put("archive_v1_stopStorage", subscriptions::unsubscribe);
    return methods;
  }

  private JsonNode genesisHash() {
    return Json.hash(chain.blocks().genesis().hash());
  }

  private JsonNode height() {
    return Json.number(chain.blocks().best().number());
  }

  /** No block has a sibling here. */
  private JsonNode hashByHeight(Params params, Exchange exchange) throws RpcException {
    ArrayNode hashes = Json.array();
    params
        .number(0)
        .flatMap(number -> chain.blocks().hash(number))
        .ifPresent(hash -> hashes.add(Json.hash(hash)));
    return hashes;
  }

  private JsonNode header(Params params, Exchange exchange) throws RpcException {
    return find(params).map(block -> Json.hex(block.header().encode())).orElse(Json.none());
  }

  private JsonNode body(Params params, Exchange exchange) throws RpcException {
    Optional<Block> block = find(params);
    return block.isPresent() ? Json.hexes(block.get().extrinsics()) : Json.none();
  }

  private JsonNode call(Params params, Exchange exchange) throws RpcException {
    Optional<Block> block = find(params);
    if (block.isEmpty()) {
      return Json.none();
    }
    byte[] input = params.hex(2);
    ObjectNode answer = Json.object();
    try {
      JsonNode value = Json.hex(states.call(params.text(1), input, block.get()));
      return answer.put("success", true).set("value", value);
    } catch (RpcException e) {
      return answer.put("success", false).put("error", e.getMessage());
    }
  }

  private JsonNode storage(Params params, Exchange exchange) throws RpcException {
    Optional<Block> block = find(params);
    List<StorageQuery> queries = StorageQuery.read(params.list(1));
    Subscription subscription = subscriptions.create("archive_v1_storageEvent", exchange);
    try {
      if (block.isEmpty()) {
        throw RpcException.client("the block is not known");
      }
      Snapshot state = lookup.state(block.get());
      // The runtime has no child tries, and one that isn't there is empty.
      for (StorageQuery query : params.has(2) ? List.<StorageQuery>of() : queries) {
        query.answer(state).forEach(item -> subscription.send(item.put("event", "storage")));
      }
      subscription.send(Follow.event("storageDone"));
    } catch (RpcException e) {
      subscription.send(Follow.event("storageError").put("error", e.getMessage()));
    }
    // It has no more to say, and says it once its name is known.
    subscriptions.discard(subscription);
    return Json.text(subscription.id());
  }

  private Optional<Block> find(Params params) throws RpcException {
    return chain.blocks().find(params.requiredHash(0));
  }
}
