package dev.assay.localnet.chain.rpc;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.assay.localnet.bytes.Bytes32;
import dev.assay.localnet.chain.Chain;
import dev.assay.localnet.chain.block.Block;
import dev.assay.localnet.chain.runtime.NodeRuntime;
import dev.assay.localnet.chain.substrate.RuntimeVersion;
import dev.assay.localnet.rpc.Subscription;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * A client that follows the chain's head: what it has been told, and the blocks that it has not let
 * go of yet. Guarded by its own lock.
 */
final class Follow {
  /** How many blocks a client may keep; one that keeps more is told to begin again. */
  static final int MAX_PINNED = 512;

  private static final int FIRST_BLOCKS = 16;

  private final Chain chain;
  private final Subscription subscription;
  private final boolean withRuntime;
  private final Set<Bytes32> pinned = new HashSet<>();
  private long last;
  private NodeRuntime runtime;

  Follow(Chain chain, Subscription subscription, boolean withRuntime) {
    this.chain = chain;
    this.subscription = subscription;
    this.withRuntime = withRuntime;
  }

  Subscription subscription() {
    return subscription;
  }

  boolean withRuntime() {
    return withRuntime;
  }

  /** Tells of the blocks that are there. */
  synchronized void begin() {
    Block best = chain.blocks().best();
    last = best.number();
    runtime = chain.runtimes().of(best.state());
    ObjectNode event = event("initialized");
    ArrayNode hashes = event.putArray("finalizedBlockHashes");
    for (Block block : newest(best)) {
      pinned.add(block.hash());
      hashes.add(block.hash().toString());
    }
    if (withRuntime) {
      event.set("finalizedBlockRuntime", told(runtime));
    }
    subscription.send(event);
    subscription.send(event("bestBlockChanged").put("bestBlockHash", best.hash().toString()));
  }

  /**
   * Tells of a new block, which is final at once.
   *
   * @return false when the client keeps too many: nothing more is told
   */
  synchronized boolean sealed(Block block) {
    if (block.number() <= last) {
      return true;
    }
    if (pinned.size() >= MAX_PINNED) {
      subscription.send(event("stop"));
      return false;
    }
    last = block.number();
    pinned.add(block.hash());
    String hash = block.hash().toString();
    ObjectNode fresh = event("newBlock").put("blockHash", hash);
    fresh.put("parentBlockHash", block.header().parent().toString());
    if (withRuntime) {
      NodeRuntime now = chain.runtimes().of(block.state());
      fresh.set("newRuntime", now == runtime ? Json.none() : told(now));
      runtime = now;
    }
    subscription.send(fresh);
    subscription.send(event("bestBlockChanged").put("bestBlockHash", hash));
    ObjectNode settled = event("finalized");
    settled.putArray("finalizedBlockHashes").add(hash);
    settled.putArray("prunedBlockHashes");
    subscription.send(settled);
    return true;
  }

  synchronized boolean keeps(Bytes32 hash) {
    return pinned.contains(hash);
  }

  /** Lets go of all of them, or of none where one is not kept. */
  synchronized boolean letGo(Set<Bytes32> hashes) {
    return pinned.containsAll(hashes) && pinned.removeAll(hashes);
  }

  static ObjectNode event(String name) {
    return Json.object().put("event", name);
  }

  /** The newest blocks, oldest first. */
  private List<Block> newest(Block best) {
    Deque<Block> blocks = new ArrayDeque<>(List.of(best));
    while (blocks.size() < FIRST_BLOCKS && blocks.getFirst().number() > 0) {
      blocks.addFirst(chain.blocks().find(blocks.getFirst().header().parent()).orElseThrow());
    }
    return List.copyOf(blocks);
  }

  private static JsonNode told(NodeRuntime runtime) {
    RuntimeVersion version = runtime.version();
    ObjectNode json = Json.object().put("type", "valid");
    ObjectNode spec = json.putObject("spec");
    spec.put("specName", version.specName()).put("implName", version.implName());
    spec.put("specVersion", version.specVersion()).put("implVersion", version.implVersion());
    spec.put("transactionVersion", version.transactionVersion());
    ObjectNode apis = spec.putObject("apis");
    version
        .apis()
        .forEach(api -> apis.set(Json.hex(api.first()).textValue(), Json.number(api.second())));
    return json;
  }
}
