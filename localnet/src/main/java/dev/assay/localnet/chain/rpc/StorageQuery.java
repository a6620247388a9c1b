package dev.assay.localnet.chain.rpc;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.assay.chain.hash.Blake2;
import dev.assay.chain.scale.Bytes;
import dev.assay.localnet.chain.state.Snapshot;
import dev.assay.localnet.rpc.Params;
import dev.assay.localnet.rpc.RpcException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/**
 * One item that {@code chainHead_v1_storage} or {@code archive_v1_storage} is asked for.
 *
 * @param hashed whether the values' Blake2b-256 is wanted instead of them
 * @param descendants whether every key that begins with this one is meant
 * @param after only keys behind this one are
 */
record StorageQuery(Bytes key, boolean hashed, boolean descendants, Bytes after) {
  private static final int MAX_QUERIES = 1024;
  private static final Bytes BEFORE_ALL = new Bytes(new byte[0]);

  /**
   * Reads the list of items.
   *
   * @throws RpcException for a kind that the specification lacks, and for Merkle values: this
   *     chain's state has no trie
   */
  static List<StorageQuery> read(JsonNode items) throws RpcException {
    if (items.size() > MAX_QUERIES) {
      throw RpcException.invalidParams("at most " + MAX_QUERIES + " items, not " + items.size());
    }
    List<StorageQuery> queries = new ArrayList<>();
    for (JsonNode item : items) {
      queries.add(query(item));
    }
    return queries;
  }

  private static StorageQuery query(JsonNode item) throws RpcException {
    Bytes key = new Bytes(Params.hex(item.path("key").asText()));
    JsonNode from = item.path("paginationStartKey");
    Bytes after = from.isTextual() ? new Bytes(Params.hex(from.textValue())) : BEFORE_ALL;
    String type = item.path("type").asText();
    return switch (type) {
      case "value" -> new StorageQuery(key, false, false, BEFORE_ALL);
      case "hash" -> new StorageQuery(key, true, false, BEFORE_ALL);
      case "descendantsValues" -> new StorageQuery(key, false, true, after);
      case "descendantsHashes" -> new StorageQuery(key, true, true, after);
      case "closestDescendantMerkleValue" ->
          throw RpcException.invalidParams(type + ": the localnet's state is not a Merkle trie");
      default -> throw RpcException.invalidParams("an item's type is unknown");
    };
  }

  /** What the state holds, an object each: its key, and its value or the hash of it. */
  List<ObjectNode> answer(Snapshot state) {
    List<ObjectNode> found = new ArrayList<>();
    List<Bytes> keys = descendants ? state.keys(key, after, Integer.MAX_VALUE) : List.of(key);
    for (Bytes each : keys) {
      state.get(each).ifPresent(value -> found.add(item(each, value)));
    }
    return found;
  }

  private ObjectNode item(Bytes found, byte[] value) {
    ObjectNode json = Json.object().put("key", "0x" + HexFormat.of().formatHex(found.raw()));
    json.set(hashed ? "hash" : "value", Json.hex(hashed ? Blake2.blake2b256(value) : value));
    return json;
  }
}
