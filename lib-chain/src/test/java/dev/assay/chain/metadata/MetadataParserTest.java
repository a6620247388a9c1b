package dev.assay.chain.metadata;

import static dev.assay.chain.metadata.MetadataBuilder.field;
import static dev.assay.chain.metadata.MetadataBuilder.variant;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.assay.chain.hash.StorageHasher;
import dev.assay.chain.hash.Twox;
import dev.assay.chain.keys.Keypair;
import dev.assay.chain.scale.ScaleException;
import dev.assay.chain.scale.ScaleReader;
import dev.assay.chain.scale.ScaleWriter;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MetadataParserTest {
  private static final Value ALICE = Value.of(Keypair.fromUri("//Alice").account().bytes());

  @ParameterizedTest
  @ValueSource(ints = {14, 15, 16})
  void everyVersionGivesTheSameRegistry(int version) {
    Metadata metadata = MetadataParser.parse(SmallRuntime.metadata(version));

    assertThat(metadata.version()).isEqualTo(version);
    assertThat(metadata.pallets()).containsOnlyKeys("System", "SubtensorModule", "Commitments");
    assertThat(metadata.pallet("Commitments").entry("CommitmentOf").hashers())
        .containsExactly(StorageHasher.IDENTITY, StorageHasher.TWOX_64_CONCAT);
    assertThat(metadata.extensions())
        .extracting(TransactionExtension::identifier)
        .contains("CheckMortality", "CheckMetadataHash")
        .hasSize(10);
    assertThat(metadata.constant("SubtensorModule", "InitialTempo")).isEqualTo(Value.of(360));
    assertThat(metadata.errorName(7, 7)).isEqualTo("SubtensorModule.SettingWeightsTooFast");
    assertThat(metadata.apis()).hasSize(version == 14 ? 0 : 1);
  }

  @Test
  void callsAreEncodedByName() {
    byte[] call =
        small()
            .encodeCall(
                "SubtensorModule",
                "set_weights",
                Map.of(
                    "netuid", Value.of(6),
                    "dests", Value.of(new long[] {1, 2}),
                    "weights", Value.of(new long[] {65535, 7}),
                    "version_key", Value.of(27)));

    assertThat(HexFormat.of().formatHex(call))
        .isEqualTo("07000600080100020008ffff07001b00000000000000");
  }

  @Test
  void wrongArgumentsAreNamed() {
    assertThatThrownBy(() -> small().encodeCall("SubtensorModule", "set_weights", Map.of()))
        .isInstanceOf(ShapeException.class)
        .hasMessage("SubtensorModule.set_weights needs the argument netuid");
    assertThatThrownBy(
            () ->
                small()
                    .encodeCall(
                        "SubtensorModule", "set_weights", Map.of("netuid", Value.of(65536))))
        .hasMessage(
            "argument netuid of SubtensorModule.set_weights: 65536 is outside the range of u16");
  }

  @Test
  void bytesOfAnotherLengthAreNoAccount() {
    assertThat(Value.of(new byte[32]).asBytes(32)).hasSize(32);
    assertThatThrownBy(() -> Value.of(new byte[20]).asBytes(32))
        .isInstanceOf(ShapeException.class)
        .hasMessageContaining("32 bytes");
  }

  /** Values are encoded by name: with two of one name they could not be. */
  @Test
  void aNameThatATypeGivesTwiceIsRefused() {
    MetadataBuilder variants = new MetadataBuilder(15);
    variants.enumeration("E", variant("None", 0), variant("None", 1));
    MetadataBuilder fields = new MetadataBuilder(15);
    int u8 = fields.primitive(Type.Primitive.U8);
    fields.composite("C", field("a", u8), field("a", u8));

    for (MetadataBuilder twice : List.of(variants, fields)) {
      assertThatThrownBy(twice::build)
          .isInstanceOf(ScaleException.class)
          .hasMessageContaining("two parts of a type have the same name");
    }
  }

  @Test
  void whatTheRuntimeLacksIsNamed() {
    assertThatThrownBy(() -> small().encodeCall("SubtensorModule", "fly", Map.of()))
        .isInstanceOf(MissingItemException.class)
        .hasMessage("the chain's runtime has no call SubtensorModule.fly");
    assertThatThrownBy(() -> small().storageKey("SubtensorModule", "Wings", List.of()))
        .hasMessage("the chain's runtime has no storage item SubtensorModule.Wings");
    assertThatThrownBy(() -> small().method("Api", "fly"))
        .hasMessage("the chain's runtime has no runtime API Api_fly");
  }

  @Test
  void storageKeysFollowTheirHashers() {
    byte[] key = small().storageKey("System", "Account", List.of(ALICE));

    assertThat(HexFormat.of().formatHex(key))
        .isEqualTo(
            // The storage key of //Alice's account on every Substrate chain.
            "26aa394eea5630e07c48ae0c9558cef7b99d880ec681799c0cf30e8886371da9"
                + "de1e86a9a8c739864cf3cc5ec2bea59f"
                + "d43593c715fdd31c61141abd04a99fd6822c8558854ccde39a5684e7a56da27d");
    assertThat(small().keyParts("System", "Account", key)).containsExactly(ALICE);
  }

  @Test
  void partialKeysArePrefixes() {
    Metadata metadata = small();

    byte[] prefix = metadata.storageKey("Commitments", "CommitmentOf", List.of(Value.of(6)));

    assertThat(prefix)
        .isEqualTo(
            new ScaleWriter()
                .bytes(Twox.twox128("Commitments"))
                .bytes(Twox.twox128("CommitmentOf"))
                .u16(6)
                .toByteArray());
  }

  @Test
  void anAbsentKeyMeansTheDefaultUnlessTheItemIsOptional() {
    assertThat(small().storageValue("SubtensorModule", "Tempo", Optional.empty()))
        .contains(Value.of(360));
    assertThat(small().storageValue("Commitments", "CommitmentOf", Optional.empty())).isEmpty();
  }

  @Test
  void compactsOfNewtypesAreNumbers() {
    Metadata metadata = small();
    int argument = metadata.method("SubnetInfoRuntimeApi", "get_twice").inputs().get(0);

    assertThat(metadata.types().encode(argument, Value.of(64))).containsExactly(1, 1);
    assertThat(metadata.types().decode(argument, new byte[] {1, 1})).isEqualTo(Value.of(64));
    assertThatThrownBy(() -> metadata.types().decode(argument, new byte[] {2, 0, 4, 0}))
        .isInstanceOf(ScaleException.class)
        .hasMessageContaining("exceeds 65535");
  }

  @Test
  void otherVersionsAreNamed() {
    byte[] seventeen = SmallRuntime.metadata(16);
    seventeen[4] = 17;

    assertThatThrownBy(() -> MetadataParser.parse(seventeen))
        .isInstanceOf(ScaleException.class)
        .hasMessageContaining("version 17; known are 14, 15 and 16");
  }

  @Test
  void typesThatContainThemselvesHaveNoValue() {
    MetadataBuilder builder = new MetadataBuilder(15);
    int self = builder.nextType();
    builder.composite(
        "Endless", MetadataBuilder.field("a", self), MetadataBuilder.field("b", self));
    Metadata metadata = builder.build();

    assertThatThrownBy(() -> metadata.types().decode(self, new ScaleReader(new byte[100])))
        .isInstanceOf(ScaleException.class);
  }

  @Test
  void typesThatDoubleAtEachStepAreRefusedAtOnce() {
    MetadataBuilder builder = new MetadataBuilder(15);
    int type = builder.primitive(Type.Primitive.BOOL);
    for (int i = 0; i < 60; i++) {
      type = builder.tuple(type, type);
    }
    int doubled = type;
    Metadata metadata = builder.build();

    assertThatThrownBy(() -> metadata.types().decode(doubled, new ScaleReader(new byte[100])))
        .isInstanceOf(ScaleException.class);
  }

  @Test
  void recursiveValuesEndAtADepth() {
    MetadataBuilder builder = new MetadataBuilder(15);
    int self = builder.nextType();
    builder.enumeration(
        "Call",
        MetadataBuilder.variant("Leaf", 0),
        MetadataBuilder.variant("Nested", 1, MetadataBuilder.field("", self)));
    Metadata metadata = builder.build();
    byte[] deep = new byte[10_000];
    Arrays.fill(deep, (byte) 1);

    assertThat(metadata.types().decode(self, new byte[] {1, 1, 0}).at(0).at(0).asVariant().name())
        .isEqualTo("Leaf");
    assertThatThrownBy(() -> metadata.types().decode(self, deep))
        .isInstanceOf(ScaleException.class)
        .hasMessageContaining("nest deeper");
  }

  private static Metadata small() {
    return MetadataParser.parse(SmallRuntime.metadata(15));
  }
}
