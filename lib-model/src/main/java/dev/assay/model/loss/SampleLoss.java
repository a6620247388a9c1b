package dev.assay.model.loss;

/**
 * One model's loss on one sample.
 *
 * @param lossSum sum of −log p (natural logarithm) over the counted tokens; 0 for {@code EMPTY},
 *     not finite for {@code NON_FINITE}
 * @param tokens how many tokens were counted
 */
public record SampleLoss(SampleVerdict verdict, double lossSum, int tokens) {

  /**
   * Mean loss of a counted token.
   *
   * @throws IllegalStateException unless the verdict is {@code OK}
   */
  public double mean() {
    if (verdict != SampleVerdict.OK) {
      throw new IllegalStateException("a sample that is " + verdict + " has no mean loss");
    }
    return lossSum / tokens;
  }

  private static SampleLoss empty() {
    return new SampleLoss(SampleVerdict.EMPTY, 0, 0);
  }

  /** Sums the losses of the counted tokens, in their order. */
  static SampleLoss of(float[] losses) {
    if (losses.length == 0) {
      return empty();
    }
    double sum = 0;
    for (float loss : losses) {
      sum += loss;
    }
    SampleVerdict verdict = Double.isFinite(sum) ? SampleVerdict.OK : SampleVerdict.NON_FINITE;
    return new SampleLoss(verdict, sum, losses.length);
  }
}
