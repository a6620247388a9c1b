package dev.assay.chain.keys;

import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** The secret of a key as its owner has it: a pair, and the words that it came from, if any. */
public final class KeySecret {
  private final Keypair pair;
  private final Optional<Mnemonic> mnemonic;

  private KeySecret(Keypair pair, Optional<Mnemonic> mnemonic) {
    this.pair = pair;
    this.mnemonic = mnemonic;
  }

  /** The secret of a mnemonic without password. */
  public static KeySecret of(Mnemonic mnemonic) {
    return new KeySecret(Keypair.fromMnemonic(mnemonic), Optional.of(mnemonic));
  }

  static KeySecret of(Keypair pair) {
    return new KeySecret(pair, Optional.empty());
  }

  /**
   * Reads a mnemonic, a seed of 64 hexadecimal digits or the JSON of a plain keyfile.
   *
   * @throws KeyfileException if it is none of them; the message holds no part of it
   */
  public static KeySecret parse(String text) {
    String stripped = text.strip();
    if (stripped.indexOf(' ') > 0 && !stripped.startsWith("{")) {
      try {
        return of(Mnemonic.parse(stripped));
      } catch (IllegalArgumentException malformed) {
        throw new KeyfileException("The secret is no mnemonic: " + malformed.getMessage() + ".");
      }
    }
    return of(KeyfileContent.pair(stripped.getBytes(StandardCharsets.UTF_8)));
  }

  /** The pair of keys. */
  public Keypair pair() {
    return pair;
  }

  Optional<Mnemonic> mnemonic() {
    return mnemonic;
  }

  @Override
  public String toString() {
    return "KeySecret[of " + pair.account() + "]";
  }
}
