package dev.assay.model.loss;

/** What became of one sample under one model. */
public enum SampleVerdict {
  OK,
  /** No token of the sample counts: the prompt fills it. */
  EMPTY,
  /** The model gives a loss that is not a number or is infinite. */
  NON_FINITE
}
