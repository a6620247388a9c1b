package dev.assay.chain.extrinsic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.assay.chain.hash.Blake2;
import dev.assay.chain.keys.Keypair;
import dev.assay.chain.keys.Sr25519;
import dev.assay.chain.metadata.Metadata;
import dev.assay.chain.metadata.MetadataBuilder;
import dev.assay.chain.metadata.MetadataParser;
import dev.assay.chain.metadata.SmallRuntime;
import dev.assay.chain.metadata.Type;
import dev.assay.chain.metadata.Value;
import dev.assay.chain.node.Node;
import dev.assay.chain.node.RuntimeVersion;
import dev.assay.chain.node.Runtimes;
import dev.assay.chain.scale.ScaleReader;
import dev.assay.chain.scale.ScaleWriter;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SignedExtrinsicTest {
  private static final Keypair ALICE = Keypair.fromUri("//Alice");

  /** Twice 10 weights make a payload of less than 256 bytes, twice 100 one of more. */
  @ParameterizedTest
  @ValueSource(ints = {10, 100})
  void theSignatureCoversCallExtensionsAndWhatTheyImply(int weights) {
    byte[] call = weights(weights).encode(MetadataParser.parse(SmallRuntime.metadata(15)));

    Node node = new Node(new InMemoryChain());
    Submission submission =
        new Submission(
            node,
            new Runtimes(node),
            InMemoryChain.hash(0),
            new Patience(Duration.ofMillis(1), Duration.ZERO, false),
            8);

    byte[] whole = submission.sign(weights(weights), ALICE).bytes().asBytes();

    ScaleReader reader = new ScaleReader(whole);
    assertThat(reader.compactInt()).isEqualTo(reader.remaining());
    assertThat(reader.bytes(2)).containsExactly(0x84, 0);
    assertThat(reader.bytes(32)).isEqualTo(ALICE.account().bytes());
    assertThat(reader.u8()).isEqualTo(1);
    byte[] signature = reader.bytes(64);
    byte[] explicit = reader.bytes(5);
    assertThat(HexFormat.of().formatHex(explicit)).isEqualTo("0200000000");
    assertThat(reader.bytes(reader.remaining())).isEqualTo(call);
    byte[] payload =
        new ScaleWriter()
            .bytes(call)
            .bytes(explicit)
            .u32(7)
            .u32(1)
            .bytes(InMemoryChain.hash(0).bytes())
            .bytes(InMemoryChain.hash(0).bytes())
            .u8(0)
            .toByteArray();
    byte[] signed = payload.length > 256 ? Blake2.blake2b256(payload) : payload;
    assertThat(Sr25519.verify(ALICE.account(), signed, signature)).isTrue();
  }

  @Test
  void anUnknownExtensionThatAddsBytesIsRefused() {
    MetadataBuilder builder = new MetadataBuilder(15);
    int calls = builder.enumeration("Call", MetadataBuilder.variant("go", 0));
    int u32 = builder.primitive(Type.Primitive.U32);
    Metadata metadata =
        builder
            .pallet(
                "P", 0, List.of(), Optional.of(calls), Optional.empty(), Optional.empty(), Map.of())
            .extension("CheckMoon", u32, u32)
            .build();
    SigningTerms terms =
        new SigningTerms(
            InMemoryChain.hash(0),
            new RuntimeVersion("small", 7, 1),
            new Era(64, 0),
            InMemoryChain.hash(0),
            0,
            0);

    assertThatThrownBy(() -> SignedExtrinsic.sign(Call.of("P", "go"), metadata, terms, ALICE))
        .isInstanceOf(UnsupportedExtensionException.class)
        .hasMessageContaining("CheckMoon");
  }

  /** The eras of two real extrinsics of the main network, at spec version 467. */
  @ParameterizedTest
  @CsvSource({"32,18,2401", "128,81,1605", "64,42,a502"})
  void erasAreEncodedAsTheChainReadsThem(int period, long birth, String hex) {
    assertThat(HexFormat.of().formatHex(new Era(period, birth).encoded())).isEqualTo(hex);
  }

  private static Call weights(int count) {
    long[] numbers = new long[count];
    return Call.of("SubtensorModule", "set_weights")
        .with("netuid", 6)
        .with("dests", Value.of(numbers))
        .with("weights", Value.of(numbers))
        .with("version_key", 27);
  }
}
