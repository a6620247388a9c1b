package dev.assay.model.causal;

/**
 * The rates of one step of AdamW (Loshchilov and Hutter, Decoupled Weight Decay Regularization).
 *
 * @param decay decoupled weight decay, of matrices only
 * @param largestNorm gradients are scaled down to this norm; 0: never
 */
public record AdamW(
    double learningRate,
    double beta1,
    double beta2,
    double epsilon,
    double decay,
    double largestNorm) {
  double[] rates() {
    return new double[] {learningRate, beta1, beta2, epsilon, decay, largestNorm};
  }
}
