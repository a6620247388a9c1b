package dev.assay.chain.node;

import com.fasterxml.jackson.databind.JsonNode;
import dev.assay.chain.hash.Hash;
import dev.assay.chain.keys.AccountId;
import dev.assay.chain.rpc.RpcClient;
import dev.assay.chain.rpc.RpcRequest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The methods of a Substrate node that Assay uses, with types. State is always asked at a block.
 */
public final class Node {
  private static final HexFormat HEX = HexFormat.of();

  private final RpcClient rpc;

  public Node(RpcClient rpc) {
    this.rpc = rpc;
  }

  /** The hash of the block at a height on the best chain, if there is one yet. */
  public Optional<Hash> blockHash(long number) {
    JsonNode answer = rpc.call("chain_getBlockHash", number);
    return answer.isNull() ? Optional.empty() : Optional.of(Json.hash(answer));
  }

  /** The hash of the best block. */
  public Hash bestHead() {
    return Json.hash(rpc.call("chain_getBlockHash"));
  }

  /** The hash of the last finalised block. */
  public Hash finalizedHead() {
    return Json.hash(rpc.call("chain_getFinalizedHead"));
  }

  /** A block's header. */
  public Header header(Hash block) {
    return header(rpc.call("chain_getHeader", block.toString()), block);
  }

  /** The extrinsics of a block with their length prefixes, in order. */
  public List<byte[]> extrinsics(Hash block) {
    JsonNode answer = rpc.call("chain_getBlock", block.toString());
    List<byte[]> extrinsics = new ArrayList<>();
    Json.array(answer.path("block").path("extrinsics"))
        .forEach(each -> extrinsics.add(Json.bytes(each)));
    return extrinsics;
  }

  /** The runtime's version after a block. */
  public RuntimeVersion runtimeVersion(Hash block) {
    return Json.runtimeVersion(rpc.call("state_getRuntimeVersion", block.toString()));
  }

  /** Header and runtime version of a block, in one round trip where the transport can. */
  public Map.Entry<Header, RuntimeVersion> headerAndVersion(Hash block) {
    List<JsonNode> answers =
        rpc.batch(
            List.of(
                RpcRequest.of("chain_getHeader", block.toString()),
                RpcRequest.of("state_getRuntimeVersion", block.toString())));
    return Map.entry(header(answers.get(0), block), Json.runtimeVersion(answers.get(1)));
  }

  /** The metadata of the runtime after a block, in the version before runtime APIs had types. */
  public byte[] metadataV14(Hash block) {
    return Json.bytes(rpc.call("state_getMetadata", block.toString()));
  }

  /** The bytes behind a storage key at a block. */
  public Optional<byte[]> storage(byte[] key, Hash block) {
    return bytesOrNothing(rpc.call("state_getStorage", hex(key), block.toString()));
  }

  /** Up to {@code count} keys that begin with a prefix, in order, after {@code start}. */
  public List<byte[]> keys(byte[] prefix, int count, Optional<byte[]> start, Hash block) {
    JsonNode answer =
        rpc.call(
            "state_getKeysPaged",
            hex(prefix),
            count,
            start.map(Node::hex).orElse(null),
            block.toString());
    List<byte[]> keys = new ArrayList<>();
    Json.array(answer).forEach(each -> keys.add(Json.bytes(each)));
    return keys;
  }

  /** The bytes behind several storage keys at a block, by key as {@code 0x} and digits. */
  public Map<String, byte[]> storage(List<byte[]> keys, Hash block) {
    Set<String> wanted = new LinkedHashSet<>();
    keys.forEach(key -> wanted.add(hex(key)));
    JsonNode answer = rpc.call("state_queryStorageAt", List.copyOf(wanted), block.toString());
    Map<String, byte[]> values = new LinkedHashMap<>();
    for (JsonNode set : Json.array(answer)) {
      for (JsonNode change : Json.array(set.path("changes"))) {
        String key = hex(Json.bytes(change.path(0)));
        if (!wanted.contains(key)) {
          throw Json.unusable(change, "a key that was asked for");
        }
        bytesOrNothing(change.path(1)).ifPresent(value -> values.put(key, value));
      }
    }
    return values;
  }

  /** The result of a runtime API's method at a block. */
  public byte[] runtimeCall(String method, byte[] arguments, Hash block) {
    return Json.bytes(rpc.call("state_call", method, hex(arguments), block.toString()));
  }

  /** The nonce of an account's next extrinsic, with those waiting in the node's pool counted. */
  public long nextIndex(AccountId account) {
    return Json.number(rpc.call("system_accountNextIndex", account.ss58()));
  }

  /** Sends an extrinsic and answers with its hash. */
  public Hash submit(byte[] extrinsic) {
    return Json.hash(rpc.call("author_submitExtrinsic", hex(extrinsic)));
  }

  /** {@code 0x} and the bytes' digits. */
  public static String hex(byte[] bytes) {
    return "0x" + HEX.formatHex(bytes);
  }

  private static Header header(JsonNode answer, Hash block) {
    if (!answer.isObject()) {
      throw new UnknownBlockException("the node does not know the block " + block);
    }
    return Json.header(answer);
  }

  private static Optional<byte[]> bytesOrNothing(JsonNode answer) {
    return answer.isNull() || answer.isMissingNode()
        ? Optional.empty()
        : Optional.of(Json.bytes(answer));
  }
}
