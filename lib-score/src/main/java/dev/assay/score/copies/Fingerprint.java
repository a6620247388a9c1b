package dev.assay.score.copies;

import dev.assay.score.Limits;
import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * A model's weights as a few numbers, in one form for every model of a competition. Models of other
 * architectures have other numbers. Immutable.
 */
public final class Fingerprint {
  private final double[] values;

  private Fingerprint(double[] values) {
    this.values = values;
  }

  /**
   * A fingerprint of values.
   *
   * @throws IllegalArgumentException if there is no value or one is not finite
   */
  public static Fingerprint of(double... values) {
    Limits.atLeast("fingerprint's length", values.length, 1);
    for (double value : values) {
      Limits.between("fingerprint's value", value, -Double.MAX_VALUE, Double.MAX_VALUE);
    }
    return new Fingerprint(values.clone());
  }

  /** Which share of the values must agree: less than the half that a permutation leaves alone. */
  private static final double AGREEING = 0.3;

  /**
   * How far another model lies from this one, as a share of this one's own way from the base: the
   * largest within the nearest 30 % of the values in which this one differs from the base. Not all
   * of them, so that neither a permutation nor what is done to some layers hides a copy; infinite
   * for a model of another architecture, and where this model differs from the base in nothing.
   */
  double share(Fingerprint other, Fingerprint base) {
    if (values.length != other.values.length || values.length != base.values.length) {
      return Double.POSITIVE_INFINITY;
    }
    double[] shares =
        IntStream.range(0, values.length)
            .filter(i -> values[i] != base.values[i])
            .mapToDouble(
                i -> Math.abs(other.values[i] - values[i]) / Math.abs(values[i] - base.values[i]))
            .sorted()
            .toArray();
    return shares.length == 0 ? Double.POSITIVE_INFINITY : shares[(int) (AGREEING * shares.length)];
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Fingerprint that && Arrays.equals(values, that.values);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(values);
  }

  @Override
  public String toString() {
    return "Fingerprint" + Arrays.toString(values);
  }
}
