package dev.assay.chain.node;

/**
 * How an endpoint compares with the others.
 *
 * @param best the height of its best block, 0 where unreachable
 * @param words for the operator
 */
public record EndpointState(String endpoint, Standing standing, long best, String words) {
  /** What is wrong with an endpoint, if anything. */
  public enum Standing {
    /** It serves the same chain, as far as the others. */
    IN_STEP,
    /** It is behind the others. */
    LAGGING,
    /** It has another block than most at a height that is final. */
    FORKED,
    /** Its chain begins with another block than most. */
    OTHER_CHAIN,
    /** It gives no usable answer. */
    UNREACHABLE
  }
}
