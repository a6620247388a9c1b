package dev.assay.jobs.progress;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Progress as log lines, for jobs that nobody watches. */
public final class LoggedProgress implements Progress {
  private static final Logger LOG = LoggerFactory.getLogger(LoggedProgress.class);

  @Override
  public void stage(String stage, String detail) {
    LOG.info("{}: {}", stage, detail);
  }

  @Override
  public void model(String model, int done, int samples, double tokensPerSecond) {
    LOG.info("{}: {} of {} samples, {} tokens/s", model, done, samples, (long) tokensPerSecond);
  }

  @Override
  public void verdict(String model, String verdict, String reason) {
    LOG.info("{}: {} {}", model, verdict, reason);
  }
}
