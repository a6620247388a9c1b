package dev.assay.model.architecture;

/** The function between the two halves of a feed-forward block. */
public enum Activation {
  SILU,
  /** The exact form, by the error function. */
  GELU,
  /** The approximation by tanh. */
  GELU_TANH,
  RELU,
  /** The square of RELU. */
  RELU_SQUARED
}
