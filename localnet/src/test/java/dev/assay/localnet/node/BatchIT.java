package dev.assay.localnet.node;

import static dev.assay.localnet.node.TestChain.NETUID;
import static dev.assay.localnet.node.TestChain.key;
import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.chain.extrinsic.Call;
import dev.assay.chain.extrinsic.Outcome;
import dev.assay.chain.keys.Keypair;
import dev.assay.chain.metadata.Value;
import dev.assay.chain.subtensor.Subtensor;
import dev.assay.localnet.chain.genesis.SubnetGenesis;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Calls inside of calls. */
class BatchIT {
  private static final Keypair ALICE = key("//Alice");
  private static final Keypair BOB = key("//Bob");

  /** Paid for. */
  private static final Value REMARK =
      Value.variant("System", Value.variant("remark", Value.of(new byte[1])));

  /** Free. */
  private static final Value SUDO = Value.variant("Sudo", Value.variant("sudo", REMARK));

  private TestChain chain;
  private Subtensor client;

  @BeforeEach
  void start() throws Exception {
    chain = TestChain.start(Sealing.INSTANT, SubnetGenesis.of(NETUID));
    client = chain.client();
  }

  @AfterEach
  void stop() {
    client.close();
    chain.close();
  }

  @Test
  void aBatchOfAllInsideOfAnotherIsFilteredOutHoweverDeep() {
    Value inner = nested("batch_all", REMARK);

    assertThat(client.submit(call("batch_all", inner), BOB))
        .isInstanceOfSatisfying(
            Outcome.Failed.class,
            failed -> assertThat(failed.error()).isEqualTo("System.CallFiltered"));
    client.submit(call("batch_all", nested("batch", inner)), BOB);
    assertThat(names()).contains("BatchInterrupted");
  }

  @Test
  void everyOtherNestingPasses() {
    for (Call call :
        List.of(
            call("batch", nested("batch_all", REMARK)),
            call("batch_all", nested("batch", REMARK)),
            call("batch_all", nested("force_batch", REMARK)))) {
      assertThat(client.submit(call, BOB).succeeded()).isTrue();
      assertThat(names()).doesNotContain("BatchInterrupted", "ItemFailed");
    }
  }

  @Test
  void theRootPassesTheFilter() {
    Value inner = nested("batch_all", nested("batch_all", REMARK));

    client.submit(Call.of("Sudo", "sudo").with("call", inner), ALICE);

    assertThat(names()).contains("Sudid").doesNotContain("ItemFailed");
    assertThat(names().stream().filter("BatchCompleted"::equals)).hasSize(2);
  }

  @Test
  void aBatchIsFreeOnceACallInItIs() {
    assertThat(fee(call("batch", REMARK, REMARK))).isPositive();
    assertThat(fee(call("batch", REMARK, SUDO))).isZero();
    assertThat(fee(call("force_batch", REMARK, nested("batch", SUDO)))).isZero();
  }

  /** What the account has less afterwards. */
  private long fee(Call call) {
    long before = free();
    assertThat(client.submit(call, ALICE).succeeded()).isTrue();
    return before - free();
  }

  private long free() {
    return client
        .at(client.bestHead())
        .storage("System", "Account", Value.of(ALICE.account().bytes()))
        .orElseThrow()
        .field("data")
        .field("free")
        .asLong();
  }

  private List<String> names() {
    return client.at(client.bestHead()).events().stream().map(event -> event.name()).toList();
  }

  private static Call call(String name, Value... calls) {
    return Call.of("Utility", name).with("calls", Value.of(List.of(calls)));
  }

  private static Value nested(String name, Value... calls) {
    return Value.variant("Utility", Value.variant(name, Value.of(List.of(calls))));
  }
}
