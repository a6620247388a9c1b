package dev.assay.localnet.chain.runtime;

import dev.assay.chain.hash.Blake2;
import dev.assay.chain.keys.AccountId;
import dev.assay.chain.keys.Sr25519;
import dev.assay.chain.scale.Bytes;
import dev.assay.chain.scale.ScaleReader;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.Optional;
import org.bouncycastle.asn1.x9.X9ECParameters;
import org.bouncycastle.crypto.ec.CustomNamedCurves;
import org.bouncycastle.crypto.params.Ed25519PublicKeyParameters;
import org.bouncycastle.crypto.signers.Ed25519Signer;
import org.bouncycastle.math.ec.ECAlgorithms;
import org.bouncycastle.math.ec.ECPoint;

/** A signature of one of the three schemes by which accounts may sign (sp_runtime's). */
public record MultiSignature(int scheme, Bytes bytes) {
  private static final int ED25519 = 0;
  private static final int SR25519 = 1;
  private static final int ECDSA = 2;
  private static final int LENGTH = 64;
  private static final X9ECParameters CURVE = CustomNamedCurves.getByName("secp256k1");

  /** Reads any of them; ecdsa's has a byte more, by which the key is recovered. */
  static MultiSignature read(ScaleReader in) {
    int scheme = in.u8();
    if (scheme > ECDSA) {
      throw in.fail("no signature scheme: " + scheme);
    }
    return new MultiSignature(scheme, new Bytes(in.bytes(scheme == ECDSA ? LENGTH + 1 : LENGTH)));
  }

  /** Whether the account signed the message. */
  boolean isOf(AccountId account, byte[] message) {
    return switch (scheme) {
      case ED25519 -> ed25519(account, message);
      case SR25519 -> Sr25519.verify(account, message, bytes.raw());
      default ->
          recovered(Blake2.blake2b256(message))
              .filter(key -> Arrays.equals(Blake2.blake2b256(key), account.bytes()))
              .isPresent();
    };
  }

  private boolean ed25519(AccountId account, byte[] message) {
    try {
      Ed25519Signer verifier = new Ed25519Signer();
      verifier.init(false, new Ed25519PublicKeyParameters(account.bytes()));
      verifier.update(message, 0, message.length);
      return verifier.verifySignature(bytes.raw());
    } catch (IllegalArgumentException notAPoint) {
      return false;
    }
  }

  /** The compressed key that made the signature (SEC 1, 4.1.6), where there is one. */
  private Optional<byte[]> recovered(byte[] digest) {
    byte[] raw = bytes.raw();
    BigInteger order = CURVE.getN();
    BigInteger r = new BigInteger(1, raw, 0, LENGTH / 2);
    BigInteger s = new BigInteger(1, raw, LENGTH / 2, LENGTH / 2);
    int id = raw[LENGTH] >= 27 ? raw[LENGTH] - 27 : raw[LENGTH];
    if (id < 0 || id > 1 || outside(r, order) || outside(s, order)) {
      return Optional.empty();
    }
    byte[] encoded = new byte[1 + LENGTH / 2];
    encoded[0] = (byte) (2 + id);
    System.arraycopy(raw, 0, encoded, 1, LENGTH / 2);
    try {
      ECPoint point = CURVE.getCurve().decodePoint(encoded);
      BigInteger inverse = r.modInverse(order);
      BigInteger e = new BigInteger(1, digest);
      ECPoint key =
          ECAlgorithms.sumOfTwoMultiplies(
              CURVE.getG(),
              e.negate().multiply(inverse).mod(order),
              point,
              s.multiply(inverse).mod(order));
      return key.isInfinity() ? Optional.empty() : Optional.of(key.normalize().getEncoded(true));
    } catch (IllegalArgumentException notOnTheCurve) {
      return Optional.empty();
    }
  }

  private static boolean outside(BigInteger number, BigInteger order) {
    return number.signum() <= 0 || number.compareTo(order) >= 0;
  }
}
