package dev.assay.localnet.node;

import static dev.assay.localnet.node.TestChain.NETUID;
import static dev.assay.localnet.node.TestChain.key;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.assay.chain.extrinsic.Call;
import dev.assay.chain.extrinsic.Outcome;
import dev.assay.chain.extrinsic.SignedExtrinsic;
import dev.assay.chain.keys.Keypair;
import dev.assay.chain.metadata.Value;
import dev.assay.chain.subtensor.BlockView;
import dev.assay.chain.subtensor.Calls;
import dev.assay.chain.subtensor.Subtensor;
import dev.assay.chain.subtensor.Weight;
import dev.assay.chain.timelock.DrandChain;
import dev.assay.chain.timelock.Timelock;
import dev.assay.chain.weights.CommitReveal;
import dev.assay.chain.weights.WeightSetting;
import dev.assay.localnet.chain.genesis.Genesis;
import dev.assay.localnet.chain.genesis.SubnetGenesis;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a chain that is kept goes on with after its process has ended. */
class RestartIT {
  private static final int TEMPO = 10;
  private static final Keypair VALIDATOR = key("//validator");
  private static final Keypair BOB = key("//Bob");
  private static final List<Weight> WEIGHTS = List.of(new Weight(1, 65_535));
  private static final Genesis GENESIS =
      TestChain.genesis(SubnetGenesis.of(NETUID).withTempo(TEMPO).withCommitReveal());

  @TempDir private Path directory;

  private TestChain chain;
  private Subtensor client;

  @BeforeEach
  void start() throws IOException {
    chain = TestChain.startIn(directory, GENESIS);
    client = chain.client();
  }

  @AfterEach
  void stop() {
    client.close();
    chain.close();
  }

  @Test
  void weightsCommittedBeforeAreRevealedAfter() throws Exception {
    enrol();
    CommitReveal terms = new CommitReveal(beacon(), Duration.ofSeconds(12), new SecureRandom());
    succeed(
        WeightSetting.choose(best(), VALIDATOR.account(), NETUID, 0, WEIGHTS, 0, terms).call(),
        VALIDATOR);
    assertThat(best().weights(NETUID)).doesNotContainKey(0);

    restart();
    assertThat(best().weights(NETUID)).doesNotContainKey(0);
    chain.advance(2 * TEMPO);

    assertThat(best().weights(NETUID).get(0)).containsExactlyElementsOf(WEIGHTS);
  }

  @Test
  void aTimelockedCommitmentMadeBeforeIsRevealedAfter() throws Exception {
    enrol();
    byte[] words = "model of tomorrow".getBytes(StandardCharsets.UTF_8);
    long round = chain.node.chain().newestRound() + 20;
    byte[] sealed = Timelock.encrypt(beacon().publicKey(), round, words, new SecureRandom());
    succeed(timelocked(sealed, round), VALIDATOR);

    restart();
    assertThat(revealed()).isNull();
    chain.advance(6);

    assertThat(revealed().at(0).at(0).asBytes()).isEqualTo(words);
  }

  @Test
  void noncesTheBeaconsKeyAndBlocksAreAsBefore() throws Exception {
    enrol();
    DrandChain beacon = beacon();
    JsonNode nonce = chain.result("system_accountNextIndex", BOB.account().ss58());
    JsonNode head = chain.result("chain_getBlock");

    restart();

    assertThat(chain.result("system_accountNextIndex", BOB.account().ss58())).isEqualTo(nonce);
    assertThat(nonce.asInt()).isEqualTo(3);
    assertThat(beacon()).isEqualTo(beacon);
    assertThat(chain.result("chain_getBlock")).isEqualTo(head);
    succeed(Calls.transferKeepAlive(key("//Alice").account(), 1_000_000), BOB);
  }

  private void restart() throws IOException {
    stop();
    start();
  }

  private void enrol() {
    succeed(Calls.burnedRegister(NETUID, VALIDATOR.account()), BOB);
    succeed(Calls.addStake(VALIDATOR.account(), NETUID, 1_000_000_000_000L), BOB);
    succeed(Calls.burnedRegister(NETUID, key("//miner").account()), BOB);
    chain.advance(TEMPO);
  }

  private DrandChain beacon() {
    return chain.node.chain().beacon().timetable();
  }

  private BlockView best() {
    return client.at(client.bestHead());
  }

  private Value revealed() {
    return best()
        .storage(
            "Commitments",
            "RevealedCommitments",
            Value.of(NETUID),
            Value.of(VALIDATOR.account().bytes()))
        .orElse(null);
  }

  private static Call timelocked(byte[] sealed, long round) {
    Value content = Value.variant("TimelockEncrypted", Value.of(sealed), Value.of(round));
    return Call.of("Commitments", "set_commitment")
        .with("netuid", NETUID)
        .with("info", Value.struct(Map.of("fields", Value.of(List.of(content)))));
  }

  private void succeed(Call call, Keypair signer) {
    SignedExtrinsic signed = client.sign(call, signer);
    chain.result(
        "author_submitExtrinsic", "0x" + HexFormat.of().formatHex(signed.bytes().asBytes()));
    chain.advance(1);
    Outcome outcome = client.find(signed);
    assertThat(outcome.succeeded()).as("%s", outcome).isTrue();
  }
}
