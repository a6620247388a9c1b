package dev.assay.model.train.run;

import dev.assay.model.train.TrainingProgress;

/** Hears how a training run goes on, in the thread that trains. */
public interface TrainingWatcher extends TrainingProgress {
  /**
   * The run goes on from what an earlier process left.
   *
   * @param done steps that need not be taken again
   */
  void resumed(int done);

  /**
   * The held-out samples were evaluated.
   *
   * @param step that led to the weights; 0: those that training began with
   * @param loss mean of the samples' mean losses
   * @param best whether no earlier weights of the run had a lower loss
   */
  void evaluated(int step, double loss, boolean best);

  /** From here the run goes on after whatever may end the process. */
  void saved(int step);
}
