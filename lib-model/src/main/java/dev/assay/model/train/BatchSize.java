package dev.assay.model.train;

/**
 * How many samples one optimiser step takes.
 *
 * @param samples most samples of one forward and backward pass
 * @param tokens most tokens of one pass, padding included; a longer sample is a pass by itself
 * @param accumulation passes of one optimiser step
 */
public record BatchSize(int samples, int tokens, int accumulation) {
  public BatchSize {
    requireAtLeastOne("samples", samples);
    requireAtLeastOne("tokens", tokens);
    requireAtLeastOne("accumulation", accumulation);
  }

  /** So many samples a pass, whatever their length. */
  public static BatchSize ofSamples(int samples, int accumulation) {
    return new BatchSize(samples, Integer.MAX_VALUE, accumulation);
  }

  /** So many tokens a pass, whatever the number of samples. */
  public static BatchSize ofTokens(int tokens, int accumulation) {
    return new BatchSize(Integer.MAX_VALUE, tokens, accumulation);
  }

  private static void requireAtLeastOne(String name, int value) {
    if (value < 1) {
      throw new IllegalArgumentException(name + " is " + value + "; it must be at least 1");
    }
  }
}
