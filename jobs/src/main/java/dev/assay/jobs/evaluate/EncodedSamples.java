package dev.assay.jobs.evaluate;

import dev.assay.jobs.tables.SampleRow;
import dev.assay.model.text.ChatTemplate;
import dev.assay.model.text.EncodedSample;
import dev.assay.model.text.SampleEncoder;
import dev.assay.model.text.Tokenizer;
import java.io.Serializable;
import java.util.List;

/**
 * One competition's samples of one window as token ids, encoded once by the driver for all models.
 */
final class EncodedSamples implements Serializable {
  private static final long serialVersionUID = 1L;

  private final String[] sampleIds;
  private final long[] blocks;
  private final int[][] ids;
  private final int[] promptLengths;
  private final String tokenizerDigest;
  private final String template;
  private final int sequenceLength;
  private final int vocabulary;

  private EncodedSamples(
      List<SampleRow> samples,
      List<EncodedSample> encoded,
      String tokenizerDigest,
      int vocabulary,
      String template,
      int sequenceLength) {
    this.sampleIds = samples.stream().map(SampleRow::sampleId).toArray(String[]::new);
    this.blocks = samples.stream().mapToLong(SampleRow::block).toArray();
    this.ids = encoded.stream().map(EncodedSample::ids).toArray(int[][]::new);
    this.promptLengths = encoded.stream().mapToInt(EncodedSample::promptLength).toArray();
    this.tokenizerDigest = tokenizerDigest;
    this.template = template;
    this.sequenceLength = sequenceLength;
    this.vocabulary = vocabulary;
  }

  /**
   * Encodes.
   *
   * @param template name of the chat template
   * @param sequenceLength tokens after which a sample is cut
   */
  static EncodedSamples of(
      List<SampleRow> samples, Tokenizer tokenizer, String template, int sequenceLength) {
    SampleEncoder encoder =
        new SampleEncoder(tokenizer, ChatTemplate.named(template), sequenceLength);
    List<EncodedSample> encoded =
        samples.stream().map(sample -> encoder.encode(sample.prompt(), sample.response())).toList();
    return new EncodedSamples(
        samples, encoded, tokenizer.digest(), tokenizer.vocabulary(), template, sequenceLength);
  }

  int count() {
    return sampleIds.length;
  }

  String sampleId(int index) {
    return sampleIds[index];
  }

  long block(int index) {
    return blocks[index];
  }

  EncodedSample sample(int index) {
    return new EncodedSample(ids[index], promptLengths[index]);
  }

  /** Tokens of one sample, the prompt's included. */
  int length(int index) {
    return ids[index].length;
  }

  /** One more than the tokenizer's largest id, whatever these samples hold of it. */
  int vocabulary() {
    return vocabulary;
  }

  String tokenizerDigest() {
    return tokenizerDigest;
  }

  String template() {
    return template;
  }

  int sequenceLength() {
    return sequenceLength;
  }
}
