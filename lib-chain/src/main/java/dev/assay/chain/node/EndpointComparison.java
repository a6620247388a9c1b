package dev.assay.chain.node;

import dev.assay.chain.hash.Hash;
import dev.assay.chain.node.EndpointState.Standing;
import dev.assay.chain.rpc.RpcClient;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.ToLongFunction;
import java.util.stream.Collectors;

/** One comparison of endpoints; each step drops those that it finds out of step. */
final class EndpointComparison {
  private final List<RpcClient> endpoints;
  private final long tolerance;
  private final Map<RpcClient, Answer> answers = new LinkedHashMap<>();
  private final Map<RpcClient, EndpointState> dropped = new LinkedHashMap<>();
  private Optional<FinalBlock> agreed;

  /** What an endpoint says of its chain; its block at the height that was agreed on, if any. */
  private record Answer(Hash genesis, FinalBlock last, long best, Optional<Hash> asBefore) {}

  /**
   * @param before a final block on which the endpoints agreed
   */
  EndpointComparison(List<RpcClient> endpoints, long tolerance, Optional<FinalBlock> before) {
    this.endpoints = endpoints;
    this.tolerance = tolerance;
    this.agreed = before;
  }

  void run() {
    answers.putAll(ask(inStep(), this::answer));
    dropAllBut(
        mostCommon(said(Answer::genesis)),
        said(Answer::genesis),
        Standing.OTHER_CHAIN,
        "serves the chain with genesis %s"::formatted);
    compareWithBefore();
    compareHeights(Answer::best, "is %d blocks behind block %d");
    compareHeights(answer -> answer.last().height(), "is %d blocks behind the final block %d");
    List<RpcClient> behind = standing(Standing.LAGGING);
    compareFinalBlocks();
    behind.forEach(this::compareOneBehind);
  }

  /** A final block on which those in step agree. */
  Optional<FinalBlock> agreed() {
    return agreed;
  }

  List<EndpointState> states() {
    return endpoints.stream().map(this::state).toList();
  }

  private Answer answer(Node node) {
    Hash genesis = hashAt(node, 0);
    Hash last = node.finalizedHead();
    FinalBlock lastFinal = new FinalBlock(node.header(last).number(), last);
    long best = node.header(node.bestHead()).number();
    return new Answer(
        genesis, lastFinal, best, agreed.flatMap(block -> node.blockHash(block.height())));
  }

  /** Of two endpoints only what both said before tells which has left the chain. */
  private void compareWithBefore() {
    Map<RpcClient, Hash> now = new LinkedHashMap<>();
    inStep().forEach(each -> answers.get(each).asBefore().ifPresent(hash -> now.put(each, hash)));
    if (agreed.isEmpty() || now.isEmpty()) {
      return;
    }
    if (!now.containsValue(agreed.get().hash())) {
      // The chain itself was replaced.
      agreed = Optional.empty();
      return;
    }
    dropAllBut(
        agreed.map(FinalBlock::hash),
        now,
        Standing.FORKED,
        ("has another block at height " + agreed.get().height() + ", final before, now %s")
            ::formatted);
  }

  /** A node on a fork of few goes on adding blocks while its last final one stands still. */
  private void compareHeights(ToLongFunction<Answer> height, String words) {
    long foremost = inStep().stream().map(answers::get).mapToLong(height).max().orElse(0);
    for (RpcClient endpoint : inStep()) {
      long behind = foremost - height.applyAsLong(answers.get(endpoint));
      if (behind > tolerance) {
        drop(endpoint, Standing.LAGGING, words.formatted(behind, foremost));
      }
    }
  }

  private void compareFinalBlocks() {
    Optional<Long> height =
        inStep().stream()
            .map(each -> answers.get(each).last().height())
            .min(Comparator.naturalOrder());
    if (height.isEmpty()) {
      return;
    }
    Map<RpcClient, Hash> hashes = ask(inStep(), node -> hashAt(node, height.get()));
    Optional<Hash> common = mostCommon(hashes);
    dropAllBut(
        common,
        hashes,
        Standing.FORKED,
        ("has another final block at height " + height.get() + ": %s")::formatted);
    // An endpoint that restarts in between must not make the others forget what was agreed.
    if (agreed.isEmpty() || agreed.get().height() < height.get()) {
      common.ifPresent(hash -> agreed = Optional.of(new FinalBlock(height.get(), hash)));
    }
  }

  /**
   * What is behind is asked in need, but not if its last final block is another than the others'.
   */
  private void compareOneBehind(RpcClient endpoint) {
    FinalBlock last = answers.get(endpoint).last();
    ask(inStep().stream().limit(1).toList(), node -> hashAt(node, last.height()))
        .forEach(
            (sound, hash) ->
                dropAllBut(
                    Optional.of(hash),
                    Map.of(endpoint, last.hash()),
                    Standing.FORKED,
                    ("has another final block at height " + last.height() + ": %s")::formatted));
  }

  private <T> Map<RpcClient, T> ask(List<RpcClient> asked, Function<Node, T> question) {
    return SideBySide.ask(
        asked, question, (endpoint, why) -> drop(endpoint, Standing.UNREACHABLE, why));
  }

  private Map<RpcClient, Hash> said(Function<Answer, Hash> what) {
    return inStep().stream()
        .collect(
            Collectors.toMap(
                each -> each,
                each -> what.apply(answers.get(each)),
                (a, b) -> a,
                LinkedHashMap::new));
  }

  private void dropAllBut(
      Optional<Hash> expected,
      Map<RpcClient, Hash> said,
      Standing standing,
      Function<Hash, String> words) {
    said.forEach(
        (endpoint, hash) -> {
          if (!hash.equals(expected.orElseThrow())) {
            drop(endpoint, standing, words.apply(hash));
          }
        });
  }

  private void drop(RpcClient endpoint, Standing standing, String words) {
    long best = answers.containsKey(endpoint) ? answers.get(endpoint).best() : 0;
    dropped.put(endpoint, new EndpointState(endpoint.endpoint(), standing, best, words));
  }

  private List<RpcClient> inStep() {
    return endpoints.stream().filter(each -> !dropped.containsKey(each)).toList();
  }

  private List<RpcClient> standing(Standing standing) {
    return endpoints.stream().filter(each -> state(each).standing() == standing).toList();
  }

  private EndpointState state(RpcClient endpoint) {
    if (dropped.containsKey(endpoint)) {
      return dropped.get(endpoint);
    }
    return new EndpointState(
        endpoint.endpoint(), Standing.IN_STEP, answers.get(endpoint).best(), "is in step");
  }

  private static Hash hashAt(Node node, long number) {
    return node.blockHash(number)
        .orElseThrow(() -> new UnknownBlockException("has no block " + number));
  }

  private static Optional<Hash> mostCommon(Map<RpcClient, Hash> said) {
    Map<Hash, Integer> votes = new LinkedHashMap<>();
    said.values().forEach(hash -> votes.merge(hash, 1, Integer::sum));
    List<Map.Entry<Hash, Integer>> counted = new ArrayList<>(votes.entrySet());
    // A stable sort keeps the first endpoint's answer before an equally common one.
    counted.sort(Map.Entry.<Hash, Integer>comparingByValue().reversed());
    return counted.stream().map(Map.Entry::getKey).findFirst();
  }
}
