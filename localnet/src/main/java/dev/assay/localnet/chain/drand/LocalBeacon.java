package dev.assay.localnet.chain.drand;

import dev.assay.chain.scale.Bytes;
import dev.assay.chain.scale.ScaleWriter;
import dev.assay.chain.timelock.Beacon;
import dev.assay.chain.timelock.DrandChain;
import dev.assay.localnet.chain.drand.DrandTypes.Pulse;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * The chain's own beacon: drand's cryptography with a key of its own, so that anyone can encrypt to
 * its rounds and the chain can open them without the network. Its rounds come by the chain's time,
 * three seconds apart from the genesis on.
 */
public final class LocalBeacon {
  private static final Duration PERIOD = Duration.ofSeconds(3);
  private static final int MAX_AT_ONCE = 64;

  private final Beacon beacon;
  private final DrandChain timetable;

  private LocalBeacon(Beacon beacon, DrandChain timetable) {
    this.beacon = beacon;
    this.timetable = timetable;
  }

  /** The beacon that a seed determines. */
  public static LocalBeacon of(long seed, Instant genesis) {
    byte[] words = new ScaleWriter().string("assay localnet beacon").u64(seed).toByteArray();
    Beacon beacon = Beacon.fromSeed(sha256(words));
    return new LocalBeacon(beacon, new DrandChain(beacon.publicKey(), genesis, PERIOD));
  }

  /** Its key and when its rounds come. */
  public DrandChain timetable() {
    return timetable;
  }

  /** One round of it. */
  public Pulse pulse(long round) {
    byte[] signature = beacon.signature(round);
    return new Pulse(round, new Bytes(sha256(signature)), new Bytes(signature));
  }

  /** The newest round at a time, 0 before the first. */
  public long newest(Instant time) {
    Duration since = Duration.between(timetable.genesis(), time);
    return since.isNegative() ? 0 : since.dividedBy(PERIOD) + 1;
  }

  /** The rounds after {@code last} that have come at a time; the newest ones if they are many. */
  public List<Pulse> due(long last, Instant time) {
    long newest = newest(time);
    List<Pulse> pulses = new ArrayList<>();
    for (long round = Math.max(last + 1, newest - MAX_AT_ONCE + 1); round <= newest; round++) {
      pulses.add(pulse(round));
    }
    return pulses;
  }

  private static byte[] sha256(byte[] bytes) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(bytes);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
