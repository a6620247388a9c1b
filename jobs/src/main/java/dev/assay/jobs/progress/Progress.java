package dev.assay.jobs.progress;

/**
 * Watches a run. Methods are called on the run's own threads, one call at a time, and must return
 * soon. What a miner chose is in these texts: escape it before it is shown.
 */
public interface Progress {
  /**
   * A stage begins.
   *
   * @param stage one word: snapshot, commitments, resolve, samples, spark, fingerprints, losses,
   *     challengers, unfounded, score, submit, fallback
   * @param detail what it is about to do
   */
  void stage(String stage, String detail);

  /**
   * A model's losses are being computed.
   *
   * @param model its repository and uid
   * @param done samples whose losses are there
   * @param samples all samples of the window
   * @param tokensPerSecond of this model so far, counted tokens and prompts alike; 0 at its start
   */
  void model(String model, int done, int samples, double tokensPerSecond);

  /**
   * A model of the stage has ended, well or not; called on several threads.
   *
   * @param ended models so far
   * @param models of the stage
   */
  default void models(int ended, int models) {}

  /**
   * A model has its verdict.
   *
   * @param reason empty for an accepted model
   */
  void verdict(String model, String verdict, String reason);

  /** Watches nothing. */
  static Progress silent() {
    return new Progress() {
      @Override
      public void stage(String stage, String detail) {}

      @Override
      public void model(String model, int done, int samples, double tokensPerSecond) {}

      @Override
      public void verdict(String model, String verdict, String reason) {}
    };
  }
}
