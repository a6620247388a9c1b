package dev.assay.interoperation;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.assay.chain.extrinsic.Call;
import dev.assay.chain.hash.Blake2;
import dev.assay.chain.hash.StorageHasher;
import dev.assay.chain.keys.AccountId;
import dev.assay.chain.keys.Keypair;
import dev.assay.chain.keys.Sr25519;
import dev.assay.chain.metadata.Metadata;
import dev.assay.chain.metadata.MetadataParser;
import dev.assay.chain.metadata.TransactionExtension;
import dev.assay.chain.metadata.Value;
import dev.assay.chain.scale.ScaleReader;
import dev.assay.chain.scale.ScaleWriter;
import dev.assay.chain.subtensor.Calls;
import dev.assay.chain.subtensor.Weight;
import dev.assay.chain.weights.HashCommit;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The client against what the main network's runtime and two of its users really produced. */
class RecordedChainIT {
  private static final HexFormat HEX = HexFormat.of();

  private static byte[] recorded;
  private static Metadata metadata;
  private static JsonNode extrinsics;

  @BeforeAll
  static void read() throws IOException {
    recorded = Files.readAllBytes(Places.recorded("metadata/finney-393.v16.scale"));
    metadata = MetadataParser.parse(recorded);
    extrinsics = new ObjectMapper().readTree(Places.recorded("extrinsics.json").toFile());
  }

  @Test
  void theMetadataIsReadToItsLastByte() {
    assertThat(metadata.version()).isEqualTo(16);
    assertThat(metadata.types().size()).isEqualTo(727);
    assertThat(metadata.pallets()).hasSize(27);
    assertThat(metadata.constant("System", "Version").field("spec_version"))
        .isEqualTo(Value.of(393));
    assertThat(metadata.extensions())
        .extracting(TransactionExtension::identifier)
        .containsExactly(
            "CheckNonZeroSender",
            "CheckSpecVersion",
            "CheckTxVersion",
            "CheckGenesis",
            "CheckMortality",
            "CheckNonce",
            "CheckWeight",
            "ChargeTransactionPayment",
            "SudoTransactionExtension",
            "CheckShieldedTxValidity",
            "SubtensorTransactionExtension",
            "DrandPriority",
            "CheckMetadataHash");
  }

  @ParameterizedTest
  @CsvSource({
    "SubtensorModule,Weights,'IDENTITY,IDENTITY'",
    "SubtensorModule,Uids,'IDENTITY,BLAKE2_128_CONCAT'",
    "SubtensorModule,TimelockedWeightCommits,'TWOX_64_CONCAT,TWOX_64_CONCAT'",
    "Commitments,CommitmentOf,'IDENTITY,TWOX_64_CONCAT'",
    "System,Account,BLAKE2_128_CONCAT"
  })
  void hashersAreTheChains(String pallet, String item, String hashers) {
    assertThat(metadata.pallet(pallet).entry(item).hashers())
        .extracting(StorageHasher::name)
        .containsExactly(hashers.split(","));
  }

  @Test
  void everyCallOfOursIsOneOfTheChains() {
    List<Weight> weights = List.of(new Weight(0, 65535), new Weight(3, 7));
    AccountId alice = Keypair.fromUri("//Alice").account();
    HashCommit hashed = HashCommit.of(alice, 6, 0, weights, 27, new Random(1));
    HashCommit mechanism = HashCommit.of(alice, 6, 1, weights, 27, new Random(1));
    List<Call> calls =
        List.of(
            Calls.setWeights(6, weights, 27),
            Calls.setMechanismWeights(6, 1, weights, 27),
            Calls.commitTimelockedWeights(6, new byte[300], 30_000_000, 4),
            Calls.commitTimelockedMechanismWeights(6, 1, new byte[300], 30_000_000, 4),
            hashed.commit(),
            hashed.reveal(),
            mechanism.commit(),
            mechanism.reveal(),
            Calls.setCommitment(6, new byte[128]),
            Calls.burnedRegister(6, alice),
            Calls.addStake(alice, 6, 1),
            Calls.addStakeLimit(alice, 6, 1, 2),
            Calls.removeStake(alice, 6, 1),
            Calls.removeStakeLimit(alice, 6, 1, 2),
            Calls.registerNetwork(alice),
            Calls.startCall(6),
            Calls.transferKeepAlive(alice, 1),
            Calls.serveAxon(6, 1, BigInteger.valueOf(0x7f000001L), 8091, 4));

    for (Call call : calls) {
      byte[] encoded = call.encode(metadata);
      ScaleReader reader = new ScaleReader(encoded);
      int pallet = metadata.pallet(call.pallet()).calls().getAsInt();
      assertThat(reader.u8()).isEqualTo(metadata.pallet(call.pallet()).index());
      Value.Variant decoded = metadata.types().decode(pallet, reader).asVariant();
      reader.end();
      assertThat(decoded.name()).isEqualTo(call.name());
      assertThat(metadata.types().encode(pallet, decoded))
          .isEqualTo(Arrays.copyOfRange(encoded, 1, encoded.length));
    }
  }

  /** The call bytes that a wallet of the main network made, rebuilt from their meaning. */
  @Test
  void aRealTransferIsRebuiltByteForByte() {
    byte[] method = HEX.parseHex(extrinsics.path("extrinsics").path(0).path("method").asText());
    ScaleReader reader = new ScaleReader(method);
    reader.skip(3);
    AccountId destination = AccountId.of(reader.bytes(32));
    long amount = reader.compactLong();

    assertThat(Calls.transferKeepAlive(destination, amount).encode(metadata)).isEqualTo(method);
  }

  @Test
  void aRealTimelockedCommitIsRebuiltByteForByte() {
    byte[] method = HEX.parseHex(extrinsics.path("extrinsics").path(1).path("method").asText());
    ScaleReader reader = new ScaleReader(method);
    reader.skip(2);
    int netuid = reader.u16();
    int mechanism = reader.u8();
    byte[] ciphertext = reader.byteVec();
    long round = reader.u64();
    int version = reader.u16();
    reader.end();

    Call rebuilt =
        Calls.commitTimelockedMechanismWeights(netuid, mechanism, ciphertext, round, version);
    assertThat(rebuilt.encode(metadata)).isEqualTo(method);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1})
  void realSignaturesVerify(int index) {
    JsonNode extrinsic = extrinsics.path("extrinsics").path(index);
    byte[] payload =
        new ScaleWriter()
            .bytes(hex(extrinsic, "method"))
            .bytes(hex(extrinsic, "era"))
            .compact(extrinsic.path("nonce").asLong())
            .compact(extrinsic.path("tip").asLong())
            .u8(0)
            .u32(extrinsics.path("spec_version").asLong())
            .u32(extrinsics.path("transaction_version").asLong())
            .bytes(hex(extrinsics, "genesis"))
            .bytes(hex(extrinsic, "era_block"))
            .u8(0)
            .toByteArray();
    byte[] signed = payload.length > 256 ? Blake2.blake2b256(payload) : payload;

    assertThat(
            Sr25519.verify(
                AccountId.of(hex(extrinsic, "signer")), signed, hex(extrinsic, "signature")))
        .isTrue();
  }

  private static byte[] hex(JsonNode node, String field) {
    return HEX.parseHex(node.path(field).asText());
  }
}
