package dev.assay.jobs.tables;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * One evaluation; written last, so that what it stands beside is complete.
 *
 * @param evaluation digest of its inputs
 * @param block height whose commitments were judged
 * @param window number of the window, block divided by the window's length
 * @param seed hash of the window's first block, which drew the samples
 * @param previous evaluation whose scores were an input
 * @param samplesDigest digest of the drawn samples' ids, in order
 * @param configuration every setting in effect, one JSON object
 * @param versions of code, runtime and engine, one JSON object
 * @param executorMs time that executors spent on it, summed
 * @param downloadedBytes taken from the hub for it
 * @param genesis hash of the chain's block 0, which names the chain; absent in rows of releases
 *     that did not record it
 */
public record EvaluationRow(
    String evaluation,
    int netuid,
    int mechanism,
    long block,
    String blockHash,
    long window,
    String seed,
    String policy,
    Optional<String> previous,
    String samplesDigest,
    int samples,
    int models,
    int accepted,
    String configuration,
    String versions,
    long executorMs,
    long downloadedBytes,
    Instant startedAt,
    Instant finishedAt,
    Optional<String> genesis) {
  public static final TableDefinition<EvaluationRow> TABLE =
      new TableDefinition<>("evaluations", EvaluationRow.class, List.of("evaluation"));
}
