package dev.assay.jobs.config;

import dev.assay.chain.timelock.BeaconKey;
import dev.assay.chain.timelock.DrandChain;
import dev.assay.score.Limits;
import java.time.Duration;
import java.time.Instant;

/**
 * The drand chain by which a subnet that hides weights reveals them, as the beacon's own {@code
 * /info} tells it.
 *
 * @param publicKey 192 hexadecimal digits, a compressed point of G2
 * @param genesisTime when round 1 was published, in seconds since 1970
 * @param period from one round to the next, whole seconds
 * @param scheme of its signatures; timelocks need {@code bls-unchained-g1-rfc9380}
 */
public record BeaconSettings(String publicKey, long genesisTime, Duration period, String scheme) {
  private static final String SCHEME = "bls-unchained-g1-rfc9380";

  public BeaconSettings {
    Limits.all(
        () -> requireKey(publicKey),
        () -> Require.atLeast("submit.beacon.genesis_time", genesisTime, 0),
        () -> Require.whole("submit.beacon.period", period, Duration.ofSeconds(1)),
        () -> requireScheme(scheme));
  }

  private static void requireScheme(String scheme) {
    if (!SCHEME.equals(scheme)) {
      throw new IllegalArgumentException("submit.beacon.scheme is " + scheme + "; only " + SCHEME);
    }
  }

  private static void requireKey(String publicKey) {
    Require.present("submit.beacon.public_key", publicKey);
    try {
      BeaconKey.fromHex(publicKey);
    } catch (IllegalArgumentException noPoint) {
      throw new IllegalArgumentException(
          "submit.beacon.public_key is "
              + publicKey
              + "; 192 hexadecimal digits of a point of G2: "
              + noPoint.getMessage(),
          noPoint);
    }
  }

  /** Its key and timetable. */
  public DrandChain chain() {
    return new DrandChain(BeaconKey.fromHex(publicKey), Instant.ofEpochSecond(genesisTime), period);
  }
}
