package dev.assay.localnet.chain.rpc;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.assay.chain.hash.Blake2;
import dev.assay.chain.scale.Bytes;
import dev.assay.localnet.bytes.Bytes32;
import dev.assay.localnet.chain.Chain;
import dev.assay.localnet.chain.block.Block;
import dev.assay.localnet.chain.runtime.NodeRuntime;
import dev.assay.localnet.chain.runtime.SignedExtrinsic;
import dev.assay.localnet.chain.state.Snapshot;
import dev.assay.localnet.rpc.Exchange;
import dev.assay.localnet.rpc.Params;
import dev.assay.localnet.rpc.RpcException;
import dev.assay.localnet.rpc.Session;
import dev.assay.localnet.rpc.Subscription;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/** All subscriptions. Passes on what the chain reports. Guarded by its own lock. */
final class Subscriptions implements Chain.Listener {
  static final int MAX_KEYS = 1024;
  private static final int MAX_PER_SESSION = 1024;

  private final Chain chain;
  private final Map<String, Subscription> all = new LinkedHashMap<>();
  private final Map<Session, Integer> perSession = new HashMap<>();
  private final Map<String, Subscription> heads = new LinkedHashMap<>();
  private final Map<String, Subscription> versions = new LinkedHashMap<>();
  private final Map<String, StorageWish> storage = new LinkedHashMap<>();
  private final Map<Bytes32, Map<String, Watch>> watched = new HashMap<>();
  private NodeRuntime runtime;
  // The newest block that subscribers were told of: the chain's own may be one ahead, whose turn to
  // be told comes yet.
  private Block newest;
  private long created;

  private record StorageWish(
      Subscription subscription, List<byte[]> keys, Map<Bytes, Optional<byte[]>> last) {}

  private record Watch(Subscription subscription, WatchWords words) {}

  Subscriptions(Chain chain) {
    this.chain = chain;
    this.runtime = chain.runtime();
    this.newest = chain.blocks().best();
    chain.listen(this);
  }

  /** A subscription that begins to speak after the answer of the exchange. */
  synchronized Subscription create(String notification, Exchange exchange) throws RpcException {
    Session session = exchange.session();
    if (!session.lasting()) {
      throw new RpcException(
          -32601, "Method not found: subscriptions need a WebSocket, not a POST");
    }
    int own = perSession.getOrDefault(session, 0);
    if (own >= MAX_PER_SESSION) {
      throw new RpcException(
          -32006, "Too many subscriptions on the connection: the limit is " + MAX_PER_SESSION);
    }
    perSession.put(session, own + 1);
    String id = "s" + Long.toString(++created, 36);
    Subscription subscription = new Subscription(id, notification, session);
    all.put(id, subscription);
    exchange.openAfterAnswer(subscription);
    return subscription;
  }

  synchronized void heads(Subscription subscription) {
    heads.put(subscription.id(), subscription);
    subscription.send(Json.header(newest.header()));
  }

  synchronized void runtimeVersion(Subscription subscription) {
    versions.put(subscription.id(), subscription);
    subscription.send(Json.version(runtime.version()));
  }

  synchronized void storage(Subscription subscription, List<byte[]> keys) {
    StorageWish wish = new StorageWish(subscription, keys, new HashMap<>());
    for (byte[] key : keys) {
      Bytes wrapped = new Bytes(key);
      wish.last().put(wrapped, newest.state().get(wrapped));
    }
    storage.put(subscription.id(), wish);
    subscription.send(StateMethods.changes(newest, newest.state(), keys));
  }

  synchronized void watch(Subscription subscription, WatchWords words, Bytes32 extrinsic) {
    watched
        .computeIfAbsent(extrinsic, hash -> new LinkedHashMap<>())
        .put(subscription.id(), new Watch(subscription, words));
  }

  BooleanNode unsubscribe(Params params, Exchange exchange) throws RpcException {
    String id = params.text(0);
    synchronized (this) {
      Subscription subscription = all.get(id);
      boolean own = subscription != null && subscription.session() == exchange.session();
      if (own) {
        drop(subscription);
      }
      return BooleanNode.valueOf(own);
    }
  }

  synchronized void discard(Subscription subscription) {
    drop(subscription);
  }

  synchronized void forget(Session session) {
    List<Subscription> own =
        all.values().stream().filter(each -> each.session() == session).toList();
    own.forEach(this::drop);
    perSession.remove(session);
  }

  private void drop(Subscription subscription) {
    String id = subscription.id();
    all.remove(id);
    heads.remove(id);
    versions.remove(id);
    storage.remove(id);
    watched.values().removeIf(watchers -> watchers.remove(id) != null && watchers.isEmpty());
    perSession.computeIfPresent(
        subscription.session(), (session, count) -> count > 1 ? count - 1 : null);
    subscription.dropped();
  }

  @Override
  public synchronized void sealed(Block block) {
    newest = block;
    tellWatchers(block);
    if (!heads.isEmpty()) {
      String header = Json.header(block.header()).toString();
      heads.values().forEach(subscription -> subscription.send(header));
    }
    storage.values().forEach(wish -> tellChanges(wish, block));
    tellUpgrade(chain.runtimes().of(block.state()));
  }

  @Override
  public synchronized void ready(SignedExtrinsic extrinsic) {
    tell(extrinsic.hash(), words -> words.ready().stream());
  }

  @Override
  public synchronized void future(SignedExtrinsic extrinsic) {
    tell(extrinsic.hash(), words -> words.future().stream());
  }

  @Override
  public synchronized void invalid(SignedExtrinsic extrinsic) {
    tell(extrinsic.hash(), words -> Stream.of(words.invalid("it can't be in a block any more")));
    end(extrinsic.hash());
  }

  private void tellUpgrade(NodeRuntime now) {
    if (now != runtime) {
      runtime = now;
      JsonNode version = Json.version(now.version());
      versions.values().forEach(subscription -> subscription.send(version));
    }
  }

  private void tellWatchers(Block block) {
    if (watched.isEmpty()) {
      return;
    }
    for (int i = 0; i < block.extrinsics().size(); i++) {
      Bytes32 hash = new Bytes32(Blake2.blake2b256(block.extrinsics().get(i)));
      int index = i;
      tell(hash, words -> words.included(block.hash(), index).stream());
      end(hash);
    }
  }

  private void tell(Bytes32 extrinsic, Function<WatchWords, Stream<JsonNode>> status) {
    for (Watch watch : watched.getOrDefault(extrinsic, Map.of()).values()) {
      status.apply(watch.words()).forEach(watch.subscription()::send);
    }
  }

  private void end(Bytes32 extrinsic) {
    List.copyOf(watched.getOrDefault(extrinsic, Map.of()).values())
        .forEach(watch -> drop(watch.subscription()));
  }

  private static void tellChanges(StorageWish wish, Block block) {
    Snapshot state = block.state();
    ObjectNode json = Json.object().put("block", block.hash().toString());
    ArrayNode changes = json.putArray("changes");
    for (byte[] key : wish.keys()) {
      Bytes wrapped = new Bytes(key);
      Optional<byte[]> now = state.get(wrapped);
      Optional<byte[]> before = wish.last().put(wrapped, now);
      if (!Arrays.equals(now.orElse(null), before.orElse(null))) {
        changes.addArray().add(Json.hex(key)).add(Json.optionalHex(now));
      }
    }
    if (!changes.isEmpty()) {
      wish.subscription().send(json);
    }
  }
}
