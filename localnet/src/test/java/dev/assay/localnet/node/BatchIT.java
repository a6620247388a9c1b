package dev.assay.localnet.node;

import static dev.assay.localnet.node.TestChain.key;
import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.chain.extrinsic.Call;
import dev.assay.chain.extrinsic.Outcome;
import dev.assay.chain.keys.Keypair;
import dev.assay.chain.metadata.Value;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Calls inside of calls. */
class BatchIT {
  private static final Keypair ALICE = key("//Alice");
  private static final Keypair BOB = key("//Bob");

  /** Paid for. */
  private static final Value REMARK =
      Value.variant("System", Value.variant("remark", Value.of(new byte[1])));

  /** Free. */
  private static final Value SUDO = Value.variant("Sudo", Value.variant("sudo", REMARK));

  @RegisterExtension private final RunningNode node = new RunningNode();

  @Test
  void aBatchOfAllInsideOfAnotherIsFilteredOutHoweverDeep() {
    Value inner = nested("batch_all", REMARK);

    assertThat(node.submit(call("batch_all", inner), BOB))
        .isInstanceOfSatisfying(
            Outcome.Failed.class,
            failed -> assertThat(failed.error()).isEqualTo("System.CallFiltered"));
    node.submit(call("batch_all", nested("batch", inner)), BOB);
    assertThat(names()).contains("BatchInterrupted");
  }

  @Test
  void everyOtherNestingPasses() {
    for (Call call :
        List.of(
            call("batch", nested("batch_all", REMARK)),
            call("batch_all", nested("batch", REMARK)),
            call("batch_all", nested("force_batch", REMARK)))) {
      assertThat(node.submit(call, BOB).succeeded()).isTrue();
      assertThat(names()).doesNotContain("BatchInterrupted", "ItemFailed");
    }
  }

  @Test
  void theRootPassesTheFilter() {
    Value inner = nested("batch_all", nested("batch_all", REMARK));

    node.submit(Call.of("Sudo", "sudo").with("call", inner), ALICE);

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
    assertThat(node.submit(call, ALICE).succeeded()).isTrue();
    return before - free();
  }

  private long free() {
    return node.best()
        .storage("System", "Account", Value.of(ALICE.account().bytes()))
        .orElseThrow()
        .field("data")
        .field("free")
        .asLong();
  }

  private List<String> names() {
    return node.best().events().stream().map(event -> event.name()).toList();
  }

  private static Call call(String name, Value... calls) {
    return Call.of("Utility", name).with("calls", Value.of(List.of(calls)));
  }

  private static Value nested(String name, Value... calls) {
    return Value.variant("Utility", Value.variant(name, Value.of(List.of(calls))));
  }
}
