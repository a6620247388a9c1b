package dev.assay.localnet.node;

import static dev.assay.localnet.node.TestChain.NETUID;
import static dev.assay.localnet.node.TestChain.key;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.assay.chain.endpoints.ConnectOptions;
import dev.assay.chain.extrinsic.Call;
import dev.assay.chain.hash.Twox;
import dev.assay.chain.metadata.Value;
import dev.assay.chain.scale.ScaleWriter;
import dev.assay.chain.subtensor.Calls;
import dev.assay.chain.subtensor.Subtensor;
import dev.assay.localnet.chain.genesis.Genesis;
import dev.assay.localnet.chain.genesis.SubnetGenesis;
import dev.assay.localnet.chain.shield.XChaCha20Poly1305;
import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.List;
import org.bouncycastle.crypto.InvalidCipherTextException;
import org.bouncycastle.crypto.SecretWithEncapsulation;
import org.bouncycastle.crypto.modes.ChaCha20Poly1305;
import org.bouncycastle.crypto.params.KeyParameter;
import org.bouncycastle.crypto.params.ParametersWithIV;
import org.bouncycastle.pqc.crypto.mlkem.MLKEMGenerator;
import org.bouncycastle.pqc.crypto.mlkem.MLKEMParameters;
import org.bouncycastle.pqc.crypto.mlkem.MLKEMPublicKeyParameters;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Encrypted extrinsics: who opens them, when, and what becomes of those that nobody can open. */
class ShieldIT {
  private static final Genesis GENESIS = TestChain.genesis(SubnetGenesis.of(NETUID)).withShield();
  private static final int LONGEST_ERA = 8;

  @TempDir private Path directory;

  private TestChain chain;

  @BeforeEach
  void start() throws IOException {
    chain = TestChain.startIn(directory, GENESIS);
    chain.advance(3);
  }

  @AfterEach
  void stop() {
    chain.close();
  }

  @Test
  void theAuthorOfTheBlockAfterTheNextOpensIt() throws Exception {
    submit(carrier(encrypted(nextKey(), transfer()), LONGEST_ERA));
    chain.advance(1);
    assertThat(chain.result("author_pendingExtrinsics")).hasSize(1);
    chain.advance(1);

    assertThat(chain.result("author_pendingExtrinsics")).isEmpty();
    assertThat(events()).containsSubsequence("EncryptedSubmitted", "ExtrinsicSuccess", "Transfer");
  }

  @Test
  void aChainThatGoesOnExecutesWhatItOpenedAgain() throws Exception {
    submit(carrier(encrypted(nextKey(), transfer()), LONGEST_ERA));
    chain.advance(2);
    JsonNode head = chain.result("chain_getHead");
    chain.close();

    chain = TestChain.startIn(directory, GENESIS);
    assertThat(chain.result("chain_getHead")).isEqualTo(head);
    submit(carrier(encrypted(nextKey(), transfer()), LONGEST_ERA));
    chain.advance(2);
    assertThat(events()).contains("Transfer");
  }

  @Test
  void whatCannotBeOpenedCostsItsCarrierAlone() throws Exception {
    byte[] broken = encrypted(nextKey(), transfer());
    broken[broken.length - 1] ^= 1;
    submit(carrier(broken, LONGEST_ERA));
    chain.advance(2);

    assertThat(events()).contains("EncryptedSubmitted").doesNotContain("Transfer");
  }

  @Test
  void anInvalidExtrinsicInsideIsLeftOut() throws Exception {
    byte[] inner = transfer();
    inner[inner.length - 1] ^= 1;
    submit(carrier(encrypted(nextKey(), inner), LONGEST_ERA));
    chain.advance(2);

    assertThat(events()).contains("EncryptedSubmitted").doesNotContain("Transfer");
  }

  @Test
  void whatIsEncryptedToAnotherKeyWaitsUntilItsEraEnds() throws Exception {
    byte[] key = nextKey();
    byte[] other = encrypted(key, transfer());
    other[0] ^= 1;
    submit(carrier(other, LONGEST_ERA));
    chain.advance(LONGEST_ERA + 1);

    assertThat(chain.result("author_pendingExtrinsics")).isEmpty();
    assertThat(events()).doesNotContain("EncryptedSubmitted");
  }

  @Test
  void whatIsNoCiphertextIsRefused() {
    JsonNode error = refusal(carrier(new byte[20], LONGEST_ERA));
    assertThat(error.get("code").asInt()).isEqualTo(1010);
    assertThat(error.get("data").asText()).isEqualTo("Custom error: 23");
  }

  @Test
  void anEraOfMoreThanEightBlocksIsRefused() throws Exception {
    JsonNode error = refusal(carrier(encrypted(nextKey(), transfer()), 2 * LONGEST_ERA));
    assertThat(error.get("code").asInt()).isEqualTo(1010);
    assertThat(error.get("data").asText()).isEqualTo("Transaction is outdated");
  }

  private byte[] nextKey() {
    try (Subtensor client = chain.client()) {
      return client.at(client.bestHead()).storage("MevShield", "NextKey").orElseThrow().asBytes();
    }
  }

  private byte[] transfer() {
    Call call = Calls.transferKeepAlive(key("//Charlie").account(), 1_000_000);
    try (Subtensor client = chain.client()) {
      return client.sign(call, key("//Bob")).bytes().asBytes();
    }
  }

  private String carrier(byte[] ciphertext, int era) {
    Call call = Call.of("MevShield", "submit_encrypted").with("ciphertext", Value.of(ciphertext));
    ConnectOptions options = ConnectOptions.DEFAULT.withEraPeriod(era);
    try (Subtensor client = Subtensor.connect(List.of(chain.node.http()), options)) {
      return "0x" + HexFormat.of().formatHex(client.sign(call, key("//Alice")).bytes().asBytes());
    }
  }

  private void submit(String extrinsic) {
    chain.result("author_submitExtrinsic", extrinsic);
  }

  private JsonNode refusal(String extrinsic) {
    return chain.call("author_submitExtrinsic", extrinsic).get("error");
  }

  private List<String> events() {
    try (Subtensor client = chain.client()) {
      return client.at(client.bestHead()).events().stream().map(event -> event.name()).toList();
    }
  }

  /** As a client does it: ML-KEM-768, then XChaCha20-Poly1305. */
  private static byte[] encrypted(byte[] key, byte[] extrinsic) throws InvalidCipherTextException {
    SecretWithEncapsulation secret =
        new MLKEMGenerator(new SecureRandom())
            .generateEncapsulated(new MLKEMPublicKeyParameters(MLKEMParameters.ml_kem_768, key));
    byte[] nonce = new byte[24];
    byte[] subkey = XChaCha20Poly1305.subkey(secret.getSecret(), nonce);
    ChaCha20Poly1305 cipher = new ChaCha20Poly1305();
    cipher.init(true, new ParametersWithIV(new KeyParameter(subkey), new byte[12]));
    byte[] sealed = new byte[cipher.getOutputSize(extrinsic.length)];
    int done = cipher.processBytes(extrinsic, 0, extrinsic.length, sealed, 0);
    cipher.doFinal(sealed, done);
    byte[] encapsulation = secret.getEncapsulation();
    ScaleWriter out = new ScaleWriter().bytes(Twox.twox128(key)).u16(encapsulation.length);
    return out.bytes(encapsulation).bytes(nonce).bytes(sealed).toByteArray();
  }
}
