package dev.assay.chain.timelock;

import java.util.Arrays;
import java.util.HexFormat;
import supranational.blst.P2;

/** The public key of a beacon: a point of G2. Immutable. */
public final class BeaconKey {
  private final byte[] compressed;

  private BeaconKey(byte[] compressed) {
    this.compressed = compressed;
    point();
  }

  /**
   * The key of a compressed point.
   *
   * @param compressed 96 bytes
   * @throws IllegalArgumentException if they are not a point of G2's prime-order group
   */
  public static BeaconKey of(byte[] compressed) {
    return new BeaconKey(compressed.clone());
  }

  /** The same from 192 hexadecimal digits. */
  public static BeaconKey fromHex(String hex) {
    return new BeaconKey(HexFormat.of().parseHex(hex));
  }

  /** The 96 bytes of the compressed point. */
  public byte[] bytes() {
    return compressed.clone();
  }

  /**
   * Whether a beacon with this key signed a round.
   *
   * @param signature 48 bytes
   * @throws IllegalArgumentException if the signature is not a point of G1's prime-order group
   */
  public boolean verifies(long round, byte[] signature) {
    return Bls.verifies(point(), DrandChain.identity(round), Bls.signature(signature));
  }

  /** A fresh object: the library's points are mutable. */
  P2 point() {
    return Bls.publicKey(compressed);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof BeaconKey key && Arrays.equals(compressed, key.compressed);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(compressed);
  }

  @Override
  public String toString() {
    return HexFormat.of().formatHex(compressed);
  }
}
