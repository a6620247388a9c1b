package dev.assay.model.train.run;

/** Training led to numbers that are not finite; no later step would mend them. */
public final class DivergedException extends RuntimeException {
  DivergedException(int step, double loss) {
    super(
        "the loss after step "
            + step
            + " is "
            + loss
            + "; start again with a lower learning rate, or more warm-up steps");
  }
}
