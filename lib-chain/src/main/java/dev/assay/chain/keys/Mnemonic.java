package dev.assay.chain.keys;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.random.RandomGenerator;
import org.bouncycastle.crypto.digests.SHA512Digest;
import org.bouncycastle.crypto.generators.PKCS5S2ParametersGenerator;
import org.bouncycastle.crypto.params.KeyParameter;

/**
 * A phrase of 12 to 24 English words (BIP-39) and the seed that Substrate derives from its entropy.
 * The words are a secret and are never shown by {@link #toString}.
 */
public final class Mnemonic {
  private static final List<String> WORDS = readWords();
  private static final int BITS_PER_WORD = 11;
  private static final int ROUNDS = 2048;

  private final String phrase;
  private final byte[] entropy;

  private Mnemonic(String phrase, byte[] entropy) {
    this.phrase = phrase;
    this.entropy = entropy;
  }

  /** Twelve words from 16 bytes of {@code random}, which must be a secure source. */
  public static Mnemonic generate(RandomGenerator random) {
    byte[] entropy = new byte[16];
    random.nextBytes(entropy);
    return new Mnemonic(String.join(" ", words(entropy)), entropy);
  }

  /**
   * Checks words and checksum.
   *
   * @throws IllegalArgumentException if it is no BIP-39 phrase; the message holds no word of it
   */
  public static Mnemonic parse(String phrase) {
    List<String> words = Arrays.asList(phrase.strip().toLowerCase(Locale.ROOT).split("\\s+"));
    if (words.size() % 3 != 0 || words.size() < 12 || words.size() > 24) {
      throw new IllegalArgumentException(
          "a mnemonic has 12, 15, 18, 21 or 24 words, not " + words.size());
    }
    BigInteger bits = BigInteger.ZERO;
    for (int i = 0; i < words.size(); i++) {
      int index = Collections.binarySearch(WORDS, words.get(i));
      if (index < 0) {
        throw new IllegalArgumentException(
            "word " + (i + 1) + " of the mnemonic is not in BIP-39's English list");
      }
      bits = bits.shiftLeft(BITS_PER_WORD).or(BigInteger.valueOf(index));
    }
    int checksumBits = words.size() / 3;
    byte[] entropy = fixedLength(bits.shiftRight(checksumBits), words.size() / 3 * 4);
    if (!words(entropy).equals(words)) {
      throw new IllegalArgumentException(
          "the checksum of the mnemonic is wrong; check the words and their order");
    }
    return new Mnemonic(String.join(" ", words), entropy);
  }

  /** The words, separated by one space: a secret. */
  public String phrase() {
    return phrase;
  }

  /** The 32 bytes of seed under a password, which may be empty: a secret. */
  public byte[] seed(String password) {
    byte[] salt =
        Normalizer.normalize("mnemonic" + password, Normalizer.Form.NFKD)
            .getBytes(StandardCharsets.UTF_8);
    PKCS5S2ParametersGenerator generator = new PKCS5S2ParametersGenerator(new SHA512Digest());
    generator.init(entropy, salt, ROUNDS);
    byte[] derived = ((KeyParameter) generator.generateDerivedParameters(512)).getKey();
    return Arrays.copyOf(derived, Sr25519Secret.SEED_LENGTH);
  }

  @Override
  public String toString() {
    return "Mnemonic[" + entropy.length / 4 * 3 + " words]";
  }

  private static List<String> words(byte[] entropy) {
    int checksumBits = entropy.length / 4;
    int checksum = (sha256(entropy)[0] & 0xff) >>> (8 - checksumBits);
    BigInteger bits =
        new BigInteger(1, entropy).shiftLeft(checksumBits).or(BigInteger.valueOf(checksum));
    int count = checksumBits * 3;
    List<String> words = new ArrayList<>(count);
    for (int i = count - 1; i >= 0; i--) {
      words.add(WORDS.get(bits.shiftRight(i * BITS_PER_WORD).intValue() & 0x7ff));
    }
    return words;
  }

  private static byte[] fixedLength(BigInteger value, int length) {
    byte[] bytes = new byte[length];
    for (int i = 0; i < length; i++) {
      bytes[length - 1 - i] = value.shiftRight(8 * i).byteValue();
    }
    return bytes;
  }

  private static byte[] sha256(byte[] input) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(input);
    } catch (NoSuchAlgorithmException absent) {
      throw new IllegalStateException("every Java runtime has SHA-256", absent);
    }
  }

  private static List<String> readWords() {
    try (InputStream list = Mnemonic.class.getResourceAsStream("bip39-english.txt");
        BufferedReader lines =
            new BufferedReader(new InputStreamReader(list, StandardCharsets.US_ASCII))) {
      return lines.lines().toList();
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }
}
