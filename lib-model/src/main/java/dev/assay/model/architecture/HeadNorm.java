package dev.assay.model.architecture;

/** Over what queries and keys are normalised before they rotate. */
public enum HeadNorm {
  NONE,
  /** Each head by itself. */
  HEAD,
  /** The whole projection. */
  FULL
}
