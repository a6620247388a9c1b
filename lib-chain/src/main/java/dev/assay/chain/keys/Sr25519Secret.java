package dev.assay.chain.keys;

import cafe.cryptography.curve25519.CompressedRistretto;
import cafe.cryptography.curve25519.Constants;
import cafe.cryptography.curve25519.InvalidEncodingException;
import cafe.cryptography.curve25519.Scalar;
import java.math.BigInteger;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;

/**
 * A secret key of sr25519: a scalar and a nonce seed, 32 bytes each. Derivation follows
 * github.com/w3f/schnorrkel, src/keys.rs and src/derive.rs. Never shown.
 */
final class Sr25519Secret {
  static final int SEED_LENGTH = 32;
  static final int LENGTH = 64;

  private static final int SCALAR_LENGTH = 32;

  private final Scalar scalar;
  private final byte[] nonce;
  private final byte[] publicKey;

  private Sr25519Secret(Scalar scalar, byte[] nonce) {
    this.scalar = scalar;
    this.nonce = nonce;
    this.publicKey = Constants.RISTRETTO_GENERATOR_TABLE.multiply(scalar).compress().toByteArray();
  }

  /** Expands a seed of 32 bytes as ed25519 does, with the cofactor divided out of the scalar. */
  static Sr25519Secret fromSeed(byte[] seed) {
    requireLength(seed, SEED_LENGTH, "a seed");
    byte[] expanded = sha512(seed);
    expanded[0] &= (byte) 0xf8;
    expanded[31] &= 0x3f;
    expanded[31] |= 0x40;
    byte[] scalar = divideByCofactor(Arrays.copyOf(expanded, SCALAR_LENGTH));
    return new Sr25519Secret(
        Scalar.fromBits(scalar), Arrays.copyOfRange(expanded, SCALAR_LENGTH, LENGTH));
  }

  /** The 64 bytes that {@link #bytes} gives. */
  static Sr25519Secret fromBytes(byte[] bytes) {
    requireLength(bytes, LENGTH, "an sr25519 secret");
    try {
      Scalar scalar = Scalar.fromCanonicalBytes(Arrays.copyOf(bytes, SCALAR_LENGTH));
      return new Sr25519Secret(scalar, Arrays.copyOfRange(bytes, SCALAR_LENGTH, LENGTH));
    } catch (IllegalArgumentException notCanonical) {
      throw new IllegalArgumentException("the sr25519 secret does not hold a canonical scalar");
    }
  }

  /** Scalar and nonce seed, as the keyfile's {@code privateKey} has them. */
  byte[] bytes() {
    byte[] bytes = Arrays.copyOf(scalar.toByteArray(), LENGTH);
    System.arraycopy(nonce, 0, bytes, SCALAR_LENGTH, SCALAR_LENGTH);
    return bytes;
  }

  Scalar scalar() {
    return scalar;
  }

  byte[] nonce() {
    return nonce;
  }

  byte[] publicKey() {
    return publicKey.clone();
  }

  /** The seed of the hard child under a chain code of 32 bytes. */
  byte[] hardChildSeed(byte[] chainCode) {
    return new Transcript("SchnorrRistrettoHDKD")
        .append("sign-bytes", new byte[0])
        .append("chain-code", chainCode)
        .append("secret-key", scalar.toByteArray())
        .challenge("HDKD-hard", SEED_LENGTH);
  }

  /** The soft child under a chain code of 32 bytes; {@code randomness} goes into its nonce seed. */
  Sr25519Secret softChild(byte[] chainCode, byte[] randomness) {
    Transcript transcript = softTranscript(chainCode, publicKey);
    Scalar offset = Scalar.fromBytesModOrderWide(transcript.challenge("HDKD-scalar", 64));
    transcript.challenge("HDKD-chaincode", 32);
    byte[] childNonce = transcript.witness("HDKD-nonce", bytes(), randomness, SCALAR_LENGTH);
    return new Sr25519Secret(scalar.add(offset).reduce(), childNonce);
  }

  /** The public key of a soft child, without the secret. */
  static AccountId softChild(AccountId parent, byte[] chainCode) {
    Transcript transcript = softTranscript(chainCode, parent.bytes());
    Scalar offset = Scalar.fromBytesModOrderWide(transcript.challenge("HDKD-scalar", 64));
    try {
      return AccountId.of(
          new CompressedRistretto(parent.bytes())
              .decompress()
              .add(Constants.RISTRETTO_GENERATOR_TABLE.multiply(offset))
              .compress()
              .toByteArray());
    } catch (InvalidEncodingException notAPoint) {
      throw new IllegalArgumentException(parent + " is not an sr25519 public key", notAPoint);
    }
  }

  @Override
  public String toString() {
    return "Sr25519Secret[of " + AccountId.of(publicKey) + "]";
  }

  private static Transcript softTranscript(byte[] chainCode, byte[] publicKey) {
    return new Transcript("SchnorrRistrettoHDKD")
        .append("sign-bytes", new byte[0])
        .append("chain-code", chainCode)
        .append("public-key", publicKey);
  }

  private static byte[] divideByCofactor(byte[] littleEndian) {
    return littleEndian(new BigInteger(1, reversed(littleEndian)).shiftRight(3));
  }

  private static byte[] littleEndian(BigInteger value) {
    byte[] bigEndian = value.toByteArray();
    byte[] bytes = new byte[SCALAR_LENGTH];
    for (int i = 0; i < Math.min(bigEndian.length, SCALAR_LENGTH); i++) {
      bytes[i] = bigEndian[bigEndian.length - 1 - i];
    }
    return bytes;
  }

  private static byte[] reversed(byte[] bytes) {
    byte[] reversed = new byte[bytes.length];
    for (int i = 0; i < bytes.length; i++) {
      reversed[i] = bytes[bytes.length - 1 - i];
    }
    return reversed;
  }

  private static byte[] sha512(byte[] input) {
    try {
      return MessageDigest.getInstance("SHA-512").digest(input);
    } catch (NoSuchAlgorithmException absent) {
      throw new IllegalStateException("every Java runtime has SHA-512", absent);
    }
  }

  private static void requireLength(byte[] bytes, int length, String name) {
    if (bytes.length != length) {
      throw new IllegalArgumentException(name + " has " + length + " bytes, not " + bytes.length);
    }
  }
}
