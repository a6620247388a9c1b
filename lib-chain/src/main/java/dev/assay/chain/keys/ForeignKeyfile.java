package dev.assay.chain.keys;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Arrays;
import org.bouncycastle.crypto.params.Ed25519PrivateKeyParameters;

/**
 * Intact keyfiles that Assay can't sign with, reported as such so that no one restores them in
 * vain.
 */
final class ForeignKeyfile {
  /** btwallet's and polkadot-js's numbers and names of what is not sr25519. */
  private static final String[] SCHEMES = {"ed25519", "", "ecdsa"};

  private static final int SR25519 = 1;
  private static final int SECRET_LENGTH = 32;

  private ForeignKeyfile() {}

  /**
   * Refuses JSON that says of itself that it is something else.
   *
   * @throws KeyfileException if it does; the message says what and what to do
   */
  static void refuse(JsonNode json) {
    if (json.path("encoded").isTextual() && json.path("encoding").isObject()) {
      throw new KeyfileException(
          (json.path("accounts").isArray()
                  ? "The keyfile is several accounts that polkadot-js exported together,"
                  : "The keyfile is an account that polkadot-js exported,")
              + " encrypted in a form of its own; turn one into a hotkey with btcli wallet"
              + " regen-hotkey --json, or from its mnemonic.");
    }
    JsonNode type = json.path("cryptoType");
    if (type.isInt() && type.intValue() != SR25519) {
      int number = type.intValue();
      throw otherScheme(
          number >= 0 && number < SCHEMES.length ? SCHEMES[number] : "cryptoType " + number);
    }
    String named = type.asText("").toLowerCase(java.util.Locale.ROOT);
    if (named.equals("ed25519") || named.equals("ecdsa")) {
      throw otherScheme(named);
    }
  }

  /** Whether a seed, or a secret key that begins with one, is an account's by ed25519. */
  static boolean isEd25519(byte[] secret, AccountId account) {
    if (secret.length < SECRET_LENGTH) {
      return false;
    }
    byte[] key =
        new Ed25519PrivateKeyParameters(Arrays.copyOf(secret, SECRET_LENGTH))
            .generatePublicKey()
            .getEncoded();
    return Arrays.equals(key, account.bytes());
  }

  static KeyfileException otherScheme(String scheme) {
    return new KeyfileException(
        "The keyfile is intact, but its key is of "
            + scheme
            + ", and Assay signs with sr25519 alone; register a hotkey of sr25519.");
  }
}
