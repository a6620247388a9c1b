package dev.assay.score.entry;

/** What became of one sample under one model. */
public enum SampleVerdict {
  /** It has a finite loss. */
  OK,
  /** No token of the response is left to count, whatever the model. */
  EMPTY,
  /** The model's loss is NaN or infinite. */
  NON_FINITE
}
