package dev.assay.jobs.validator;

import dev.assay.jobs.progress.Progress;

/** Passes progress on; each word of it is a sign of life. */
record BeatingProgress(Progress progress, Vitals vitals) implements Progress {
  @Override
  public void stage(String stage, String detail) {
    vitals.beat();
    progress.stage(stage, detail);
  }

  @Override
  public void model(String model, int done, int samples, double tokensPerSecond) {
    vitals.beat();
    progress.model(model, done, samples, tokensPerSecond);
  }

  @Override
  public void models(int ended, int of) {
    vitals.beat();
    progress.models(ended, of);
  }

  @Override
  public void verdict(String model, String verdict, String reason) {
    vitals.beat();
    progress.verdict(model, verdict, reason);
  }
}
