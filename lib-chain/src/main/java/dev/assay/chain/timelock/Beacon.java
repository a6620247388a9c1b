package dev.assay.chain.timelock;

import java.math.BigInteger;
import supranational.blst.P2;
import supranational.blst.SecretKey;

/**
 * The signing side of a beacon, for chains that run their own: one secret, one signature for each
 * round. Never shows its secret.
 */
public final class Beacon {
  private static final int SECRET_LENGTH = 32;

  private final SecretKey secret;
  private final BeaconKey publicKey;

  private Beacon(SecretKey secret) {
    this.secret = secret;
    this.publicKey = BeaconKey.of(new P2(secret).compress());
  }

  /**
   * The beacon that a seed determines (the key generation of the IETF's BLS signature draft 4).
   *
   * @param seed at least 32 secret bytes
   */
  public static Beacon fromSeed(byte[] seed) {
    if (seed.length < SECRET_LENGTH) {
      throw new IllegalArgumentException(
          "A beacon's seed has at least "
              + SECRET_LENGTH
              + " bytes, this one "
              + seed.length
              + ".");
    }
    SecretKey secret = new SecretKey();
    secret.keygen(seed);
    return new Beacon(secret);
  }

  /**
   * The beacon with a given secret.
   *
   * @param secret 32 bytes, big-endian, a number from 1 to the group's order − 1
   */
  public static Beacon fromSecret(byte[] secret) {
    BigInteger number = new BigInteger(1, secret);
    if (secret.length != SECRET_LENGTH
        || number.signum() == 0
        || number.compareTo(Bls.ORDER) >= 0) {
      throw new IllegalArgumentException(
          "A beacon's secret is 32 bytes, big-endian, between 0 and the group's order.");
    }
    SecretKey key = new SecretKey();
    key.from_bendian(secret);
    return new Beacon(key);
  }

  public BeaconKey publicKey() {
    return publicKey;
  }

  /** The 48 bytes that open what is encrypted to a round. */
  public byte[] signature(long round) {
    return DrandChain.identity(round).sign_with(secret).compress();
  }

  @Override
  public String toString() {
    return "Beacon[publicKey=" + publicKey + "]";
  }
}
