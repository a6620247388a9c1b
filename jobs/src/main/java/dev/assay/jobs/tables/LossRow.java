package dev.assay.jobs.tables;

import java.io.Serializable;
import java.util.List;

/**
 * One model's loss on one sample, addressed by content: everything that could change the figure is
 * in the key.
 *
 * @param verdict OK, EMPTY or NON_FINITE
 * @param lossSum sum of −log p over the counted tokens, in nats
 * @param tokens how many were counted
 * @param sampleBlock block of the sample, by which a window's losses are found among all others
 */
public record LossRow(
    String modelDigest,
    String sampleId,
    String tokenizerDigest,
    String template,
    int sequenceLength,
    String dtype,
    String kernel,
    String verdict,
    double lossSum,
    int tokens,
    long sampleBlock)
    implements Serializable {
  public static final TableDefinition<LossRow> TABLE =
      new TableDefinition<>(
          "losses",
          LossRow.class,
          List.of(
              "model_digest",
              "sample_id",
              "tokenizer_digest",
              "template",
              "sequence_length",
              "dtype",
              "kernel"),
          "sample_block");
}
