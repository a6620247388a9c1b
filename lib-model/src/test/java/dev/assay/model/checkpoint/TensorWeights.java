package dev.assay.model.checkpoint;

import java.util.Random;

/** What a test's checkpoint holds: the values of a tensor, by its name and number of elements. */
@FunctionalInterface
public interface TensorWeights {
  float[] of(String tensor, int count);

  /** Normally distributed values; the same for one seed and name. */
  static TensorWeights random(long seed, double deviation) {
    return (tensor, count) -> {
      Random random = new Random(31 * seed + tensor.hashCode());
      float[] values = new float[count];
      for (int i = 0; i < count; i++) {
        values[i] = (float) (deviation * random.nextGaussian());
      }
      return values;
    };
  }

  default TensorWeights plus(TensorWeights other) {
    return (tensor, count) -> {
      float[] values = of(tensor, count);
      float[] more = other.of(tensor, count);
      for (int i = 0; i < count; i++) {
        values[i] += more[i];
      }
      return values;
    };
  }
}
