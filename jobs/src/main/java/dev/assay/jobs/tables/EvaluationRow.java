package dev.assay.jobs.tables;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** One evaluation; written last, so that what it stands beside is complete. */
@Comment("one evaluation; written last, so that what it stands beside is complete")
public record EvaluationRow(
    @Comment("id: digest of the evaluation's inputs") String evaluation,
    @Comment("number of the subnet") int netuid,
    @Comment("number of the subnet's mechanism") int mechanism,
    @Comment("height whose commitments were judged") long block,
    @Comment("hash of that block, 0x and 64 hex digits") String blockHash,
    @Comment("number of the window: block divided by the window's length") long window,
    @Comment("hash of the window's first block, which drew the samples") String seed,
    @Comment("names of the policies that scored it, separated by commas") String policy,
    @Comment("id of the evaluation whose scores were an input; null for the first")
        Optional<String> previous,
    @Comment("digest of the drawn samples' ids, in order") String samplesDigest,
    @Comment("samples drawn, of the competition that drew most") int samples,
    @Comment("hotkeys that were judged") int models,
    @Comment("models with the verdict ACCEPTED") int accepted,
    @Comment("every setting in effect, one JSON object") String configuration,
    @Comment("of code, runtime and engine, one JSON object") String versions,
    @Comment("time that executors spent on it, summed, in milliseconds") long executorMs,
    @Comment("bytes of checkpoints taken from the hub for it") long downloadedBytes,
    @Comment("when it began, by the driver's clock") Instant startedAt,
    @Comment("when it ended, by the driver's clock") Instant finishedAt,
    @Comment("hash of the chain's block 0; null in rows of releases that did not record it")
        Optional<String> genesis) {
  public static final TableDefinition<EvaluationRow> TABLE =
      new TableDefinition<>("evaluations", EvaluationRow.class, List.of("evaluation"));
}
