package dev.assay.localnet.node;

import static dev.assay.localnet.node.TestChain.NETUID;
import static dev.assay.localnet.node.TestChain.key;
import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.chain.extrinsic.Call;
import dev.assay.chain.extrinsic.Outcome;
import dev.assay.chain.keys.Keypair;
import dev.assay.chain.metadata.Value;
import dev.assay.chain.subtensor.Calls;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The rarer ways to register and to say where one serves. */
class NeuronCallsIT {
  private static final Keypair ALICE = key("//Alice");
  private static final Keypair HOTKEY = key("//hot");

  @RegisterExtension private final RunningNode node = new RunningNode();

  /** Newer runtimes ignore the work and take the price, as {@code burned_register} does. */
  @Test
  void registerTakesThePriceWhateverTheWork() {
    Call register =
        Call.of("SubtensorModule", "register")
            .with("netuid", NETUID)
            .with("block_number", 0)
            .with("nonce", 0)
            .with("work", Value.of(new byte[32]))
            .with("hotkey", Value.of(HOTKEY.account().bytes()))
            .with("coldkey", Value.of(ALICE.account().bytes()));
    long before = node.best().balance(ALICE.account()).free();
    node.succeed(register, ALICE);

    assertThat(node.best().metagraph(NETUID).neurons().get(0).hotkey()).isEqualTo(HOTKEY.account());
    assertThat(node.best().balance(ALICE.account()).free()).isLessThan(before);
  }

  @Test
  void aCertificateIsKeptBesideTheAxon() {
    node.succeed(Calls.burnedRegister(NETUID, HOTKEY.account()), ALICE);
    byte[] certificate = {7, 1, 2, 3};
    node.succeed(serve(certificate), HOTKEY);

    assertThat(node.best().metagraph(NETUID).neurons().get(0).axon().port()).isEqualTo(8091);
    Value kept =
        node.best()
            .storage(
                "SubtensorModule",
                "NeuronCertificates",
                Value.of(NETUID),
                Value.of(HOTKEY.account().bytes()))
            .orElseThrow();
    assertThat(kept.field("algorithm").asInt()).isEqualTo(7);
    assertThat(kept.field("public_key").asBytes()).containsExactly(1, 2, 3);
  }

  @Test
  void whoIsNotRegisteredServesNothing() {
    assertThat(node.submit(serve(new byte[] {1}), ALICE))
        .isInstanceOfSatisfying(
            Outcome.Failed.class,
            failed -> assertThat(failed.words()).contains("Custom error: 10"));
  }

  private static Call serve(byte[] certificate) {
    return Call.of("SubtensorModule", "serve_axon_tls")
        .with("netuid", NETUID)
        .with("version", 1)
        .with("ip", 3_405_803_783L)
        .with("port", 8091)
        .with("ip_type", 4)
        .with("protocol", 4)
        .with("placeholder1", 0)
        .with("placeholder2", 0)
        .with("certificate", Value.of(certificate));
  }
}
