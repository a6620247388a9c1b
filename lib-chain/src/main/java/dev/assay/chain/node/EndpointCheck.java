package dev.assay.chain.node;

import dev.assay.chain.hash.Hash;
import dev.assay.chain.rpc.RpcClient;
import dev.assay.chain.rpc.RpcErrorException;
import dev.assay.chain.rpc.RpcUnreachableException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Compares endpoints: their first block, their last, and one that is final for all. Where they
 * disagree the most common answer stands, and among equally common ones the first endpoint's.
 */
public final class EndpointCheck {
  private final Map<RpcClient, EndpointState> states = new LinkedHashMap<>();
  private final Map<RpcClient, Long> best = new LinkedHashMap<>();
  private final Map<RpcClient, Long> finalized = new HashMap<>();
  private final Map<RpcClient, Hash> genesis = new HashMap<>();

  private EndpointCheck() {}

  /**
   * The state of each endpoint, in their order.
   *
   * @param tolerance how many blocks an endpoint may be behind the foremost
   */
  public static List<EndpointState> of(List<RpcClient> endpoints, long tolerance) {
    EndpointCheck check = new EndpointCheck();
    endpoints.forEach(check::ask);
    check.compareGenesis();
    check.compareFinalized();
    check.compareHeight(tolerance);
    return endpoints.stream().map(check.states::get).toList();
  }

  private void ask(RpcClient endpoint) {
    Node node = new Node(endpoint);
    try {
      genesis.put(endpoint, hashAt(node, 0));
      finalized.put(endpoint, node.header(node.finalizedHead()).number());
      best.put(endpoint, node.header(node.bestHead()).number());
      judge(endpoint, EndpointState.Standing.IN_STEP, "in step");
    } catch (RpcUnreachableException | RpcErrorException | UnknownBlockException unusable) {
      drop(endpoint, EndpointState.Standing.UNREACHABLE, unusable.getMessage());
    }
  }

  private void compareGenesis() {
    Optional<Hash> common = mostCommon(best.keySet().stream().map(genesis::get).toList());
    for (RpcClient endpoint : List.copyOf(best.keySet())) {
      if (!genesis.get(endpoint).equals(common.orElseThrow())) {
        drop(
            endpoint,
            EndpointState.Standing.OTHER_CHAIN,
            "serves the chain with genesis " + genesis.get(endpoint));
      }
    }
  }

  private void compareFinalized() {
    if (best.isEmpty()) {
      return;
    }
    long height = best.keySet().stream().mapToLong(finalized::get).min().orElseThrow();
    Map<RpcClient, Hash> hashes = new LinkedHashMap<>();
    for (RpcClient endpoint : List.copyOf(best.keySet())) {
      try {
        hashes.put(endpoint, hashAt(new Node(endpoint), height));
      } catch (RpcUnreachableException | RpcErrorException | UnknownBlockException unusable) {
        drop(endpoint, EndpointState.Standing.UNREACHABLE, unusable.getMessage());
      }
    }
    Optional<Hash> common = mostCommon(List.copyOf(hashes.values()));
    hashes.forEach(
        (endpoint, hash) -> {
          if (!hash.equals(common.orElseThrow())) {
            drop(
                endpoint,
                EndpointState.Standing.FORKED,
                "has another final block at height " + height + ": " + hash);
          }
        });
  }

  private void compareHeight(long tolerance) {
    long foremost = best.values().stream().mapToLong(Long::longValue).max().orElse(0);
    best.forEach(
        (endpoint, height) -> {
          if (foremost - height > tolerance) {
            judge(
                endpoint,
                EndpointState.Standing.LAGGING,
                "is %d blocks behind block %d".formatted(foremost - height, foremost));
          }
        });
  }

  private void drop(RpcClient endpoint, EndpointState.Standing standing, String words) {
    judge(endpoint, standing, words);
    best.remove(endpoint);
  }

  private void judge(RpcClient endpoint, EndpointState.Standing standing, String words) {
    states.put(
        endpoint,
        new EndpointState(endpoint.endpoint(), standing, best.getOrDefault(endpoint, 0L), words));
  }

  private static Hash hashAt(Node node, long number) {
    return node.blockHash(number)
        .orElseThrow(() -> new UnknownBlockException("it has no block " + number));
  }

  private static Optional<Hash> mostCommon(List<Hash> hashes) {
    Map<Hash, Integer> votes = new LinkedHashMap<>();
    hashes.forEach(hash -> votes.merge(hash, 1, Integer::sum));
    List<Map.Entry<Hash, Integer>> counted = new ArrayList<>(votes.entrySet());
    // A stable sort keeps the first endpoint's answer before an equally common one.
    counted.sort(Map.Entry.<Hash, Integer>comparingByValue().reversed());
    return counted.stream().map(Map.Entry::getKey).findFirst();
  }
}
