package dev.assay.chain.subtensor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.chain.endpoints.ConnectOptions;
import dev.assay.chain.extrinsic.Call;
import dev.assay.chain.extrinsic.InMemoryChain;
import dev.assay.chain.extrinsic.Outcome;
import dev.assay.chain.keys.Keypair;
import dev.assay.chain.metadata.MetadataParser;
import dev.assay.chain.metadata.SmallRuntime;
import dev.assay.chain.metadata.Value;
import dev.assay.chain.scale.ScaleReader;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A runtime that changes between two blocks, under a client that stays connected. */
class RuntimeUpgradeTest {
  /** Length, version, address, signature and the extensions' bytes come before the call. */
  private static final int CALL = 2 + 1 + 33 + 65 + 5;

  private final InMemoryChain memory = new InMemoryChain();

  @BeforeEach
  void upgrade() {
    memory.upgradeAt(2);
    memory.store(tempoKey(SmallRuntime.metadata(15)), new byte[] {10, 0});
    memory.store(tempoKey(SmallRuntime.upgraded(15)), new byte[] {20, 0});
    memory.addBlock();
  }

  @Test
  void eachBlockIsReadByTheMetadataOfItsRuntime() {
    try (Subtensor chain = Subtensor.over(memory, ConnectOptions.DEFAULT)) {
      BlockView before = chain.at(1);
      assertThat(before.runtimeVersion().specVersion()).isEqualTo(7);
      assertThat(tempo(before)).isEqualTo(10);

      memory.addBlock();
      BlockView after = chain.at(2);
      assertThat(after.runtimeVersion().specVersion()).isEqualTo(8);
      assertThat(tempo(after)).isEqualTo(20);

      assertThat(tempo(before)).isEqualTo(10);
      assertThat(tempo(chain.at(1))).isEqualTo(10);
      assertThat(chain.runtimeVersion()).hasToString("small/8");
    }
  }

  @Test
  void aCallIsWrittenForTheNewestRuntime() {
    try (Subtensor chain = Subtensor.over(memory, ConnectOptions.DEFAULT)) {
      assertThat(callIndex(chain)).isEqualTo(0);

      memory.addBlock();

      assertThat(callIndex(chain)).isEqualTo(5);
    }
  }

  /** The block that changes the runtime is executed by the one before. */
  @Test
  void eventsOfTheBlockThatUpgradesAreReadByTheRuntimeBefore() {
    try (Subtensor chain = Subtensor.over(memory, ConnectOptions.DEFAULT)) {
      Outcome outcome = chain.submit(weights(), Keypair.fromUri("//Alice"));

      assertThat(outcome)
          .isInstanceOfSatisfying(
              Outcome.Included.class, included -> assertThat(included.number()).isEqualTo(2));
    }
  }

  private static int callIndex(Subtensor chain) {
    byte[] signed = chain.sign(weights(), Keypair.fromUri("//Alice")).bytes().asBytes();
    ScaleReader reader = new ScaleReader(signed);
    reader.bytes(CALL);
    assertThat(reader.u8()).isEqualTo(7);
    return reader.u8();
  }

  private static long tempo(BlockView block) {
    return block.storage("SubtensorModule", "Tempo", Value.of(6)).orElseThrow().asLong();
  }

  private static byte[] tempoKey(byte[] metadata) {
    return MetadataParser.parse(metadata)
        .storageKey("SubtensorModule", "Tempo", List.of(Value.of(6)));
  }

  private static Call weights() {
    return Call.of("SubtensorModule", "set_weights")
        .with("netuid", 6)
        .with("dests", Value.of(new long[] {1}))
        .with("weights", Value.of(new long[] {1}))
        .with("version_key", 27);
  }
}
