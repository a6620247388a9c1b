package dev.assay.model.train;

/**
 * The learning rate of each step.
 *
 * @param highest reached after the warm-up; positive
 * @param schedule how it goes on from there
 * @param finalShare share of the highest rate at the end; 0 to 1
 * @param warmupSteps steps over which it rises from 0
 */
public record LearningRate(double highest, Schedule schedule, double finalShare, int warmupSteps) {
  public LearningRate {
    if (!(highest > 0 && Double.isFinite(highest))) {
      throw new IllegalArgumentException(
          "the learning rate is " + highest + "; it must be positive");
    }
    if (!(finalShare >= 0 && finalShare <= 1)) {
      throw new IllegalArgumentException(
          "finalShare is " + finalShare + "; it must be from 0 to 1");
    }
    if (warmupSteps < 0) {
      throw new IllegalArgumentException(
          "warmupSteps is " + warmupSteps + "; it must be at least 0");
    }
  }

  /**
   * The rate of a step.
   *
   * @param step from 0
   * @param steps how many there will be
   */
  double at(int step, int steps) {
    if (step < warmupSteps) {
      return highest * (step + 1) / warmupSteps;
    }
    double progress = (step - warmupSteps) / (double) Math.max(1, steps - warmupSteps);
    return highest * schedule.share(progress, finalShare);
  }
}
