package dev.assay.chain.timelock;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import supranational.blst.P1;

/**
 * A beacon and its timetable.
 *
 * @param publicKey what its signatures verify against
 * @param genesis when round 1 was published
 * @param period the time from one round to the next
 */
public record DrandChain(BeaconKey publicKey, Instant genesis, Duration period) {

  /**
   * The beacon that subtensor reveals by: drand's quicknet, chain
   * 52db9ba70e0cc0f6eaf7803dd07447a1f5477735fd3f661792ba94600c84e971 (its parameters as served at
   * {@code /info} by the drand network).
   */
  public static final DrandChain QUICKNET =
      new DrandChain(
          BeaconKey.fromHex(
              "83cf0f2896adee7eb8b5f01fcad3912212c437e0073e911fb90022d3e760183c"
                  + "8c4b450b6a0a6c3ac6a5776a2d1064510d1fec758c921cc22b0e17e63aaf4bcb"
                  + "5ed66304de9cf809bd274ca73bab4af5a6e9c76a4bc09e76eae8991ef5ece45a"),
          Instant.ofEpochSecond(1_692_803_367),
          Duration.ofSeconds(3));

  public DrandChain {
    if (period.isNegative() || period.isZero()) {
      throw new IllegalArgumentException(
          "The period of a beacon is " + period + "; it must be positive.");
    }
  }

  /**
   * The round to encrypt to for a reveal at {@code time}: whole periods since genesis, at least 1
   * (bittensor-drand, {@code generate_commit_v2}). It is published one period before that at the
   * latest.
   */
  public long roundFor(Instant time) {
    return Math.max(1, Math.floorDiv(nanos(Duration.between(genesis, time)), nanos(period)));
  }

  /** When a round is published. */
  public Instant publishedAt(long round) {
    return genesis.plus(period.multipliedBy(round - 1));
  }

  /**
   * What a round's signature signs: sha256 of its number in eight bytes, big-endian, hashed to G1.
   */
  static P1 identity(long round) {
    return Bls.hash(Sha256.of(ByteBuffer.allocate(Long.BYTES).putLong(round).array()));
  }

  private static long nanos(Duration duration) {
    return duration.toNanos();
  }
}
