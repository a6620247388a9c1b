package dev.assay.chain.keys;

import cafe.cryptography.curve25519.CompressedRistretto;
import cafe.cryptography.curve25519.Constants;
import cafe.cryptography.curve25519.InvalidEncodingException;
import cafe.cryptography.curve25519.RistrettoElement;
import cafe.cryptography.curve25519.Scalar;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Schnorr signatures over Ristretto as Substrate makes them (the schnorrkel crate, context {@code
 * substrate}). Transcript labels are those of github.com/w3f/schnorrkel, src/sign.rs.
 */
public final class Sr25519 {
  /** The bytes of a signature. */
  public static final int SIGNATURE_LENGTH = 64;

  private static final int POINT_LENGTH = 32;

  private Sr25519() {}

  /** The signature of {@code message}; {@code randomness} is 32 bytes that hedge the nonce. */
  static byte[] sign(Sr25519Secret secret, byte[] message, byte[] randomness) {
    byte[] publicKey = secret.publicKey();
    Transcript transcript = signing(message, publicKey);
    byte[] wide = transcript.witness("signing", secret.nonce(), randomness, 64);
    Scalar nonce = Scalar.fromBytesModOrderWide(wide);
    byte[] commitment =
        Constants.RISTRETTO_GENERATOR_TABLE.multiply(nonce).compress().toByteArray();
    Scalar challenge = challenge(transcript, commitment);
    byte[] response = challenge.multiplyAndAdd(secret.scalar(), nonce).toByteArray();

    byte[] signature = Arrays.copyOf(commitment, SIGNATURE_LENGTH);
    System.arraycopy(response, 0, signature, POINT_LENGTH, POINT_LENGTH);
    // The highest bit tells a schnorrkel signature from an ed25519 one.
    signature[SIGNATURE_LENGTH - 1] |= (byte) 0x80;
    return signature;
  }

  /** Whether {@code signature} is the account's signature of {@code message}. */
  public static boolean verify(AccountId account, byte[] message, byte[] signature) {
    if (signature.length != SIGNATURE_LENGTH || (signature[SIGNATURE_LENGTH - 1] & 0x80) == 0) {
      return false;
    }
    byte[] publicKey = account.bytes();
    byte[] commitment = Arrays.copyOf(signature, POINT_LENGTH);
    byte[] response = Arrays.copyOfRange(signature, POINT_LENGTH, SIGNATURE_LENGTH);
    response[POINT_LENGTH - 1] &= 0x7f;
    try {
      RistrettoElement point = new CompressedRistretto(publicKey).decompress();
      Scalar scalar = Scalar.fromCanonicalBytes(response);
      Scalar challenge = challenge(signing(message, publicKey), commitment);
      RistrettoElement expected =
          Constants.RISTRETTO_GENERATOR_TABLE.multiply(scalar).subtract(point.multiply(challenge));
      return Arrays.equals(expected.compress().toByteArray(), commitment);
    } catch (InvalidEncodingException | IllegalArgumentException notAPointOrScalar) {
      return false;
    }
  }

  private static Transcript signing(byte[] message, byte[] publicKey) {
    return new Transcript("SigningContext")
        .append("", "substrate".getBytes(StandardCharsets.US_ASCII))
        .append("sign-bytes", message)
        .append("proto-name", "Schnorr-sig".getBytes(StandardCharsets.US_ASCII))
        .append("sign:pk", publicKey);
  }

  private static Scalar challenge(Transcript transcript, byte[] commitment) {
    transcript.append("sign:R", commitment);
    return Scalar.fromBytesModOrderWide(transcript.challenge("sign:c", 64));
  }
}
