package dev.assay.jobs.config;

import dev.assay.model.loss.Batching;
import dev.assay.score.Limits;
import dev.assay.score.roster.RosterRules;
import java.time.Duration;

/**
 * How models are evaluated.
 *
 * @param competitions file of competitions, beside the configuration file
 * @param cache node-local folder of downloaded checkpoints
 * @param cacheSize that the checkpoints in it may take, on each node; 0 for all that the disk has
 *     but a twentieth
 * @param inFlight models submitted to Spark at once; 0 means one for each task slot, two where
 *     there is one node
 * @param deadline of one model, download included; whole seconds
 * @param attempts executors one model may lose before it counts as crashed
 * @param threads intra-op threads of one task
 * @param gpusPerTask 0 for CPU; a fraction lets small models share one
 * @param batches how samples share a model's forward passes: auto, single or sorted
 * @param leastJudged share of what is paid whose models must not be kept from being judged by our
 *     own side, 0 to 1; below it nothing is completed
 * @param visibleWithinBlocks blocks after a commitment by which its repository must be public
 * @param roster which models a window evaluates
 */
public record EvaluationSettings(
    String competitions,
    String cache,
    DataSize cacheSize,
    int inFlight,
    Duration deadline,
    int attempts,
    int threads,
    double gpusPerTask,
    String batches,
    double leastJudged,
    int visibleWithinBlocks,
    RosterRules roster) {
  private static final DataSize NO_BUDGET = new DataSize(0);
  private static final DataSize LARGEST = new DataSize(Long.MAX_VALUE);

  private static final String AUTO = "auto";
  private static final String SORTED = "sorted";

  public EvaluationSettings {
    Limits.all(
        () -> Require.path("evaluation.competitions", competitions),
        () -> Require.path("evaluation.cache", cache),
        () -> Require.within("evaluation.cache_size", cacheSize, NO_BUDGET, LARGEST),
        () -> Require.atLeast("evaluation.in_flight", inFlight, 0),
        () -> Require.whole("evaluation.deadline", deadline, Duration.ofSeconds(1)),
        () -> Require.within("evaluation.attempts", attempts, 1, 10),
        () -> Require.within("evaluation.threads", threads, 1, 1024),
        () -> Require.within("evaluation.gpus_per_task", gpusPerTask, 0, 8),
        () -> Require.oneOf("evaluation.batches", batches, AUTO, "single", SORTED),
        () -> Require.within("evaluation.least_judged", leastJudged, 0, 1),
        () -> Require.atLeast("evaluation.visible_within_blocks", visibleWithinBlocks, 0));
  }

  /** How samples share a model's forward passes: by themselves, sorted on a GPU alone. */
  public Batching batching() {
    boolean sorted = batches.equals(AUTO) ? gpusPerTask > 0 : batches.equals(SORTED);
    return sorted ? Batching.SORTED : Batching.SINGLE;
  }
}
