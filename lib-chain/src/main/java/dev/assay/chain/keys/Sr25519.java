package dev.assay.chain.keys;

import cafe.cryptography.curve25519.CompressedRistretto;
import cafe.cryptography.curve25519.Constants;
import cafe.cryptography.curve25519.InvalidEncodingException;
import cafe.cryptography.curve25519.RistrettoElement;
import cafe.cryptography.curve25519.RistrettoGeneratorTable;
import cafe.cryptography.curve25519.Scalar;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;

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
      Scalar scalar = Scalar.fromCanonicalBytes(response);
      Scalar challenge = challenge(signing(message, publicKey), commitment);
      RistrettoElement expected =
          Constants.RISTRETTO_GENERATOR_TABLE
              .multiply(scalar)
              .subtract(KnownKeys.times(account, challenge));
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

  /**
   * Public keys of which signatures were checked lately. One that comes again and again gets a
   * table of its multiples, as the generator has: some 64 KB, for which its further signatures take
   * little more than half the time.
   */
  private static final class KnownKeys {
    /** Their tables take some 4 MB. */
    private static final int MOST = 64;

    private static final int OFTEN = 50;

    private static final Map<AccountId, KnownKey> KEYS = new LinkedHashMap<>(16, 0.75f, true);

    private static final class KnownKey {
      private final RistrettoElement point;
      private int uses;
      private RistrettoGeneratorTable table;

      KnownKey(RistrettoElement point) {
        this.point = point;
      }

      private synchronized RistrettoGeneratorTable table() {
        if (table == null && ++uses > OFTEN) {
          table = new RistrettoGeneratorTable(point);
        }
        return table;
      }

      RistrettoElement times(Scalar scalar) {
        RistrettoGeneratorTable multiples = table();
        return multiples == null ? point.multiply(scalar) : multiples.multiply(scalar);
      }
    }

    private KnownKeys() {}

    /**
     * A key times a scalar.
     *
     * @throws InvalidEncodingException if it is no key
     */
    static RistrettoElement times(AccountId key, Scalar scalar) throws InvalidEncodingException {
      return known(key).times(scalar);
    }

    private static KnownKey known(AccountId account) throws InvalidEncodingException {
      synchronized (KEYS) {
        KnownKey known = KEYS.get(account);
        if (known != null) {
          return known;
        }
      }
      KnownKey known = new KnownKey(new CompressedRistretto(account.bytes()).decompress());
      synchronized (KEYS) {
        KEYS.putIfAbsent(account, known);
        if (KEYS.size() > MOST) {
          KEYS.remove(KEYS.keySet().iterator().next());
        }
      }
      return known;
    }
  }
}
