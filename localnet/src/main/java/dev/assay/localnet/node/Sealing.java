package dev.assay.localnet.node;

import java.time.Duration;
import java.util.Optional;

/**
 * What makes the node seal a block. In every mode {@code engine_createBlock} does, too.
 *
 * @param interval the time between two blocks, where time makes it
 * @param onExtrinsic whether an extrinsic in the pool makes it
 */
public record Sealing(Optional<Duration> interval, boolean onExtrinsic) {
  /** A block as soon as an extrinsic is in the pool. */
  public static final Sealing INSTANT = new Sealing(Optional.empty(), true);

  /** A block only when asked for. */
  public static final Sealing MANUAL = new Sealing(Optional.empty(), false);

  private static final Duration SHORTEST = Duration.ofMillis(50);
  private static final Duration LONGEST = Duration.ofSeconds(12);

  /**
   * A block after each interval of 50 ms to 12 s.
   *
   * @throws IllegalArgumentException when it is shorter or longer
   */
  public static Sealing every(Duration interval) {
    if (interval.compareTo(SHORTEST) < 0 || interval.compareTo(LONGEST) > 0) {
      throw new IllegalArgumentException(
          "a block takes 50 ms to 12 s, not " + interval.toMillis() + " ms");
    }
    return new Sealing(Optional.of(interval), false);
  }
}
