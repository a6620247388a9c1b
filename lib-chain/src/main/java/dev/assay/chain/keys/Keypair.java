package dev.assay.chain.keys;

import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Objects;
import java.util.random.RandomGenerator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An sr25519 key pair. Its secret never leaves it but through {@link Wallet}'s files and is never
 * shown.
 */
public final class Keypair implements Signer {
  /** The phrase that development keys such as {@code //Alice} are derived from; public. */
  private static final String DEVELOPMENT_PHRASE =
      "bottom drive obey lake curtain smoke basket hold race lonely fit walk";

  /** Possessive, since the matcher would else keep each step of a long path on its stack. */
  private static final Pattern URI =
      Pattern.compile("(?<base>[^/]*)(?<path>(//?[^/]+)*+)(///(?<password>.*))?");

  private static final Pattern HEX_SEED = Pattern.compile("0x[0-9a-fA-F]{64}");
  private static final int HEDGE_LENGTH = 32;

  private final Sr25519Secret secret;
  private final AccountId account;
  private final RandomGenerator random;

  private Keypair(Sr25519Secret secret, RandomGenerator random) {
    this.secret = secret;
    this.account = AccountId.of(secret.publicKey());
    this.random = Objects.requireNonNull(random, "random");
  }

  /** The pair of a seed of 32 bytes. */
  public static Keypair fromSeed(byte[] seed) {
    return new Keypair(Sr25519Secret.fromSeed(seed), new SecureRandom());
  }

  /** The pair of a mnemonic without password. */
  public static Keypair fromMnemonic(Mnemonic mnemonic) {
    return fromSeed(mnemonic.seed(""));
  }

  /**
   * The pair that a secret URI names: a mnemonic or {@code 0x} and 64 hexadecimal digits, then
   * steps {@code //hard} or {@code /soft}, then {@code ///password}. Without the first, the public
   * development phrase: {@code //Alice}.
   *
   * @throws IllegalArgumentException if it is none; the message holds no part of the secret
   */
  public static Keypair fromUri(String uri) {
    Matcher parts = URI.matcher(uri);
    if (!parts.matches()) {
      throw new IllegalArgumentException(
          "the secret URI is not a mnemonic or 0x seed with steps //hard or /soft");
    }
    String password = parts.group("password") == null ? "" : parts.group("password");
    Keypair pair = fromSeed(seed(parts.group("base"), password));
    for (Junction junction : Junction.path(parts.group("path"))) {
      pair = pair.child(junction);
    }
    return pair;
  }

  /** The pair of the 64 bytes that a keyfile's {@code privateKey} holds. */
  static Keypair fromSecret(byte[] bytes) {
    return new Keypair(Sr25519Secret.fromBytes(bytes), new SecureRandom());
  }

  /**
   * The same pair with another source of randomness. Signatures draw 32 bytes from it to hedge
   * their nonce, which also depends on secret and message: a seeded source gives repeatable
   * signatures and stays safe.
   */
  public Keypair withRandomness(RandomGenerator source) {
    return new Keypair(secret, source);
  }

  /** The child under a path such as {@code //hard/soft}. */
  public Keypair derive(String path) {
    Keypair pair = this;
    for (Junction junction : Junction.path(path)) {
      pair = pair.child(junction);
    }
    return pair;
  }

  @Override
  public AccountId account() {
    return account;
  }

  @Override
  public byte[] sign(byte[] message) {
    return Sr25519.sign(secret, message, draw());
  }

  @Override
  public String toString() {
    return "Keypair[of " + account + "]";
  }

  byte[] secretBytes() {
    return secret.bytes();
  }

  private Keypair child(Junction junction) {
    byte[] code = junction.chainCode();
    return new Keypair(
        junction.hard()
            ? Sr25519Secret.fromSeed(secret.hardChildSeed(code))
            : secret.softChild(code, draw()),
        random);
  }

  private byte[] draw() {
    byte[] drawn = new byte[HEDGE_LENGTH];
    random.nextBytes(drawn);
    return drawn;
  }

  private static byte[] seed(String base, String password) {
    if (HEX_SEED.matcher(base).matches()) {
      return HexFormat.of().parseHex(base.substring(2));
    }
    String phrase = base.isEmpty() ? DEVELOPMENT_PHRASE : base;
    return Mnemonic.parse(phrase).seed(password);
  }
}
