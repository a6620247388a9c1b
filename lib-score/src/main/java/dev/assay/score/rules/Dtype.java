package dev.assay.score.rules;

/** The number format in which a competition's models are evaluated. */
public enum Dtype {
  /** IEEE 754 binary32. */
  F32,
  /** bfloat16 weights and activations, losses reduced in binary32. */
  BF16
}
