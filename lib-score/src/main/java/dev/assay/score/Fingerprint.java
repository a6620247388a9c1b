package dev.assay.score;

import java.util.Arrays;

/**
 * A model's weights projected to a few numbers by one fixed random projection, the same for every
 * model of a competition, so that distances between weights are nearly kept (Johnson and
 * Lindenstrauss, 1984). Immutable.
 */
public final class Fingerprint {
  private final double[] values;

  private Fingerprint(double[] values) {
    this.values = values;
  }

  /**
   * A fingerprint of projected values.
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

  /** Euclidean distance to another fingerprint of the same length. */
  double distance(Fingerprint other) {
    if (values.length != other.values.length) {
      throw new IllegalArgumentException(
          "fingerprints: have "
              + values.length
              + " and "
              + other.values.length
              + " values, must have equally many");
    }
    double sum = 0;
    for (int i = 0; i < values.length; i++) {
      double difference = values[i] - other.values[i];
      sum += difference * difference;
    }
    return Math.sqrt(sum);
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
