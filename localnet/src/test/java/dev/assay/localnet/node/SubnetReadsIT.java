package dev.assay.localnet.node;

import static dev.assay.localnet.node.TestChain.NETUID;
import static dev.assay.localnet.node.TestChain.key;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.assay.chain.endpoints.ConnectOptions;
import dev.assay.chain.extrinsic.Call;
import dev.assay.chain.extrinsic.Outcome;
import dev.assay.chain.keys.Keypair;
import dev.assay.chain.rpc.HttpRpcClient;
import dev.assay.chain.rpc.RpcLimits;
import dev.assay.chain.subtensor.BlockView;
import dev.assay.chain.subtensor.Calls;
import dev.assay.chain.subtensor.Commitment;
import dev.assay.chain.subtensor.Hyperparameters;
import dev.assay.chain.subtensor.Metagraph;
import dev.assay.chain.subtensor.Neuron;
import dev.assay.chain.subtensor.Subtensor;
import dev.assay.chain.subtensor.UnknownSubnetException;
import dev.assay.chain.subtensor.Weight;
import dev.assay.localnet.chain.genesis.SubnetGenesis;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What the client reads of a subnet with two members, by every way that runtimes offer. */
class SubnetReadsIT {
  private static final int TEMPO = 10;
  private static final Keypair ALICE = key("//Alice");
  private static final Keypair VALIDATOR = key("//validator");
  private static final Keypair MINER = key("//miner");

  private static TestChain chain;
  private static Subtensor client;
  private static BlockView block;

  @BeforeAll
  static void enrol() throws Exception {
    chain = TestChain.start(Sealing.INSTANT, SubnetGenesis.of(NETUID).withTempo(TEMPO));
    client = chain.client();
    succeed(Calls.burnedRegister(NETUID, VALIDATOR.account()), ALICE);
    succeed(Calls.burnedRegister(NETUID, MINER.account()), ALICE);
    succeed(Calls.addStake(VALIDATOR.account(), NETUID, 1_000_000_000_000L), ALICE);
    chain.advance(TEMPO);
    succeed(Calls.setCommitment(NETUID, "a:b:c".getBytes(StandardCharsets.UTF_8)), MINER);
    succeed(Calls.setWeights(NETUID, List.of(new Weight(1, 65_535)), 0), VALIDATOR);
    succeed(Calls.serveAxon(NETUID, 1, BigInteger.valueOf(0x01020304), 8091, 4), MINER);
    chain.advance(2 * TEMPO);
    block = client.at(client.bestHead());
  }

  @AfterAll
  static void stop() {
    client.close();
    chain.close();
  }

  @Test
  void aMetagraphHoldsWhatTheMembersDid() {
    Metagraph metagraph = block.metagraph(NETUID);

    assertThat(metagraph.neurons()).hasSize(2);
    Neuron validator = metagraph.neuron(VALIDATOR.account()).orElseThrow();
    Neuron miner = metagraph.neuron(MINER.account()).orElseThrow();
    assertThat(validator.coldkey()).isEqualTo(ALICE.account());
    assertThat(validator.validatorPermit()).isTrue();
    assertThat(validator.stake()).isPositive();
    assertThat(validator.dividends()).isPositive();
    assertThat(miner.incentive()).isEqualTo(65_535);
    assertThat(miner.axon().port()).isEqualTo(8091);
    assertThat(miner.blockAtRegistration()).isPositive();
  }

  @Test
  void runtimesWithoutTheNewerCallsGiveTheSameMetagraph() {
    Metagraph selective = block.metagraph(NETUID);

    assertThat(asOlder("get_selective_metagraph")).isEqualTo(selective);
    Metagraph lite = asOlder("get_selective_metagraph", "get_metagraph");
    assertThat(lite.neurons())
        .usingRecursiveComparison()
        .ignoringFields("stake")
        .isEqualTo(selective.neurons());
  }

  @Test
  void theFirstMechanismsMembersAreTheSubnets() {
    assertThat(block.metagraph(NETUID, 0).neurons())
        .extracting(Neuron::hotkey)
        .containsExactly(VALIDATOR.account(), MINER.account());
  }

  @Test
  void everyVersionOfHyperparametersAgrees() {
    Hyperparameters newest = block.hyperparameters(NETUID);
    Hyperparameters second = olderHyperparameters("get_subnet_hyperparams_v3");
    Hyperparameters first =
        olderHyperparameters("get_subnet_hyperparams_v3", "get_subnet_hyperparams_v2");

    for (Hyperparameters each : List.of(newest, second, first)) {
      assertThat(each.tempo()).isEqualTo(TEMPO);
      assertThat(each.commitRevealWeightsEnabled()).isFalse();
      assertThat(each.minAllowedWeights()).isEqualTo(first.minAllowedWeights());
      assertThat(each.maxWeightsLimit()).isEqualTo(first.maxWeightsLimit());
      assertThat(each.immunityPeriod()).isEqualTo(first.immunityPeriod());
    }
  }

  @Test
  void commitmentsWeightsAndBondsAreReadInBulk() {
    assertThat(block.commitments(NETUID))
        .singleElement()
        .satisfies(
            commitment -> {
              assertThat(commitment.hotkey()).isEqualTo(MINER.account());
              assertThat(commitment.content()).asString().isEqualTo("a:b:c");
              assertThat(commitment.block()).isLessThan(block.number());
            });
    assertThat(block.weights(NETUID).get(0)).containsExactly(new Weight(1, 65_535));
    assertThat(block.bonds(NETUID).get(0)).extracting(Weight::uid).containsExactly(1);
  }

  @Test
  void aSnapshotTakesFiveRoundTrips() {
    OlderRuntime counted = direct();
    try (Subtensor once = Subtensor.over(counted, ConnectOptions.DEFAULT)) {
      once.at(1);
      int before = counted.roundTrips();

      BlockView snapshot = once.at(block.number());
      Metagraph metagraph = snapshot.metagraph(NETUID);
      List<Commitment> commitments = snapshot.commitments(NETUID);

      assertThat(metagraph.neurons()).hasSize(2);
      assertThat(commitments).hasSize(1);
      assertThat(counted.roundTrips() - before).isEqualTo(5);
    }
  }

  @Test
  void anUnknownSubnetIsNamed() {
    assertThatThrownBy(() -> block.metagraph(99))
        .isInstanceOf(UnknownSubnetException.class)
        .hasMessage("there is no subnet 99 at block " + block.number());
  }

  private static Metagraph asOlder(String... missing) {
    try (Subtensor older = Subtensor.over(direct(missing), ConnectOptions.DEFAULT)) {
      return older.at(block.hash()).metagraph(NETUID);
    }
  }

  private static Hyperparameters olderHyperparameters(String... missing) {
    try (Subtensor older = Subtensor.over(direct(missing), ConnectOptions.DEFAULT)) {
      return older.at(block.hash()).hyperparameters(NETUID);
    }
  }

  private static OlderRuntime direct(String... missing) {
    return new OlderRuntime(new HttpRpcClient(chain.node.http(), RpcLimits.DEFAULT), missing);
  }

  private static void succeed(Call call, Keypair signer) {
    Outcome outcome = client.submit(call, signer);
    assertThat(outcome).as(call + ": " + outcome).isInstanceOf(Outcome.Included.class);
  }
}
