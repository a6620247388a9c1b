package dev.assay.localnet.node;

import static dev.assay.localnet.node.TestChain.NETUID;
import static dev.assay.localnet.node.TestChain.key;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.assay.chain.extrinsic.Call;
import dev.assay.chain.extrinsic.Outcome;
import dev.assay.chain.keys.Keypair;
import dev.assay.chain.subtensor.Calls;
import dev.assay.chain.subtensor.Commitment;
import dev.assay.chain.subtensor.Hyperparameters;
import dev.assay.chain.subtensor.Metagraph;
import dev.assay.chain.subtensor.Neuron;
import dev.assay.chain.subtensor.Subtensor;
import dev.assay.chain.subtensor.Weight;
import dev.assay.localnet.chain.genesis.Genesis;
import dev.assay.localnet.chain.genesis.SubnetGenesis;
import dev.assay.localnet.http.PortTakenException;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;

class ChainNodeIT {
  private static final Keypair ALICE = key("//Alice");
  private static final Keypair BOB = key("//Bob");
  private static final long TAO = 1_000_000_000L;

  @Test
  void aSignedTransferMovesFundsAndCostsItsFee() throws Exception {
    try (TestChain chain = TestChain.start(Sealing.INSTANT, SubnetGenesis.of(NETUID));
        Subtensor client = chain.client()) {
      Call transfer = Calls.transferKeepAlive(key("//Newcomer").account(), 5 * TAO);
      long before = client.at(client.bestHead()).balance(ALICE.account()).free();
      long fee = client.fee(transfer, ALICE.account());

      Outcome outcome = client.submit(transfer, ALICE);

      assertThat(outcome.succeeded()).as("%s", outcome).isTrue();
      assertThat(client.at(client.bestHead()).balance(key("//Newcomer").account()).free())
          .isEqualTo(5 * TAO);
      assertThat(client.at(client.bestHead()).balance(ALICE.account()).free())
          .isEqualTo(before - 5 * TAO - fee);
      assertThat(fee).isPositive();
    }
  }

  @Test
  void anEpochGrantsPermitsAndTheNextTurnsWeightsIntoIncentive() throws Exception {
    try (TestChain chain = TestChain.start(Sealing.INSTANT, SubnetGenesis.of(NETUID));
        Subtensor client = chain.client()) {
      enrol(client);
      assertThat(client.submit(weights(3), key("//validator0")))
          .isInstanceOfSatisfying(
              Outcome.Failed.class,
              failed ->
                  assertThat(failed.error()).isEqualTo("SubtensorModule.NeuronNoValidatorPermit"));

      chain.advance(SubnetGenesis.of(NETUID).tempo());
      for (int i = 0; i < 3; i++) {
        succeed(client, weights(3 + i), key("//validator" + i));
      }
      assertThat(client.at(client.bestHead()).weights(NETUID).get(0))
          .containsExactly(new Weight(3, 32_768), new Weight(4, 65_535));
      chain.advance(SubnetGenesis.of(NETUID).tempo());

      Metagraph metagraph = client.at(client.bestHead()).metagraph(NETUID);
      assertThat(metagraph.neurons()).hasSize(5);
      assertThat(metagraph.neurons())
          .extracting(Neuron::validatorPermit)
          .containsExactly(true, true, true, false, false);
      assertThat(metagraph.neurons().get(3).incentive()).isPositive();
      assertThat(metagraph.neurons().get(4).incentive()).isPositive();
      assertThat(metagraph.neurons().get(2).dividends())
          .isGreaterThan(metagraph.neurons().get(0).dividends());
      assertThat(metagraph.neurons().get(4).stake()).isPositive();
    }
  }

  @Test
  void aCommitmentIsReadBackAndOnlyOfRegisteredHotkeys() throws Exception {
    try (TestChain chain = TestChain.start(Sealing.INSTANT, SubnetGenesis.of(NETUID));
        Subtensor client = chain.client()) {
      Keypair miner = key("//miner");
      succeed(client, Calls.burnedRegister(NETUID, miner.account()), BOB);
      byte[] content = "miner:model:0123456789abcdef:hash:1".getBytes(StandardCharsets.UTF_8);
      succeed(client, Calls.setCommitment(NETUID, content), miner);

      List<Commitment> commitments = client.at(client.bestHead()).commitments(NETUID);

      assertThat(commitments).hasSize(1);
      assertThat(commitments.get(0).hotkey()).isEqualTo(miner.account());
      assertThat(client.submit(Calls.setCommitment(NETUID, content), ALICE))
          .isInstanceOfSatisfying(
              Outcome.Failed.class,
              failed ->
                  assertThat(failed.error()).isEqualTo("Commitments.AccountNotAllowedCommit"));
    }
  }

  @Test
  void hyperparametersAreThoseOfTheGenesis() throws Exception {
    SubnetGenesis subnet = SubnetGenesis.of(NETUID).withTempo(37).withWeightsRateLimit(11);
    try (TestChain chain = TestChain.start(Sealing.MANUAL, subnet);
        Subtensor client = chain.client()) {
      Hyperparameters parameters = client.at(client.bestHead()).hyperparameters(NETUID);
      assertThat(parameters.toString()).contains("37").contains("11");
    }
  }

  @Test
  void equalExtrinsicsMakeEqualBlocks() throws Exception {
    assertThat(headAfterSomeWork()).isEqualTo(headAfterSomeWork());
  }

  @Test
  void blockTimesComeFromTheGenesisAndNotFromTheWallClock() throws Exception {
    try (TestChain chain = TestChain.start(Sealing.MANUAL, SubnetGenesis.of(NETUID))) {
      chain.advance(3);
      JsonNode extrinsics = chain.result("chain_getBlock").get("block").get("extrinsics");
      String set = "0x280402000b" + littleEndian(TestChain.GENESIS + 3 * 12_000);
      assertThat(extrinsics.get(0).asText()).isEqualTo(set);
    }
  }

  @Test
  void aTakenPortIsNamed() throws Exception {
    try (ServerSocket other = new ServerSocket(0)) {
      int port = other.getLocalPort();
      Genesis genesis = TestChain.genesis(SubnetGenesis.of(NETUID));
      assertThatThrownBy(() -> ChainNode.start(genesis, Sealing.MANUAL, port))
          .isInstanceOf(PortTakenException.class)
          .hasMessageContaining(Integer.toString(port));
    }
  }

  @Test
  void closingFreesThePortAndEndsTheThreads() throws Exception {
    TestChain chain = TestChain.start(Sealing.INSTANT, SubnetGenesis.of(NETUID));
    chain.result("system_health");
    int port = chain.node.http().getPort();
    chain.close();
    new ServerSocket(port).close();
    // A thread has told that it is done a moment before it is gone.
    for (Thread thread : threads()) {
      thread.join(10_000);
    }
    assertThat(threads()).isEmpty();
  }

  private static List<Thread> threads() {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> thread.getName().startsWith("localnet-"))
        .toList();
  }

  private static String headAfterSomeWork() throws Exception {
    try (TestChain chain = TestChain.start(Sealing.MANUAL, SubnetGenesis.of(NETUID));
        Subtensor client = chain.client()) {
      for (Keypair signer : List.of(key("//Alice"), key("//Bob"))) {
        byte[] signed =
            client
                .sign(Calls.burnedRegister(NETUID, signer.derive("//hot").account()), signer)
                .bytes()
                .asBytes();
        chain.result("author_submitExtrinsic", "0x" + HexFormat.of().formatHex(signed));
        chain.advance(1);
      }
      chain.advance(25);
      return chain.result("chain_getHead").asText();
    }
  }

  private static void enrol(Subtensor client) {
    for (int i = 0; i < 3; i++) {
      Keypair hotkey = key("//validator" + i);
      succeed(client, Calls.burnedRegister(NETUID, hotkey.account()), BOB);
      succeed(client, Calls.addStake(hotkey.account(), NETUID, (i + 1L) * 1000 * TAO), BOB);
    }
    succeed(client, Calls.burnedRegister(NETUID, key("//miner0").account()), ALICE);
    succeed(client, Calls.burnedRegister(NETUID, key("//miner1").account()), BOB);
  }

  private static Call weights(int first) {
    return Calls.setWeights(
        NETUID, List.of(new Weight(3, (first - 2) * 100), new Weight(4, 200)), 0);
  }

  private static void succeed(Subtensor client, Call call, Keypair signer) {
    Outcome outcome = client.submit(call, signer);
    assertThat(outcome.succeeded()).as("%s", outcome).isTrue();
  }

  private static String littleEndian(long moment) {
    StringBuilder digits = new StringBuilder();
    for (long rest = moment; rest > 0; rest >>= 8) {
      digits.append(String.format("%02x", rest & 0xff));
    }
    return digits.toString();
  }
}
