package dev.assay.localnet.node;

import static dev.assay.localnet.node.TestChain.NETUID;
import static dev.assay.localnet.node.TestChain.key;
import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.chain.extrinsic.Call;
import dev.assay.chain.extrinsic.Outcome;
import dev.assay.chain.keys.Keypair;
import dev.assay.chain.subtensor.BlockView;
import dev.assay.chain.subtensor.Calls;
import dev.assay.chain.subtensor.Subtensor;
import dev.assay.chain.subtensor.Weight;
import dev.assay.chain.weights.CommitReveal;
import dev.assay.chain.weights.HashCommit;
import dev.assay.chain.weights.WeightSetting;
import dev.assay.localnet.chain.genesis.SubnetGenesis;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class CommitRevealIT {
  private static final int TEMPO = 10;
  private static final Keypair VALIDATOR = key("//validator");
  private static final Keypair BOB = key("//Bob");
  private static final List<Weight> WEIGHTS = List.of(new Weight(1, 65_535));

  @Test
  void theBeaconRevealsTimelockedWeightsAnEpochLater() throws Exception {
    SubnetGenesis subnet = SubnetGenesis.of(NETUID).withTempo(TEMPO).withCommitReveal();
    try (TestChain chain = TestChain.start(Sealing.INSTANT, subnet);
        Subtensor client = chain.client()) {
      enrol(chain, client);
      CommitReveal terms =
          new CommitReveal(
              chain.node.chain().beacon().timetable(), Duration.ofSeconds(12), new SecureRandom());
      WeightSetting setting =
          WeightSetting.choose(best(client), VALIDATOR.account(), NETUID, 0, WEIGHTS, 0, terms);

      succeed(client, setting.call(), VALIDATOR);
      assertThat(best(client).weights(NETUID)).doesNotContainKey(0);
      chain.advance(2 * TEMPO);

      assertThat(best(client).weights(NETUID).get(0)).containsExactlyElementsOf(WEIGHTS);
    }
  }

  @Test
  void theMechanismsOfASubnetHaveWeightsOfTheirOwn() throws Exception {
    SubnetGenesis subnet = SubnetGenesis.of(NETUID).withTempo(TEMPO).withMaxUids(128);
    try (TestChain chain = TestChain.start(Sealing.INSTANT, subnet);
        Subtensor client = chain.client()) {
      enrol(chain, client);
      succeed(
          client,
          Call.of("AdminUtils", "sudo_set_mechanism_count")
              .with("netuid", NETUID)
              .with("mechanism_count", 2),
          key("//Alice"));

      succeed(client, Calls.setMechanismWeights(NETUID, 1, WEIGHTS, 0), VALIDATOR);

      assertThat(best(client).weights(NETUID, 1).get(0)).containsExactlyElementsOf(WEIGHTS);
      assertThat(best(client).weights(NETUID, 0)).doesNotContainKey(0);
      chain.advance(TEMPO);
      assertThat(best(client).metagraph(NETUID).neurons().get(1).emission()).isPositive();
    }
  }

  @Test
  void hashedWeightsAreRevealedByTheirCommitterInTheNextEpochAndNotBefore() throws Exception {
    SubnetGenesis subnet = SubnetGenesis.of(NETUID).withTempo(TEMPO).withCommitReveal();
    try (TestChain chain = TestChain.start(Sealing.INSTANT, subnet);
        Subtensor client = chain.client()) {
      enrol(chain, client);
      HashCommit commit =
          new HashCommit(VALIDATOR.account(), NETUID, 0, WEIGHTS, List.of(1, 2, 3), 0);
      succeed(client, commit.commit(), VALIDATOR);
      assertThat(client.submit(commit.reveal(), VALIDATOR))
          .isInstanceOfSatisfying(
              Outcome.Failed.class,
              failed -> assertThat(failed.toString()).contains("CommitBlockNotInRevealRange"));

      chain.advance(TEMPO);
      succeed(client, commit.reveal(), VALIDATOR);

      assertThat(best(client).weights(NETUID).get(0)).containsExactlyElementsOf(WEIGHTS);
    }
  }

  private static void enrol(TestChain chain, Subtensor client) {
    succeed(client, Calls.burnedRegister(NETUID, VALIDATOR.account()), BOB);
    succeed(client, Calls.addStake(VALIDATOR.account(), NETUID, 1_000_000_000_000L), BOB);
    succeed(client, Calls.burnedRegister(NETUID, key("//miner").account()), BOB);
    chain.advance(TEMPO);
  }

  private static BlockView best(Subtensor client) {
    return client.at(client.bestHead());
  }

  private static void succeed(Subtensor client, Call call, Keypair signer) {
    Outcome outcome = client.submit(call, signer);
    assertThat(outcome.succeeded()).as("%s", outcome).isTrue();
  }
}
