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
import dev.assay.chain.scale.ScaleWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class IdentityTest {
  private static final Metadata METADATA = MetadataParser.parse(SmallRuntime.metadata(15));
  private static final AccountId ALICE = Keypair.fromUri("//Alice").account();

  @Test
  void whatOwnersSayIsReadByTheNamesOfItsFields() {
    InMemoryChain memory = new InMemoryChain();
    memory.store(key("IdentitiesV2", Value.of(ALICE.bytes())), identity("Alice"));
    memory.store(key("SubnetIdentitiesV3", Value.of(6)), identity("a subnet"));

    try (Subtensor chain = Subtensor.over(memory, ConnectOptions.DEFAULT)) {
      BlockView block = chain.at(0);
      Identity alice = block.identity(ALICE).orElseThrow();

      assertThat(alice.text("name")).isEqualTo("Alice");
      assertThat(alice.text("url")).isEqualTo("https://example.org");
      assertThat(alice.text("discord")).isEmpty();
      assertThat(block.subnetIdentity(6).orElseThrow().text("name")).isEqualTo("a subnet");
      assertThat(block.identity(Keypair.fromUri("//Bob").account())).isEmpty();
      assertThat(block.subnetIdentity(7)).isEmpty();
    }
  }

  private static byte[] key(String item, Value of) {
    return METADATA.storageKey("SubtensorModule", item, List.of(of));
  }

  private static byte[] identity(String name) {
    return new ScaleWriter()
        .byteVec(name.getBytes(StandardCharsets.UTF_8))
        .byteVec("https://example.org".getBytes(StandardCharsets.UTF_8))
        .toByteArray();
  }
}
