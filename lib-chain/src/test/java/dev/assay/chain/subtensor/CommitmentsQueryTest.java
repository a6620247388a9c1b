package dev.assay.chain.subtensor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.chain.endpoints.ConnectOptions;
import dev.assay.chain.extrinsic.InMemoryChain;
import dev.assay.chain.keys.AccountId;
import dev.assay.chain.keys.Keypair;
import dev.assay.chain.metadata.Metadata;
import dev.assay.chain.metadata.MetadataParser;
import dev.assay.chain.metadata.SmallRuntime;
import dev.assay.chain.metadata.Value;
import dev.assay.chain.node.Node;
import dev.assay.chain.scale.ScaleWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class CommitmentsQueryTest {
  private static final Metadata METADATA = MetadataParser.parse(SmallRuntime.metadata(15));
  private static final AccountId ALICE = Keypair.fromUri("//Alice").account();
  private static final AccountId BOB = Keypair.fromUri("//Bob").account();

  @Test
  void nonsenseConcernsOneHotkeyAlone() {
    InMemoryChain memory = new InMemoryChain();
    memory.store(key(6, ALICE), registration(41, "abc"));
    memory.store(key(6, BOB), new byte[] {1, 2, 3});
    memory.store(key(7, BOB), registration(42, "xyz"));

    try (Subtensor chain = Subtensor.over(memory, ConnectOptions.DEFAULT)) {
      List<Commitment> commitments = chain.at(0).commitments(6);

      assertThat(commitments).hasSize(2);
      assertThat(commitments)
          .filteredOn(commitment -> commitment.hotkey().equals(ALICE))
          .singleElement()
          .satisfies(
              commitment -> {
                assertThat(commitment.block()).isEqualTo(41);
                assertThat(commitment.content()).asString().isEqualTo("abc");
                assertThat(commitment.problem()).isEmpty();
              });
      assertThat(commitments)
          .filteredOn(commitment -> commitment.hotkey().equals(BOB))
          .singleElement()
          .satisfies(
              commitment ->
                  assertThat(commitment.problem())
                      .hasValueSatisfying(why -> assertThat(why).contains("at byte")));
    }
  }

  @Test
  void whatTheChainHasOpenedIsReadWithItsBlocks() {
    InMemoryChain memory = new InMemoryChain();
    memory.store(
        key("RevealedCommitments", 6, ALICE),
        new ScaleWriter()
            .compact(2)
            .byteVec(new byte[] {1, 2})
            .u64(40)
            .byteVec(new byte[] {3})
            .u64(50)
            .toByteArray());
    memory.store(key("RevealedCommitments", 6, BOB), new byte[] {4, 40, 1});

    try (Subtensor chain = Subtensor.over(memory, ConnectOptions.DEFAULT)) {
      List<RevealedCommitment> revealed = chain.at(0).revealedCommitments(6);

      assertThat(revealed)
          .filteredOn(each -> each.hotkey().equals(ALICE))
          .singleElement()
          .extracting(RevealedCommitment::reveals)
          .isEqualTo(
              List.of(
                  new RevealedCommitment.Reveal(40, Value.of(new byte[] {1, 2})),
                  new RevealedCommitment.Reveal(50, Value.of(new byte[] {3}))));
      assertThat(revealed)
          .filteredOn(each -> each.hotkey().equals(BOB))
          .singleElement()
          .satisfies(each -> assertThat(each.problem()).isPresent());
    }
  }

  @Test
  void aSnapshotByHeightTakesFourRoundTripsOnceTheRuntimeIsKnown() {
    InMemoryChain memory = new InMemoryChain();
    for (int i = 0; i < 256; i++) {
      memory.store(key(6, Keypair.fromUri("//Miner/" + i).account()), registration(i, "abc"));
    }
    try (Subtensor chain = Subtensor.over(memory, ConnectOptions.DEFAULT)) {
      chain.at(0);
      int before = memory.roundTrips();

      assertThat(chain.at(0).commitments(6)).hasSize(256);

      // The hash; header and version; keys; values. A metagraph takes one more.
      assertThat(memory.roundTrips() - before).isEqualTo(4);
    }
  }

  @Property(tries = 500)
  void anyBytesAreACommitmentOrItsProblem(@ForAll @Size(max = 60) byte[] bytes) {
    List<Commitment> parsed =
        CommitmentsQuery.parse(METADATA, Map.of(Node.hex(key(6, ALICE)), bytes));

    assertThat(parsed).singleElement().extracting(Commitment::hotkey).isEqualTo(ALICE);
  }

  private static byte[] key(int netuid, AccountId hotkey) {
    return key("CommitmentOf", netuid, hotkey);
  }

  private static byte[] key(String item, int netuid, AccountId hotkey) {
    return METADATA.storageKey(
        "Commitments", item, List.of(Value.of(netuid), Value.of(hotkey.bytes())));
  }

  private static byte[] registration(int block, String threeLetters) {
    return new ScaleWriter()
        .u64(0)
        .u32(block)
        .compact(1)
        .u8(4)
        .bytes(threeLetters.getBytes(StandardCharsets.US_ASCII))
        .toByteArray();
  }
}
