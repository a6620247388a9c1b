package dev.assay.jobs.config;

import dev.assay.chain.timelock.BeaconKey;
import dev.assay.chain.timelock.DrandChain;
import java.time.Duration;
import java.time.Instant;

/**
 * The drand chain by which a subnet that hides weights reveals them, as the beacon's own {@code
 * /info} tells it.
 *
 * @param publicKey 192 hexadecimal digits, a compressed point of G2
 * @param genesisTime when round 1 was published, in seconds since 1970
 * @param period seconds from one round to the next
 * @param scheme of its signatures; timelocks need {@code bls-unchained-g1-rfc9380}
 */
public record BeaconSettings(String publicKey, long genesisTime, int period, String scheme) {
  private static final String SCHEME = "bls-unchained-g1-rfc9380";

  public BeaconSettings {
    Require.present("submit.beacon.public_key", publicKey);
    Require.atLeast("submit.beacon.genesis_time", genesisTime, 0);
    Require.atLeast("submit.beacon.period", period, 1);
    if (!SCHEME.equals(scheme)) {
      throw new IllegalArgumentException("submit.beacon.scheme is " + scheme + "; only " + SCHEME);
    }
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
    return new DrandChain(
        BeaconKey.fromHex(publicKey),
        Instant.ofEpochSecond(genesisTime),
        Duration.ofSeconds(period));
  }
}
