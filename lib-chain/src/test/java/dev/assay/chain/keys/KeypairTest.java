package dev.assay.chain.keys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class KeypairTest {
  private static final byte[] MESSAGE = "weights".getBytes(StandardCharsets.UTF_8);

  /** The development accounts that every Substrate node prints. */
  @ParameterizedTest
  @CsvSource({
    "//Alice,5GrwvaEF5zXb26Fz9rcQpDWS57CtERHpNehXCPcNoHGKutQY",
    "//Bob,5FHneW46xGXgs5mUiveU4sbTyGBzmstUspZC92UhjJM694ty",
    "//Charlie,5FLSigC9HGRKVhB9FiEo4Y3koPsNmBmLJbpXg2mp1hXcS59Y",
    "//Dave,5DAAnrj7VHTznn2AWBemMuyBwZWs6FNFjdyVXUeYum3PTXFy",
    "//Alice//stash,5GNJqTPyNqANBkUVMN1LPPrxXnFouWXoe2wNSmmEoLctxiZY",
  })
  void developmentUrisGiveTheKnownAccounts(String uri, String address) {
    assertThat(Keypair.fromUri(uri).account()).hasToString(address);
  }

  /** Vectors of github.com/paritytech/sr25519-crust (test/derive.cpp), path component "foo". */
  @ParameterizedTest
  @CsvSource({"/foo,40b9675df90efa6069ff623b0fdfcf706cd47ca7452a5056c7ad58194d23440a"})
  void softDerivationMatchesSchnorrkel(String path, String publicKey) {
    String seed = "0xfac7959dbfe72f052e5a0c3c8d6530f202b02fd8f9f5ca3580ec8deb7797479e";

    assertThat(Keypair.fromUri(seed + path).account()).isEqualTo(AccountId.fromHex(publicKey));
  }

  @Test
  void softChildrenOfPairAndOfPublicKeyAgree() {
    Keypair parent = Keypair.fromUri("//Alice");

    assertThat(parent.derive("/3").account())
        .isEqualTo(Sr25519Secret.softChild(parent.account(), new Junction("3", false).chainCode()));
  }

  @Test
  void signaturesVerifyForTheirAccountAndMessageOnly() {
    Keypair alice = Keypair.fromUri("//Alice");
    byte[] signature = alice.sign(MESSAGE);

    assertThat(Sr25519.verify(alice.account(), MESSAGE, signature)).isTrue();
    assertThat(Sr25519.verify(Keypair.fromUri("//Bob").account(), MESSAGE, signature)).isFalse();
    assertThat(Sr25519.verify(alice.account(), new byte[] {1}, signature)).isFalse();
    for (int i = 0; i < signature.length; i++) {
      byte[] mutated = signature.clone();
      mutated[i] ^= 1;
      assertThat(Sr25519.verify(alice.account(), MESSAGE, mutated)).isFalse();
    }
  }

  @Test
  void softChildrenSign() {
    Keypair child = Keypair.fromUri("//Alice/validator");

    assertThat(Sr25519.verify(child.account(), MESSAGE, child.sign(MESSAGE))).isTrue();
  }

  @Test
  void aSeededSourceMakesSignaturesRepeatable() {
    Keypair alice = Keypair.fromUri("//Alice");

    byte[] first = alice.withRandomness(new Random(7)).sign(MESSAGE);
    byte[] second = alice.withRandomness(new Random(7)).sign(MESSAGE);

    assertThat(first).isEqualTo(second).isNotEqualTo(alice.sign(MESSAGE));
  }

  /** After the fiftieth its key has a table; at most 64 keys have one at once. */
  @Test
  void aKeyThatIsCheckedOftenIsCheckedAlike() {
    for (int number = 0; number < 70; number++) {
      Keypair signer = Keypair.fromUri("//Often//" + number);
      byte[] signature = signer.sign(MESSAGE);
      byte[] mutated = signature.clone();
      mutated[number % 63] ^= 1;
      for (int i = 0; i < (number % 7 == 0 ? 60 : 1); i++) {
        assertThat(Sr25519.verify(signer.account(), MESSAGE, signature)).isTrue();
        assertThat(Sr25519.verify(signer.account(), MESSAGE, mutated)).isFalse();
      }
    }
  }

  @Test
  void malformedSignaturesAndKeysDoNotVerify() {
    byte[] signature = new byte[64];
    Arrays.fill(signature, (byte) 0xff);
    byte[] notAPoint = signature.clone();

    assertThat(Sr25519.verify(AccountId.of(Arrays.copyOf(notAPoint, 32)), MESSAGE, signature))
        .isFalse();
    assertThat(Sr25519.verify(Keypair.fromUri("//Bob").account(), MESSAGE, new byte[63])).isFalse();
  }

  @Test
  void secretsAreNotShown() {
    assertThat(Keypair.fromUri("//Alice"))
        .hasToString("Keypair[of 5GrwvaEF5zXb26Fz9rcQpDWS57CtERHpNehXCPcNoHGKutQY]");
    assertThatThrownBy(() -> Keypair.fromUri("abandon abandon secretive"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageNotContaining("secretive");
  }

  @Test
  void aPathOfAnyLengthIsReadWithoutAStackForEachStep() {
    assertThatThrownBy(() -> Keypair.fromUri("/a".repeat(100_000) + "//"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("the secret URI is not a mnemonic or 0x seed with steps //hard or /soft");
  }
}
