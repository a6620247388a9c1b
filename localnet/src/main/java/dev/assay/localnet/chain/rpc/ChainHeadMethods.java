package dev.assay.localnet.chain.rpc;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.assay.localnet.bytes.Bytes32;
import dev.assay.localnet.chain.Chain;
import dev.assay.localnet.chain.block.Block;
import dev.assay.localnet.chain.state.Snapshot;
import dev.assay.localnet.rpc.Exchange;
import dev.assay.localnet.rpc.Params;
import dev.assay.localnet.rpc.RpcException;
import dev.assay.localnet.rpc.RpcMethod;
import dev.assay.localnet.rpc.Subscription;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * {@code chainHead_v1_*} of the new JSON-RPC specification: a client follows the head and asks
 * about blocks that it has been told of and keeps. Whatever it asks is done before the next
 * message, so that no operation is ever stopped or continued.
 */
final class ChainHeadMethods implements Chain.Listener {
  private static final int MAX_FOLLOWS = 4;
  private static final int ITEMS_AT_ONCE = 1000;

  private final StateMethods states;
  private final Chain chain;
  private final BlockLookup lookup;
  private final Subscriptions subscriptions;
  private final Map<String, Follow> follows = new ConcurrentHashMap<>();
  private final AtomicLong operations = new AtomicLong();

  ChainHeadMethods(
      Chain chain, BlockLookup lookup, StateMethods states, Subscriptions subscriptions) {
    this.chain = chain;
    this.lookup = lookup;
    this.states = states;
    this.subscriptions = subscriptions;
    chain.listen(this);
  }

  Map<String, RpcMethod> all() {
    Map<String, RpcMethod> methods = new HashMap<>();
    methods.put("chainHead_v1_follow", this::follow);
    methods.put("chainHead_v1_unfollow", subscriptions::unsubscribe);
    methods.put("chainHead_v1_unpin", this::unpin);
    methods.put("chainHead_v1_header", this::header);
    methods.put("chainHead_v1_body", this::body);
    methods.put("chainHead_v1_call", this::call);
    methods.put("chainHead_v1_storage", this::storage);
    methods.put("chainHead_v1_continue", this::proceed);
    methods.put("chainHead_v1_stopOperation", (params, exchange) -> Json.none());
    return methods;
  }

  @Override
  public void sealed(Block block) {
    for (Follow follow : follows.values()) {
      if (!follow.sealed(block)) {
        subscriptions.discard(follow.subscription());
      }
    }
  }

  private JsonNode follow(Params params, Exchange exchange) throws RpcException {
    boolean withRuntime = params.flag(0);
    long own =
        follows.values().stream()
            .filter(each -> each.subscription().session() == exchange.session())
            .count();
    if (own >= MAX_FOLLOWS) {
      throw new RpcException(
          -32800, "Too many follows on the connection: the limit is " + MAX_FOLLOWS);
    }
    Subscription subscription = subscriptions.create("chainHead_v1_followEvent", exchange);
    Follow follow = new Follow(chain, subscription, withRuntime);
    // A block that is sealed meanwhile waits for the lock, and is told if it is not among the
    // first.
    synchronized (follow) {
      follows.put(subscription.id(), follow);
      follow.begin();
    }
    subscription.whenDropped(() -> follows.remove(subscription.id()));
    return Json.text(subscription.id());
  }

  private JsonNode unpin(Params params, Exchange exchange) throws RpcException {
    Optional<Follow> follow = find(params, exchange);
    List<Bytes32> hashes = params.hashes(1);
    Set<Bytes32> distinct = new HashSet<>(hashes);
    if (distinct.size() < hashes.size()) {
      throw new RpcException(-32804, "A block is named twice");
    }
    if (follow.isPresent() && !follow.get().letGo(distinct)) {
      throw notKept();
    }
    return Json.none();
  }

  private JsonNode header(Params params, Exchange exchange) throws RpcException {
    Optional<Follow> follow = find(params, exchange);
    return follow.isPresent()
        ? Json.hex(kept(follow.get(), params).header().encode())
        : Json.none();
  }

  private JsonNode body(Params params, Exchange exchange) throws RpcException {
    Optional<Follow> follow = find(params, exchange);
    if (follow.isEmpty()) {
      return limitReached();
    }
    Block block = kept(follow.get(), params);
    ObjectNode done = Follow.event("operationBodyDone");
    done.set("value", Json.hexes(block.extrinsics()));
    return started(follow.get(), exchange, List.of(done));
  }

  private JsonNode call(Params params, Exchange exchange) throws RpcException {
    Optional<Follow> follow = find(params, exchange);
    if (follow.isEmpty()) {
      return limitReached();
    }
    if (!follow.get().withRuntime()) {
      throw new RpcException(-32802, "Runtime calls need a follow with its runtime");
    }
    Block block = kept(follow.get(), params);
    byte[] input = params.hex(3);
    ObjectNode done;
    try {
      done = Follow.event("operationCallDone");
      done.set("output", Json.hex(states.call(params.text(2), input, block)));
    } catch (RpcException e) {
      done = Follow.event("operationError").put("error", e.getMessage());
    }
    return started(follow.get(), exchange, List.of(done));
  }

  private JsonNode storage(Params params, Exchange exchange) throws RpcException {
    Optional<Follow> follow = find(params, exchange);
    if (follow.isEmpty()) {
      return limitReached();
    }
    Snapshot state = lookup.state(kept(follow.get(), params));
    List<StorageQuery> queries = StorageQuery.read(params.list(2));
    List<ObjectNode> events = new ArrayList<>();
    // The runtime has no child tries, and one that isn't there is empty.
    if (!params.has(3)) {
      for (StorageQuery query : queries) {
        addItems(events, query.answer(state));
      }
    }
    events.add(Follow.event("operationStorageDone"));
    return ((ObjectNode) started(follow.get(), exchange, events)).put("discardedItems", 0);
  }

  private static void addItems(List<ObjectNode> events, List<ObjectNode> items) {
    for (int from = 0; from < items.size(); from += ITEMS_AT_ONCE) {
      ObjectNode event = Follow.event("operationStorageItems");
      ArrayNode some = event.putArray("items");
      items.subList(from, Math.min(items.size(), from + ITEMS_AT_ONCE)).forEach(some::add);
      events.add(event);
    }
  }

  private JsonNode proceed(Params params, Exchange exchange) throws RpcException {
    if (find(params, exchange).isPresent()) {
      throw new RpcException(-32803, "The operation does not wait for anything");
    }
    return Json.none();
  }

  private Optional<Follow> find(Params params, Exchange exchange) throws RpcException {
    return Optional.ofNullable(follows.get(params.text(0)))
        .filter(follow -> follow.subscription().session() == exchange.session());
  }

  private Block kept(Follow follow, Params params) throws RpcException {
    Bytes32 hash = params.requiredHash(1);
    if (!follow.keeps(hash)) {
      throw notKept();
    }
    return chain.blocks().find(hash).orElseThrow();
  }

  private static RpcException notKept() {
    return new RpcException(-32801, "The block is not pinned: it was never told of, or let go");
  }

  private static JsonNode limitReached() {
    return Json.object().put("result", "limitReached");
  }

  /** The operation's name; its result is sent after it. */
  private JsonNode started(Follow follow, Exchange exchange, List<ObjectNode> events) {
    String operation = Long.toString(operations.incrementAndGet());
    events.forEach(event -> event.put("operationId", operation));
    exchange.afterAnswer(() -> events.forEach(follow.subscription()::send));
    return Json.object().put("result", "started").put("operationId", operation);
  }
}
