package dev.assay.score.entry;

import java.util.Arrays;

/**
 * One model's mean loss per token (nats) on each sample, in the samples' order; immutable. A value
 * that is not finite is kept as it is, because the original's rule matches it.
 */
public final class Losses {
  private static final Losses NONE = new Losses(new double[0], new SampleVerdict[0]);

  private final double[] values;
  private final SampleVerdict[] verdicts;

  private Losses(double[] values, SampleVerdict[] verdicts) {
    this.values = values;
    this.verdicts = verdicts;
  }

  /** No losses: the model was never evaluated. */
  public static Losses none() {
    return NONE;
  }

  /** Losses of which a finite one is OK and any other is NON_FINITE. */
  public static Losses of(double... values) {
    SampleVerdict[] verdicts = new SampleVerdict[values.length];
    for (int i = 0; i < values.length; i++) {
      verdicts[i] = Double.isFinite(values[i]) ? SampleVerdict.OK : SampleVerdict.NON_FINITE;
    }
    return new Losses(values.clone(), verdicts);
  }

  /**
   * Losses with what became of each sample.
   *
   * @throws IllegalArgumentException if the lengths differ, or a loss is OK and not finite, or
   *     finite and not OK
   */
  public static Losses of(double[] values, SampleVerdict[] verdicts) {
    if (values.length != verdicts.length) {
      throw new IllegalArgumentException(
          "losses: " + values.length + " values, but " + verdicts.length + " verdicts");
    }
    for (int i = 0; i < values.length; i++) {
      if (Double.isFinite(values[i]) != (verdicts[i] == SampleVerdict.OK)) {
        throw new IllegalArgumentException(
            "losses: sample " + i + " is " + verdicts[i] + ", but its loss is " + values[i]);
      }
    }
    return new Losses(values.clone(), verdicts.clone());
  }

  /** How many samples there are. */
  public int count() {
    return values.length;
  }

  /** The loss on sample {@code i}; NaN or infinite where its verdict is not OK. */
  public double at(int i) {
    return values[i];
  }

  /** What became of sample {@code i}. */
  public SampleVerdict verdict(int i) {
    return verdicts[i];
  }

  /** The values in the samples' order. */
  public double[] toArray() {
    return values.clone();
  }

  /** Mean of the OK samples' losses, or NaN where there is none. */
  public double mean() {
    double sum = 0;
    int counted = 0;
    for (int i = 0; i < values.length; i++) {
      if (verdicts[i] == SampleVerdict.OK) {
        sum += values[i];
        counted++;
      }
    }
    return counted == 0 ? Double.NaN : sum / counted;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Losses that
        && Arrays.equals(values, that.values)
        && Arrays.equals(verdicts, that.verdicts);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(values);
  }

  @Override
  public String toString() {
    return "Losses[count=" + values.length + ", mean=" + mean() + "]";
  }
}
