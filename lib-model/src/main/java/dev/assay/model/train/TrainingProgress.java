package dev.assay.model.train;

/** Hears of each optimiser step, in the thread that trains. */
@FunctionalInterface
public interface TrainingProgress {
  void step(TrainingStep step);
}
