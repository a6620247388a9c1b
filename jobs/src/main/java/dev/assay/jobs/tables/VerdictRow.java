package dev.assay.jobs.tables;

import java.util.List;
import java.util.Optional;

/**
 * What became of one model in one evaluation.
 *
 * @param verdict one of the closed list
 * @param blame MINER, INFRASTRUCTURE or UNKNOWN; absent for an accepted model
 * @param reason the rule, the value and the limit; empty for an accepted model
 * @param attempt executors it was tried on, 0 when none was needed
 * @param computed samples whose loss this evaluation computed; the others were in the losses table
 * @param tokens counted tokens of all its OK samples
 * @param meanLoss mean of the means of its OK samples, in nats
 */
public record VerdictRow(
    String evaluation,
    String hotkey,
    int uid,
    long committedBlock,
    long registeredBlock,
    Optional<String> competition,
    Optional<String> repository,
    Optional<String> revision,
    Optional<String> modelDigest,
    String verdict,
    Optional<String> blame,
    String reason,
    int attempt,
    int samples,
    int computed,
    long tokens,
    Optional<Double> meanLoss,
    long bytes,
    long downloadMs,
    long loadMs,
    long runMs,
    Optional<String> executor,
    Optional<String> device) {
  public static final TableDefinition<VerdictRow> TABLE =
      new TableDefinition<>("verdicts", VerdictRow.class, List.of("evaluation", "hotkey"));
}
