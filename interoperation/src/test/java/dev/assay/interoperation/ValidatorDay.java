package dev.assay.interoperation;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.assay.chain.hash.Hash;
import dev.assay.chain.keys.AccountId;
import dev.assay.chain.keys.Keypair;
import dev.assay.chain.subtensor.Axon;
import dev.assay.chain.subtensor.BlockView;
import dev.assay.chain.subtensor.Commitment;
import dev.assay.chain.subtensor.Subtensor;
import dev.assay.chain.subtensor.Weight;
import dev.assay.localnet.chain.genesis.DevelopmentAccounts;
import dev.assay.localnet.chain.genesis.Genesis;
import dev.assay.localnet.chain.genesis.SubnetGenesis;
import dev.assay.localnet.node.ChainNode;
import dev.assay.localnet.node.Sealing;
import java.io.IOException;
import java.math.BigInteger;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What every client does on a fresh node: read, register two keys, commit, set weights. It is
 * checked twice: by what the client understood, and by what our own client then reads of the chain.
 */
final class ValidatorDay implements AutoCloseable {

  static final int NETUID = 6;
  static final String OWNER_HOTKEY = "//Alice//owner";
  static final String HOTKEY = "//Bob//hot";
  static final String COMMITMENT =
      "alice:model:0123456789abcdef0123456789abcdef01234567:aGFzaA==:7b";
  static final int TEMPO = 300;

  /** 203.0.113.7 as the chain keeps it. */
  private static final long AXON_IP = 3_405_803_783L;

  private static final int AXON_PORT = 8091;

  private final ChainNode node;

  /** A fresh chain whose weights are set in the open. */
  static ValidatorDay open() throws IOException {
    return new ValidatorDay(SubnetGenesis.of(NETUID).withTempo(TEMPO));
  }

  /** A fresh chain whose weights are committed before they are revealed. */
  static ValidatorDay hidden() throws IOException {
    return new ValidatorDay(SubnetGenesis.of(NETUID).withTempo(TEMPO).withCommitReveal());
  }

  private ValidatorDay(SubnetGenesis subnet) throws IOException {
    Genesis genesis =
        new Genesis(
                7,
                1_767_225_600_000L,
                DevelopmentAccounts.account("Alice"),
                DevelopmentAccounts.balances(),
                List.of(subnet))
            .withShield();
    node = ChainNode.start(genesis, Sealing.every(Duration.ofMillis(500)), 0);
  }

  URI webSocket() {
    return node.webSocket();
  }

  /** The chain's metadata of version 15. */
  byte[] metadata() {
    return node.chain().runtime().metadata(15).orElseThrow();
  }

  /** What a script is told. */
  Map<String, Object> request() {
    Map<String, Object> request = new LinkedHashMap<>();
    request.put("endpoint", node.webSocket().toString());
    request.put("netuid", NETUID);
    request.put("owner", "//Alice");
    request.put("ownerHotkey", OWNER_HOTKEY);
    request.put("coldkey", "//Bob");
    request.put("hotkey", HOTKEY);
    request.put("commitment", COMMITMENT);
    request.put("axon", Map.of("ip", "203.0.113.7", "number", AXON_IP, "port", AXON_PORT));
    request.put("weights", List.of(List.of(0, 1), List.of(1, 3)));
    request.put("timelocked", Map.of("commit", "0x0102030405", "round", 99_999_999));
    return request;
  }

  /** Our client on the same chain. */
  Subtensor ours() {
    return Subtensor.connect(List.of(node.http()));
  }

  /** Seals a block of all that the pool has. */
  void toNextBlock() {
    node.chain().seal();
  }

  /** Seals blocks until the subnet's next epoch has run. */
  void toNextEpoch() {
    try (Subtensor chain = ours()) {
      long last = chain.at(chain.bestHead()).lastEpoch(NETUID);
      while (chain.at(chain.bestHead()).lastEpoch(NETUID) == last) {
        node.chain().seal();
      }
    }
  }

  /** What the client says that it did and read. */
  void assertUnderstood(JsonNode answer) {
    assertThat(answer.path("registerOwner").path("events"))
        .anyMatch(event -> event.asText().endsWith(".NeuronRegistered"));
    assertThat(answer.path("register").path("error").isNull()).isTrue();
    assertThat(answer.path("uid").asInt()).isEqualTo(1);
    assertThat(answer.path("commit").path("events"))
        .anyMatch(event -> event.asText().endsWith(".Commitment"));
    assertThat(answer.path("axon").path("ip").asLong()).isEqualTo(AXON_IP);
    assertThat(answer.path("axon").path("port").asInt()).isEqualTo(AXON_PORT);
    assertThat(answer.path("strangersWeights").path("error").asText())
        .isEqualTo("NeuronNoValidatorPermit");
    assertThat(answer.path("weights").path("events"))
        .anyMatch(event -> event.asText().endsWith(".WeightsSet"));
    // The pallet scales up to the greatest u16.
    assertThat(answer.path("weightsRead").toString()).isEqualTo("[[0,21845],[1,65535]]");
    assertThat(answer.path("metagraph").path("netuid").asInt()).isEqualTo(NETUID);
    assertThat(answer.path("metagraph").path("tempo").asInt()).isEqualTo(TEMPO);
    assertThat(texts(answer.path("metagraph").path("hotkeys")))
        .containsExactly(address(OWNER_HOTKEY), address(HOTKEY));
  }

  /** That a commit of weights was stored as it was sent, and is read back. */
  void assertHidden(JsonNode answer) {
    assertThat(answer.path("commitRevealOn").path("error").isNull()).isTrue();
    assertThat(answer.path("timelocked").path("events"))
        .anyMatch(event -> event.asText().endsWith(".TimelockedWeightsCommitted"));
    JsonNode commit = answer.path("commits").get(0);
    assertThat(commit.path("account").asText()).isEqualTo(address(OWNER_HOTKEY));
    assertThat(commit.path("commit").asText()).isEqualTo("0x0102030405");
    assertThat(commit.path("round").asLong()).isEqualTo(99_999_999);
  }

  /** What our client reads at the block that included the weights. */
  void assertOnChain(JsonNode answer) {
    try (Subtensor chain = ours()) {
      assertThat(answer.path("genesis").asText()).isEqualTo(chain.genesisHash().toString());
    }
    assertWeightsAndCommitment(Hash.fromHex(answer.path("weights").path("block").asText()));
  }

  /** The same of a block. */
  void assertWeightsAndCommitment(Hash hash) {
    try (Subtensor chain = ours()) {
      BlockView block = chain.at(hash);

      assertThat(block.weights(NETUID).get(0))
          .containsExactly(new Weight(0, 21845), new Weight(1, 65535));
      List<Commitment> commitments = block.commitments(NETUID);
      assertThat(commitments).hasSize(1);
      assertThat(commitments.get(0).hotkey()).isEqualTo(account(HOTKEY));
      assertThat(new String(commitments.get(0).content(), StandardCharsets.UTF_8))
          .isEqualTo(COMMITMENT);
      Axon axon = block.metagraph(NETUID).neurons().get(1).axon();
      assertThat(axon.ip()).isEqualTo(BigInteger.valueOf(AXON_IP));
      assertThat(axon.port()).isEqualTo(AXON_PORT);
      assertThat(block.events()).anyMatch(event -> event.name().equals("WeightsSet"));
    }
  }

  /** Heads follow one another, none left out. */
  static void assertChain(JsonNode heads) {
    assertThat(heads).hasSize(4);
    for (int i = 1; i < heads.size(); i++) {
      assertThat(heads.get(i).path("parent")).isEqualTo(heads.get(i - 1).path("hash"));
      assertThat(heads.get(i).path("number").asLong())
          .isEqualTo(heads.get(i - 1).path("number").asLong() + 1);
    }
  }

  static AccountId account(String uri) {
    return Keypair.fromUri(uri).account();
  }

  static String address(String uri) {
    return account(uri).ss58();
  }

  static List<String> texts(JsonNode list) {
    List<String> texts = new ArrayList<>();
    list.forEach(each -> texts.add(each.asText()));
    return texts;
  }

  @Override
  public void close() {
    node.close();
  }
}
