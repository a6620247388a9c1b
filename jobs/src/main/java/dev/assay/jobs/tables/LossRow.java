package dev.assay.jobs.tables;

import java.io.Serializable;
import java.util.List;

/**
 * One model's loss on one sample, addressed by content: everything that could change the figure is
 * in the key.
 */
@Comment(
    "one model's loss on one sample, addressed by content: everything that could change the figure"
        + " is in the key")
public record LossRow(
    @Comment("digest of the model's content") String modelDigest,
    @Comment("digest of the sample's text") String sampleId,
    @Comment("digest of the tokenizer that made ids of the text") String tokenizerDigest,
    @Comment("name of the chat template that joined prompt and response") String template,
    @Comment("tokens after which a sample is cut off") int sequenceLength,
    @Comment("number format of the computation: f32 or bf16") String dtype,
    @Comment("name of the computation, with its device and version") String kernel,
    @Comment("OK, EMPTY or NON_FINITE") String verdict,
    @Comment("sum of -log p over the counted tokens, in nats") double lossSum,
    @Comment("how many tokens were counted: those of the response") int tokens,
    @Comment("height of the sample's block, by which a window's losses are found") long sampleBlock)
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

  /** The mean over the counted tokens in nats; NaN where the verdict is not OK. */
  public double mean() {
    return verdict.equals("OK") ? lossSum / tokens : Double.NaN;
  }
}
