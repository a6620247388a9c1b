package dev.assay.localnet.node;

import static dev.assay.localnet.node.TestChain.NETUID;
import static dev.assay.localnet.node.TestChain.key;
import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.chain.extrinsic.Call;
import dev.assay.chain.extrinsic.Outcome;
import dev.assay.chain.keys.Keypair;
import dev.assay.chain.metadata.Value;
import dev.assay.chain.subtensor.BlockView;
import dev.assay.chain.subtensor.Calls;
import dev.assay.chain.subtensor.Neuron;
import dev.assay.chain.subtensor.NextEpoch;
import dev.assay.chain.subtensor.Subtensor;
import dev.assay.chain.subtensor.Weight;
import dev.assay.chain.yuma.EpochTerms;
import dev.assay.chain.yuma.LiquidAlpha;
import dev.assay.chain.yuma.UidValue;
import dev.assay.chain.yuma.Yuma;
import dev.assay.localnet.chain.genesis.SubnetGenesis;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Epochs of the node with the settings that a subnet's owner can choose, against Yuma computed from
 * what a client reads before each epoch. Weights change from epoch to epoch, so that the bonds
 * move.
 */
class YumaSettingsIT {
  private static final int TEMPO = 12;
  private static final int VALIDATORS = 3;
  private static final int EPOCHS = 3;
  private static final Keypair ALICE = key("//Alice");
  private static final Keypair BOB = key("//Bob");
  private static final long TAO = 1_000_000_000L;

  private TestChain chain;
  private Subtensor client;

  @BeforeEach
  void start() throws Exception {
    SubnetGenesis subnet = SubnetGenesis.of(NETUID).withTempo(TEMPO);
    chain = TestChain.start(Sealing.INSTANT, subnet);
    client = chain.client();
    for (int i = 0; i < VALIDATORS; i++) {
      Keypair hotkey = key("//validator" + i);
      succeed(Calls.burnedRegister(NETUID, hotkey.account()), BOB);
      succeed(Calls.addStake(hotkey.account(), NETUID, (i + 1L) * 1000 * TAO), BOB);
    }
    succeed(Calls.burnedRegister(NETUID, key("//miner0").account()), BOB);
    succeed(Calls.burnedRegister(NETUID, key("//miner1").account()), BOB);
    chain.advance(TEMPO);
  }

  @AfterEach
  void stop() {
    client.close();
    chain.close();
  }

  @Test
  void yuma2() {
    assertEpochsAreForetold();
    assertThat(next().input().parameters().yuma3()).isFalse();
  }

  @Test
  void yuma3() {
    succeed(set("yuma3_enabled").with("enabled", Value.of(true)), ALICE);
    assertEpochsAreForetold();
    assertThat(next().input().parameters().yuma3()).isTrue();
  }

  @Test
  void yuma3WithLiquidAlpha() {
    succeed(set("yuma3_enabled").with("enabled", Value.of(true)), ALICE);
    succeed(set("liquid_alpha_enabled").with("enabled", Value.of(true)), ALICE);
    succeed(set("alpha_values").with("alpha_low", 6_554).with("alpha_high", 60_000), ALICE);
    succeed(set("alpha_sigmoid_steepness").with("steepness", 500), ALICE);
    succeed(set("bonds_penalty").with("bonds_penalty", 30_000), ALICE);
    assertEpochsAreForetold();
    assertThat(next().input().parameters().liquidAlpha())
        .contains(new LiquidAlpha(6_554, 60_000, 500));
  }

  @Test
  void alphaValuesAreCheckedAsTheRealPalletDoes() {
    Call values = set("alpha_values").with("alpha_low", 1_638).with("alpha_high", 1_638);
    assertFails(values, "SubtensorModule.LiquidAlphaDisabled");
    succeed(set("liquid_alpha_enabled").with("enabled", Value.of(true)), ALICE);
    succeed(values, ALICE);
    assertFails(
        set("alpha_values").with("alpha_low", 1_638).with("alpha_high", 1_637),
        "SubtensorModule.AlphaHighTooLow");
    assertFails(
        set("alpha_values").with("alpha_low", 1_637).with("alpha_high", 1_638),
        "SubtensorModule.AlphaLowOutOfRange");
    assertFails(
        set("alpha_sigmoid_steepness").with("steepness", -1),
        "AdminUtils.NegativeSigmoidSteepness");
  }

  private void assertEpochsAreForetold() {
    for (int epoch = 0; epoch < EPOCHS; epoch++) {
      for (int i = 0; i < VALIDATORS; i++) {
        succeed(weights(1 + i + epoch, 4 - i), key("//validator" + i));
      }
      NextEpoch next = next();
      chain.advance((int) (next.input().block() - best().number()) - 1);
      List<EpochTerms> foretold = Yuma.epoch(next().input());
      chain.advance(1);
      assertEpoch(foretold);
    }
  }

  private void assertEpoch(List<EpochTerms> foretold) {
    List<Neuron> neurons = best().metagraph(NETUID).neurons();
    assertThat(neurons).hasSameSizeAs(foretold);
    assertThat(neurons.get(VALIDATORS).incentive()).isPositive();
    for (int uid = 0; uid < neurons.size(); uid++) {
      EpochTerms terms = foretold.get(uid);
      Neuron neuron = neurons.get(uid);
      assertThat(neuron.incentive()).as("incentive of %d", uid).isEqualTo(terms.incentive());
      assertThat(neuron.dividends()).as("dividends of %d", uid).isEqualTo(terms.dividends());
      assertThat(neuron.consensus()).as("consensus of %d", uid).isEqualTo(terms.consensus());
      assertThat(neuron.emission()).as("emission of %d", uid).isEqualTo(terms.emission());
      assertThat(neuron.validatorPermit()).isEqualTo(terms.validatorPermit());
      List<UidValue> bonds =
          best().bonds(NETUID).getOrDefault(uid, List.of()).stream()
              .map(bond -> new UidValue(bond.uid(), bond.value()))
              .toList();
      assertThat(bonds).as("bonds of %d", uid).isEqualTo(terms.bonds());
    }
  }

  private void assertFails(Call call, String error) {
    assertThat(client.submit(call, ALICE))
        .isInstanceOfSatisfying(
            Outcome.Failed.class, failed -> assertThat(failed.error()).isEqualTo(error));
  }

  private static Call set(String name) {
    return Call.of("AdminUtils", "sudo_set_" + name).with("netuid", NETUID);
  }

  private static Call weights(int first, int second) {
    List<Weight> weights =
        List.of(new Weight(VALIDATORS, first * 100), new Weight(VALIDATORS + 1, second * 100));
    return Calls.setWeights(NETUID, weights, 0);
  }

  private NextEpoch next() {
    return best().nextEpoch(NETUID, 0);
  }

  private BlockView best() {
    return client.at(client.bestHead());
  }

  private void succeed(Call call, Keypair signer) {
    Outcome outcome = client.submit(call, signer);
    assertThat(outcome.succeeded()).as("%s", outcome).isTrue();
  }
}
