package dev.assay.localnet.chain.rpc;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.assay.localnet.bytes.Bytes32;
import java.util.List;
import java.util.Optional;

/** How a watcher of an extrinsic is told its status. */
enum WatchWords {
  /** As {@code author_submitAndWatchExtrinsic} does. */
  AUTHOR {
    @Override
    Optional<JsonNode> ready() {
      return Optional.of(TextNode.valueOf("ready"));
    }

    @Override
    Optional<JsonNode> future() {
      return Optional.of(TextNode.valueOf("future"));
    }

    @Override
    JsonNode invalid(String why) {
      return TextNode.valueOf("invalid");
    }

    @Override
    List<JsonNode> included(Bytes32 block, int index) {
      return List.of(
          Json.object().put("inBlock", block.toString()),
          Json.object().put("finalized", block.toString()));
    }
  },

  /** As {@code transactionWatch_v1_submitAndWatch} does. */
  TRANSACTION_WATCH {
    @Override
    Optional<JsonNode> ready() {
      return Optional.of(Follow.event("validated"));
    }

    @Override
    Optional<JsonNode> future() {
      return Optional.empty();
    }

    @Override
    JsonNode invalid(String why) {
      return Follow.event("invalid").put("error", why);
    }

    @Override
    List<JsonNode> included(Bytes32 block, int index) {
      return List.of(at("bestChainBlockIncluded", block, index), at("finalized", block, index));
    }

    private ObjectNode at(String event, Bytes32 block, int index) {
      ObjectNode json = Follow.event(event);
      json.putObject("block").put("hash", block.toString()).put("index", index);
      return json;
    }
  };

  abstract Optional<JsonNode> ready();

  abstract Optional<JsonNode> future();

  abstract JsonNode invalid(String why);

  /** A block that includes it is final at once. */
  abstract List<JsonNode> included(Bytes32 block, int index);
}
