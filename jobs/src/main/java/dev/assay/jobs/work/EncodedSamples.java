package dev.assay.jobs.work;

import dev.assay.jobs.tables.LossRow;
import dev.assay.jobs.tables.SampleRow;
import dev.assay.model.causal.Precision;
import dev.assay.model.loss.Batching;
import dev.assay.model.loss.SampleLoss;
import dev.assay.model.text.EncodedSample;
import java.io.Serializable;
import java.util.List;
import java.util.stream.IntStream;

/**
 * One competition's samples of one window as token ids, encoded once by the driver for all models,
 * with everything that addresses a loss on them besides the model and the kernel.
 */
public final class EncodedSamples implements Serializable {
  private static final long serialVersionUID = 1L;

  private final String[] sampleIds;
  private final long[] blocks;
  private final int[][] ids;
  private final int[] promptLengths;
  private final String tokenizerDigest;
  private final String template;
  private final int sequenceLength;
  private final Precision precision;
  private final Batching batching;

  private EncodedSamples(
      List<SampleRow> samples,
      List<EncodedSample> encoded,
      String tokenizerDigest,
      String template,
      int sequenceLength,
      Precision precision,
      Batching batching) {
    this.sampleIds = samples.stream().map(SampleRow::sampleId).toArray(String[]::new);
    this.blocks = samples.stream().mapToLong(SampleRow::block).toArray();
    this.ids = encoded.stream().map(EncodedSample::ids).toArray(int[][]::new);
    this.promptLengths = encoded.stream().mapToInt(EncodedSample::promptLength).toArray();
    this.tokenizerDigest = tokenizerDigest;
    this.template = template;
    this.sequenceLength = sequenceLength;
    this.precision = precision;
    this.batching = batching;
  }

  /**
   * Samples as they were encoded.
   *
   * @param encoded one a sample, in their order
   * @param tokenizerDigest of the tokenizer's content
   * @param template name of the chat template
   * @param sequenceLength tokens after which a sample was cut
   * @param precision in which models run on them
   * @param batching how they share a model's forward passes
   */
  public static EncodedSamples of(
      List<SampleRow> samples,
      List<EncodedSample> encoded,
      String tokenizerDigest,
      String template,
      int sequenceLength,
      Precision precision,
      Batching batching) {
    return new EncodedSamples(
        samples, encoded, tokenizerDigest, template, sequenceLength, precision, batching);
  }

  /** How many samples there are. */
  public int count() {
    return sampleIds.length;
  }

  /** Digest of a sample's text. */
  public String sampleId(int index) {
    return sampleIds[index];
  }

  /** One sample. */
  public EncodedSample sample(int index) {
    return new EncodedSample(ids[index], promptLengths[index]);
  }

  /** Tokens of one sample, the prompt's included. */
  public int length(int index) {
    return ids[index].length;
  }

  /** The most tokens that go through a model in one step. */
  public int mostTokensAtOnce() {
    return batching.mostTokens(IntStream.range(0, count()).map(this::length).max().orElse(0));
  }

  /** The samples in their order. */
  public List<EncodedSample> all() {
    return IntStream.range(0, count()).mapToObj(this::sample).toList();
  }

  /** Tokens after which a sample was cut. */
  public int sequenceLength() {
    return sequenceLength;
  }

  /** In which models run on them. */
  public Precision precision() {
    return precision;
  }

  /** How they share a model's forward passes. */
  public Batching batching() {
    return batching;
  }

  /** A loss on one of the samples, with all that it is addressed by. */
  public LossRow row(int index, String modelDigest, String kernel, SampleLoss loss) {
    return new LossRow(
        modelDigest,
        sampleIds[index],
        tokenizerDigest,
        template,
        sequenceLength,
        precision.text(),
        kernel,
        loss.verdict().name(),
        loss.lossSum(),
        loss.tokens(),
        blocks[index]);
  }

  /** Whether a loss was computed from this encoding, in this precision and in such batches. */
  public boolean fit(LossRow row) {
    return row.tokenizerDigest().equals(tokenizerDigest)
        && row.template().equals(template)
        && row.sequenceLength() == sequenceLength
        && row.dtype().equals(precision.text())
        && Batching.of(row.kernel()) == batching;
  }
}
