package dev.assay.chain.extrinsic;

import java.time.Duration;

/**
 * How an extrinsic's inclusion is awaited.
 *
 * @param poll between two looks at the chain
 * @param limit in all; afterwards the outcome is {@link Outcome.Unknown}
 * @param finality whether inclusion counts only in a finalised block
 */
public record Patience(Duration poll, Duration limit, boolean finality) {
  /** A look each second, for at most ten minutes, at the best chain. */
  public static final Patience DEFAULT =
      new Patience(Duration.ofSeconds(1), Duration.ofMinutes(10), false);
}
