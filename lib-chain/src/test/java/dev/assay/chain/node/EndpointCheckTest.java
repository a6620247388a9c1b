package dev.assay.chain.node;

import static dev.assay.chain.node.EndpointState.Standing.FORKED;
import static dev.assay.chain.node.EndpointState.Standing.IN_STEP;
import static dev.assay.chain.node.EndpointState.Standing.LAGGING;
import static dev.assay.chain.node.EndpointState.Standing.OTHER_CHAIN;
import static dev.assay.chain.node.EndpointState.Standing.UNREACHABLE;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.assay.chain.rpc.RpcClient;
import dev.assay.chain.rpc.RpcRequest;
import dev.assay.chain.rpc.RpcUnreachableException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class EndpointCheckTest {
  private final Endpoint a = new Endpoint();
  private final Endpoint b = new Endpoint();
  private final Endpoint c = new Endpoint();
  private final EndpointCheck check = new EndpointCheck(5);

  @Test
  void thoseWithinTheToleranceAreInStep() {
    b.grow(5);

    assertThat(standings()).containsExactly(IN_STEP, IN_STEP, IN_STEP);
  }

  @Test
  void oneBehindLags() {
    b.grow(6);
    c.grow(6);

    assertThat(standings()).containsExactly(LAGGING, IN_STEP, IN_STEP);
    assertThat(check.states(List.of(a, b)).get(0).words())
        .isEqualTo("is 6 blocks behind block 106");
  }

  /** So does a node on a fork of few: it adds blocks, but they do not become final. */
  @Test
  void oneWhoseFinalBlocksStandStillLags() {
    a.best += 6;
    b.grow(6);
    c.grow(6);

    assertThat(standings()).containsExactly(LAGGING, IN_STEP, IN_STEP);
  }

  @Test
  void theFewerAreOnAFork() {
    a.forkFrom(95);

    assertThat(standings()).containsExactly(FORKED, IN_STEP, IN_STEP);
  }

  @Test
  void oneThatLagsAndHasAnotherFinalBlockIsOnAFork() {
    a.forkFrom(98);
    b.grow(50);
    c.grow(50);

    assertThat(standings()).containsExactly(FORKED, IN_STEP, IN_STEP);
  }

  @Test
  void ofTwoTheOneThatContradictsWhatBothSaidIsOnAFork() {
    assertThat(check.states(List.of(a, b)))
        .extracting(EndpointState::standing)
        .containsOnly(IN_STEP);
    a.forkFrom(90);
    a.grow(1);

    assertThat(check.states(List.of(a, b)))
        .extracting(EndpointState::standing)
        .containsExactly(FORKED, IN_STEP);
  }

  @Test
  void oneThatStartsAnewDoesNotMakeForgotten() {
    assertThat(standings()).containsOnly(IN_STEP);
    a.grow(-3);
    assertThat(standings()).containsOnly(IN_STEP);
    List.of(a, b).forEach(each -> each.forkFrom(90));

    assertThat(standings()).containsExactly(FORKED, FORKED, IN_STEP);
  }

  @Test
  void aChainThatWasReplacedAsAWholeIsFollowed() {
    assertThat(standings()).containsOnly(IN_STEP);
    List.of(a, b, c).forEach(each -> each.forkFrom(90));

    assertThat(standings()).containsOnly(IN_STEP);
  }

  @Test
  void anotherFirstBlockIsAnotherChain() {
    b.forkFrom(0);

    assertThat(standings()).containsExactly(IN_STEP, OTHER_CHAIN, IN_STEP);
  }

  @Test
  void theOthersAreComparedWithoutOneThatGivesNoAnswer() {
    b.reachable = false;
    c.grow(10);

    assertThat(standings()).containsExactly(LAGGING, UNREACHABLE, IN_STEP);
    assertThat(check.states(List.of(b)))
        .extracting(EndpointState::words)
        .containsExactly("it is switched off");
  }

  private List<EndpointState.Standing> standings() {
    return check.states(List.of(a, b, c)).stream().map(EndpointState::standing).toList();
  }

  /** A chain of 100 blocks, the last three of which are not final, whose hashes are made up. */
  private static final class Endpoint implements RpcClient {
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private long best = 100;
    private long last = 97;
    private long fork = Long.MAX_VALUE;
    private boolean reachable = true;

    void grow(int blocks) {
      best += blocks;
      last += blocks;
    }

    /** From this height on its blocks are others, and all of them are final. */
    void forkFrom(long height) {
      fork = height;
      last = best;
    }

    @Override
    public List<JsonNode> batch(List<RpcRequest> requests) {
      if (!reachable) {
        throw new RpcUnreachableException("it is switched off");
      }
      return requests.stream()
          .<JsonNode>map(request -> MAPPER.valueToTree(answer(request)))
          .toList();
    }

    @Override
    public String endpoint() {
      return "an endpoint";
    }

    @Override
    public void close() {}

    private Object answer(RpcRequest request) {
      return switch (request.method()) {
        case "chain_getFinalizedHead" -> hash(last);
        case "chain_getBlockHash" ->
            request.parameters().isEmpty()
                ? hash(best)
                : hash(((Number) request.parameters().get(0)).longValue());
        case "chain_getHeader" ->
            Map.of(
                "number",
                "0x" + ((String) request.parameters().get(0)).substring(50),
                "parentHash",
                hash(0));
        default -> throw new IllegalStateException(request.method());
      };
    }

    private String hash(long height) {
      String chain = height >= fork ? "f" : "0";
      return height > best ? null : "0x%s%063x".formatted(chain, height);
    }
  }
}
