package dev.assay.jobs.judge;

import dev.assay.jobs.tables.LossRow;
import java.io.Serializable;
import java.time.Duration;
import java.util.List;

/**
 * Losses as they come, told while the task still runs.
 *
 * @param tokensPerSecond of the model so far, prompts included
 */
public record ToldLosses(List<LossRow> losses, double tokensPerSecond) implements Serializable {
  /** What so many tokens take at this pace. */
  public Duration timeOf(int tokens) {
    return Duration.ofMillis(Math.round(Math.min(1e12, 1e3 * tokens / tokensPerSecond)));
  }
}
