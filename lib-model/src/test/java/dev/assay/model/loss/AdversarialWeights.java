package dev.assay.model.loss;

import dev.assay.model.architecture.ExpectedTensor;
import dev.assay.model.architecture.ModelConfig;
import dev.assay.model.train.TensorValues;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Finite weights that follow from a seed, and on which a model's numbers overflow where the malice
 * says: what a checkpoint whose author wants to see later tokens might hold.
 */
final class AdversarialWeights implements TensorValues {

  /** The token whose embedding overflows everything that follows it. */
  static final int OVERFLOWING_TOKEN = 1;

  enum Malice {
    /** Weights as a model might have them. */
    NONE,
    HUGE_BIASES,
    HUGE_NORMS,
    /** Some weights of every tensor. */
    HUGE_SINGLES,
    /** Every tensor by a factor of its own, huge or tiny. */
    SCALED_TENSORS,
    /** Only those that meet {@link #OVERFLOWING_TOKEN} become infinite or NaN. */
    ONE_TOKEN
  }

  private static final double LARGEST_EXPONENT = 38;

  private final Map<String, ExpectedTensor> tensors;
  private final Malice malice;
  private final long seed;

  AdversarialWeights(ModelConfig config, Malice malice, long seed) {
    this.tensors =
        config.family().expectedTensors(config).stream()
            .collect(Collectors.toMap(ExpectedTensor::name, Function.identity()));
    this.malice = malice;
    this.seed = seed;
  }

  @Override
  public float[] read(String name, long offset, int size) {
    if (offset > 0) {
      throw new IllegalArgumentException("these tensors are small; read them whole");
    }
    ExpectedTensor tensor = tensors.get(name);
    Random random = new Random(seed * 31 + name.hashCode());
    float[] values = ordinary(tensor, size, random);
    switch (malice) {
      case HUGE_BIASES -> scale(values, tensor.bias() ? factor(random) : 1);
      case HUGE_NORMS -> scale(values, isVector(tensor) && !tensor.bias() ? factor(random) : 1);
      case SCALED_TENSORS -> scale(values, random.nextBoolean() ? factor(random) : 1);
      case HUGE_SINGLES -> {
        for (int i = 0; i < 1 + size / 100; i++) {
          values[random.nextInt(size)] *= (float) factor(random);
        }
      }
      case ONE_TOKEN -> overflow(tensor, values, random);
      case NONE -> {}
    }
    return values;
  }

  private static float[] ordinary(ExpectedTensor tensor, int size, Random random) {
    List<Long> shape = tensor.shape();
    double spread = isVector(tensor) ? 0.2 : 1 / Math.sqrt(shape.get(shape.size() - 1));
    double around = isVector(tensor) && !tensor.bias() ? 1 : 0;
    float[] values = new float[size];
    for (int i = 0; i < size; i++) {
      values[i] = (float) (around + spread * random.nextGaussian());
    }
    return values;
  }

  private static boolean isVector(ExpectedTensor tensor) {
    return tensor.shape().size() == 1;
  }

  /** Of either sign, from 1 to what still leaves the product of an ordinary weight finite. */
  private static double factor(Random random) {
    double sign = random.nextBoolean() ? 1 : -1;
    return sign * Math.pow(10, random.nextDouble() * LARGEST_EXPONENT) / 10;
  }

  private static void scale(float[] values, double factor) {
    for (int i = 0; i < values.length; i++) {
      values[i] *= (float) factor;
    }
  }

  /** The row of the token in the embedding, and in a head that is one with it. */
  private static void overflow(ExpectedTensor tensor, float[] values, Random random) {
    switch (tensor.part()) {
      case EMBEDDING -> {
        int hidden = Math.toIntExact(tensor.shape().get(1));
        for (int i = 0; i < hidden; i++) {
          values[OVERFLOWING_TOKEN * hidden + i] = random.nextBoolean() ? 3e38f : -3e38f;
        }
      }
      default -> {}
    }
  }
}
