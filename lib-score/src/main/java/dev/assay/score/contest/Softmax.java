package dev.assay.score.contest;

/** exp(x/T) normalised to sum 1; the largest x is taken off first, so that nothing overflows. */
final class Softmax {
  private Softmax() {}

  static double[] of(double[] values, double temperature) {
    double largest = Double.NEGATIVE_INFINITY;
    for (double value : values) {
      largest = Math.max(largest, value);
    }
    double[] shares = new double[values.length];
    double sum = 0;
    for (int i = 0; i < values.length; i++) {
      // StrictMath, because the result must have the same bits on every machine.
      shares[i] = StrictMath.exp((values[i] - largest) / temperature);
      sum += shares[i];
    }
    for (int i = 0; i < values.length; i++) {
      shares[i] /= sum;
    }
    return shares;
  }
}
