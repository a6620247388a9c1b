package dev.assay.chain.rpc;

import java.time.Duration;

/**
 * How often a read is tried, and how long is waited between: doubling from the first delay to the
 * longest.
 */
public record Retry(int attempts, Duration first, Duration longest) {
  /** Five attempts, 200 ms to 5 s between. */
  public static final Retry DEFAULT = new Retry(5, Duration.ofMillis(200), Duration.ofSeconds(5));

  public Retry {
    if (attempts < 1) {
      throw new IllegalArgumentException("attempts must be 1 or more, not " + attempts);
    }
  }

  Duration delayBefore(int attempt) {
    Duration delay = first.multipliedBy(1L << Math.min(attempt - 1, 20));
    return delay.compareTo(longest) < 0 ? delay : longest;
  }
}
