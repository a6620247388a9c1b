package dev.assay.localnet.rpc;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.assay.localnet.chain.Chain;
import dev.assay.localnet.chain.genesis.SubnetGenesis;
import dev.assay.localnet.chain.rpc.NodeMethods;
import dev.assay.localnet.chain.runtime.Runtimes;
import dev.assay.localnet.node.TestChain;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A client that subscribes at the moment at which a block has been sealed and not yet told. */
class HeadSubscriptionTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private final List<String> told = new ArrayList<>();

  @ParameterizedTest
  @ValueSource(
      strings = {
        "chain_subscribeNewHeads",
        "chain_subscribeAllHeads",
        "chain_subscribeFinalizedHeads"
      })
  void everyHeadIsToldOnceAndNoneIsLeftOut(String method) throws Exception {
    List<Long> numbers = new ArrayList<>();
    sealTwiceWhileAsked(method, "[]");
    for (String message : told) {
      numbers.add(Long.decode(JSON.readTree(message).at("/params/result/number").asText()));
    }
    assertThat(numbers).containsExactly(0L, 1L, 2L);
  }

  @Test
  void aStorageItemIsToldAsItWasAndThenAsItBecame() throws Exception {
    // System.Number, which every block changes.
    sealTwiceWhileAsked(
        "state_subscribeStorage",
        "[[\"0x26aa394eea5630e07c48ae0c9558cef702a5c1b19ab7a04f536c519aca4983ac\"]]");
    assertThat(told).hasSize(3).doesNotHaveDuplicates();
  }

  private void sealTwiceWhileAsked(String method, String params) throws Exception {
    String asked =
        "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"%s\",\"params\":%s}".formatted(method, params);
    AtomicReference<RpcDispatcher> node = new AtomicReference<>();
    try (Chain chain =
        Chain.inMemory(new Runtimes(), TestChain.genesis(SubnetGenesis.of(TestChain.NETUID)))) {
      chain.listen(
          block -> {
            if (block.number() == 1) {
              ask(node.get(), asked);
            }
          });
      node.set(new RpcDispatcher(new NodeMethods(chain).all()));
      chain.seal();
      chain.seal();
    }
  }

  private void ask(RpcDispatcher node, String message) {
    Exchange exchange = new Exchange(new Listening());
    assertThat(node.answer(message, exchange)).get().asString().contains("result");
    exchange.answered();
  }

  private final class Listening implements Session {
    @Override
    public boolean lasting() {
      return true;
    }

    @Override
    public void send(String message) {
      told.add(message);
    }
  }
}
