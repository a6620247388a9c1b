package dev.assay.model.causal;

import dev.assay.model.architecture.Experts;
import dev.assay.model.architecture.Part;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.IntStream;

/** A layer's mixture of experts as plain loops, a part of the oracle. */
final class ReferenceExperts {
  private final Experts experts;
  private final ReferenceWeights weights;
  private final int layer;
  private final DoubleUnaryOperator activation;

  ReferenceExperts(
      Experts experts, ReferenceWeights weights, int layer, DoubleUnaryOperator activation) {
    this.experts = experts;
    this.weights = weights;
    this.layer = layer;
    this.activation = activation;
  }

  double[] output(double[] x) {
    double[] shares = softmax(product(weights.weight(layer, Part.ROUTER), 0, x, experts.count()));
    List<Integer> best =
        IntStream.range(0, experts.count())
            .boxed()
            .sorted(Comparator.comparingDouble(e -> -shares[e]))
            .limit(experts.active())
            .toList();
    double sum = experts.renormalised() ? best.stream().mapToDouble(e -> shares[e]).sum() : 1;
    double[] y = new double[x.length];
    for (int expert : best) {
      add(y, fedForward(x, expert, experts.innerSize()), shares[expert] / sum);
    }
    if (weights.has(layer, Part.SHARED_ROUTER)) {
      double logit = product(weights.weight(layer, Part.SHARED_ROUTER), 0, x, 1)[0];
      double[] shared = fedForward(x, experts.count(), experts.sharedInnerSize());
      add(y, shared, 1 / (1 + Math.exp(-logit)));
    }
    return y;
  }

  /** The weights of a layer's experts follow one another, the shared one's last. */
  private double[] fedForward(double[] x, int expert, int inner) {
    int start = expert * experts.innerSize() * x.length;
    double[] gate = product(weights.weight(layer, Part.GATE), start, x, inner);
    double[] up = product(weights.weight(layer, Part.UP), start, x, inner);
    double[] middle = new double[inner];
    Arrays.setAll(middle, i -> activation.applyAsDouble(gate[i]) * up[i]);
    return product(weights.weight(layer, Part.DOWN), start, middle, x.length);
  }

  private static double[] product(double[] weight, int start, double[] x, int out) {
    double[] y = new double[out];
    for (int o = 0; o < out; o++) {
      for (int i = 0; i < x.length; i++) {
        y[o] += weight[start + o * x.length + i] * x[i];
      }
    }
    return y;
  }

  private static double[] softmax(double[] x) {
    double largest = Arrays.stream(x).max().orElseThrow();
    double sum = Arrays.stream(x).map(value -> Math.exp(value - largest)).sum();
    return Arrays.stream(x).map(value -> Math.exp(value - largest) / sum).toArray();
  }

  private static void add(double[] x, double[] y, double share) {
    for (int i = 0; i < x.length; i++) {
      x[i] += share * y[i];
    }
  }
}
