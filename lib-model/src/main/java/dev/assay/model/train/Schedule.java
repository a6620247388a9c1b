package dev.assay.model.train;

/** How the learning rate goes on after the warm-up. */
public enum Schedule {
  CONSTANT,
  /** In a straight line down to the final share. */
  LINEAR,
  /** Along half a cosine down to the final share. */
  COSINE;

  /**
   * The share of the highest rate.
   *
   * @param progress from 0, the end of the warm-up, to 1
   * @param finalShare share at the end
   */
  double share(double progress, double finalShare) {
    double falling =
        switch (this) {
          case CONSTANT -> 1;
          case LINEAR -> 1 - progress;
          case COSINE -> 0.5 * (1 + Math.cos(Math.PI * progress));
        };
    return finalShare + (1 - finalShare) * falling;
  }
}
