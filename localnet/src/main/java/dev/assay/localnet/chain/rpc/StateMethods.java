package dev.assay.localnet.chain.rpc;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.LongNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.assay.chain.hash.Blake2;
import dev.assay.chain.scale.Bytes;
import dev.assay.chain.scale.ScaleException;
import dev.assay.localnet.chain.Chain;
import dev.assay.localnet.chain.api.ApiContext;
import dev.assay.localnet.chain.api.RuntimeApi;
import dev.assay.localnet.chain.block.Block;
import dev.assay.localnet.chain.state.Snapshot;
import dev.assay.localnet.rpc.Exchange;
import dev.assay.localnet.rpc.Params;
import dev.assay.localnet.rpc.RpcException;
import dev.assay.localnet.rpc.RpcMethod;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** {@code state_*}, as far as one request has one answer. */
final class StateMethods {
  private static final int MAX_KEYS = 1000;
  private static final int MAX_RANGE = 4096;
  private static final int MAX_ALL_KEYS = 1_000_000;

  private final Chain chain;
  private final BlockLookup lookup;

  StateMethods(Chain chain, BlockLookup lookup) {
    this.chain = chain;
    this.lookup = lookup;
  }

  Map<String, RpcMethod> all() {
    Map<String, RpcMethod> methods = new HashMap<>();
    methods.put("state_getRuntimeVersion", this::runtimeVersion);
    methods.put("chain_getRuntimeVersion", this::runtimeVersion);
    methods.put("state_getMetadata", this::metadata);
    methods.put("state_getStorage", this::storage);
    methods.put("state_getStorageAt", this::storage);
    methods.put("state_getStorageHash", this::storageHash);
    methods.put("state_getStorageHashAt", this::storageHash);
    methods.put("state_getStorageSize", this::storageSize);
    methods.put("state_getStorageSizeAt", this::storageSize);
    methods.put("state_queryStorageAt", this::queryStorageAt);
    methods.put("state_queryStorage", this::queryStorage);
    methods.put("state_getKeys", this::keys);
    methods.put("state_getPairs", this::pairs);
    methods.put("state_getKeysPaged", this::keysPaged);
    methods.put("state_getKeysPagedAt", this::keysPaged);
    methods.put("state_call", this::call);
    methods.put("state_callAt", this::call);
    return methods;
  }

  private JsonNode runtimeVersion(Params params, Exchange exchange) throws RpcException {
    return Json.version(lookup.runtime(params, 0).version());
  }

  private JsonNode metadata(Params params, Exchange exchange) throws RpcException {
    return Json.optionalHex(lookup.runtime(params, 0).metadata(14));
  }

  private JsonNode storage(Params params, Exchange exchange) throws RpcException {
    return Json.optionalHex(value(params));
  }

  private JsonNode storageHash(Params params, Exchange exchange) throws RpcException {
    return Json.optionalHex(value(params).map(Blake2::blake2b256));
  }

  private JsonNode storageSize(Params params, Exchange exchange) throws RpcException {
    Optional<byte[]> value = value(params);
    return value.isPresent() ? LongNode.valueOf(value.get().length) : NullNode.instance;
  }

  private Optional<byte[]> value(Params params) throws RpcException {
    return lookup.state(params, 1).get(new Bytes(params.hex(0)));
  }

  private JsonNode queryStorageAt(Params params, Exchange exchange) throws RpcException {
    Block block = lookup.block(params, 1);
    return Json.array().add(changes(block, lookup.state(block), params.hexes(0)));
  }

  /** What the keys held at the first block, and each change of them until the last. */
  private JsonNode queryStorage(Params params, Exchange exchange) throws RpcException {
    List<byte[]> keys = params.hexes(0);
    Block from = lookup.block(params, 1);
    Block to = lookup.block(params, 2);
    if (to.number() < from.number() || to.number() - from.number() >= MAX_RANGE) {
      throw new RpcException(4001, "a range goes forward and has at most " + MAX_RANGE + " blocks");
    }
    ArrayNode sets = Json.array().add(changes(from, lookup.state(from), keys));
    Snapshot before = lookup.state(from);
    for (long number = from.number() + 1; number <= to.number(); number++) {
      Block block = chain.blocks().hash(number).flatMap(chain.blocks()::find).orElseThrow();
      Snapshot state = lookup.state(block);
      List<byte[]> changed = changed(before, state, keys);
      if (!changed.isEmpty()) {
        sets.add(changes(block, state, changed));
      }
      before = state;
    }
    return sets;
  }

  private static List<byte[]> changed(Snapshot before, Snapshot state, List<byte[]> keys) {
    List<byte[]> changed = new ArrayList<>();
    for (byte[] key : keys) {
      byte[] old = before.get(new Bytes(key)).orElse(null);
      if (!Arrays.equals(old, state.get(new Bytes(key)).orElse(null))) {
        changed.add(key);
      }
    }
    return changed;
  }

  static ObjectNode changes(Block block, Snapshot state, List<byte[]> keys) {
    ObjectNode json = Json.object();
    json.put("block", block.hash().toString());
    ArrayNode changes = json.putArray("changes");
    for (byte[] key : keys) {
      changes.addArray().add(Json.hex(key)).add(Json.optionalHex(state.get(new Bytes(key))));
    }
    return json;
  }

  private JsonNode keysPaged(Params params, Exchange exchange) throws RpcException {
    Bytes prefix = new Bytes(params.optionalHex(0).orElse(new byte[0]));
    long count = params.number(1).orElse((long) MAX_KEYS);
    if (count < 0 || count > MAX_KEYS) {
      throw new RpcException(
          4002, "count exceeds maximum value. value: " + count + ", max: " + MAX_KEYS);
    }
    Bytes start = new Bytes(params.optionalHex(2).orElse(new byte[0]));
    ArrayNode keys = Json.array();
    for (Bytes key : lookup.state(params, 3).keys(prefix, start, (int) count)) {
      keys.add(Json.hex(key.raw()));
    }
    return keys;
  }

  private JsonNode keys(Params params, Exchange exchange) throws RpcException {
    Bytes prefix = new Bytes(params.optionalHex(0).orElse(new byte[0]));
    ArrayNode keys = Json.array();
    Snapshot state = lookup.state(params, 1);
    // A real node may answer with millions; a client that wants more pages through them.
    for (Bytes key : state.keys(prefix, new Bytes(new byte[0]), MAX_ALL_KEYS)) {
      keys.add(Json.hex(key.raw()));
    }
    return keys;
  }

  private JsonNode pairs(Params params, Exchange exchange) throws RpcException {
    Bytes prefix = new Bytes(params.optionalHex(0).orElse(new byte[0]));
    ArrayNode pairs = Json.array();
    Snapshot state = lookup.state(params, 1);
    for (Bytes key : state.keys(prefix, new Bytes(new byte[0]), MAX_ALL_KEYS)) {
      pairs.addArray().add(Json.hex(key.raw())).add(Json.optionalHex(state.get(key)));
    }
    return pairs;
  }

  private JsonNode call(Params params, Exchange exchange) throws RpcException {
    return Json.hex(call(params.text(0), params.hex(1), params, 2));
  }

  /** What a runtime API's function answers at the block that the parameter there names. */
  byte[] call(String name, byte[] input, Params params, int blockAt) throws RpcException {
    return call(name, input, lookup.block(params, blockAt));
  }

  byte[] call(String name, byte[] input, Block block) throws RpcException {
    Snapshot state = lookup.state(block);
    RuntimeApi.Method<?> function =
        chain
            .runtimes()
            .of(state)
            .function(name)
            .orElseThrow(
                () ->
                    RpcException.client(
                        "Execution failed: Other: Exported method " + name + " is not found"));
    ApiContext context = new ApiContext(state.storage(), block.number());
    try {
      return function.call(context, input);
    } catch (ScaleException e) {
      throw RpcException.client(
          "Execution failed: Execution aborted due to trap: bad input data provided to "
              + function.name()
              + ": "
              + e.getMessage());
    }
  }
}
