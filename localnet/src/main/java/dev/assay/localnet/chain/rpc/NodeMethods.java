package dev.assay.localnet.chain.rpc;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import dev.assay.localnet.chain.Chain;
import dev.assay.localnet.rpc.RpcMethod;
import dev.assay.localnet.rpc.Session;
import java.util.Map;
import java.util.TreeMap;

/** All that the node answers, by name. */
public final class NodeMethods {
  private final Map<String, RpcMethod> methods = new TreeMap<>();
  private final Subscriptions subscriptions;

  /** The methods of a chain. */
  public NodeMethods(Chain chain) {
    this.subscriptions = new Subscriptions(chain);
    BlockLookup lookup = new BlockLookup(chain);
    methods.putAll(new ChainMethods(chain, lookup).all());
    StateMethods state = new StateMethods(chain, lookup);
    methods.putAll(state.all());
    methods.putAll(new RuntimeApiMethods(state).all());
    methods.putAll(new ChainSpecMethods(chain).all());
    methods.putAll(new AuthorMethods(chain, lookup, subscriptions).all());
    methods.putAll(new SystemMethods(chain).all());
    methods.putAll(new SubscriptionMethods(chain, lookup, subscriptions).all());
    methods.putAll(new ChildStateMethods(lookup).all());
    methods.putAll(new GrandpaMethods(subscriptions).all());
    methods.putAll(new TransactionMethods(chain, subscriptions).all());
    methods.putAll(new ArchiveMethods(chain, lookup, state, subscriptions).all());
    methods.putAll(new ChainHeadMethods(chain, lookup, state, subscriptions).all());
    methods.put("rpc_methods", (params, exchange) -> names());
  }

  /** The methods. */
  public Map<String, RpcMethod> all() {
    return methods;
  }

  /** Drops the subscriptions of a session that has ended. */
  public void forget(Session session) {
    subscriptions.forget(session);
  }

  private JsonNode names() {
    ArrayNode names = Json.array();
    methods.keySet().forEach(names::add);
    return Json.object().set("methods", names);
  }
}
