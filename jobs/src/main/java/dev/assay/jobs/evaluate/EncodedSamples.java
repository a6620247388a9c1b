package dev.assay.jobs.evaluate;

import dev.assay.jobs.tables.SampleRow;
import dev.assay.model.text.EncodedSample;
import dev.assay.model.text.SampleEncoder;
import java.io.Serializable;
import java.util.List;
import java.util.stream.IntStream;

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

  private EncodedSamples(
      List<SampleRow> samples,
      List<EncodedSample> encoded,
      String tokenizerDigest,
      String template,
      int sequenceLength) {
    this.sampleIds = samples.stream().map(SampleRow::sampleId).toArray(String[]::new);
    this.blocks = samples.stream().mapToLong(SampleRow::block).toArray();
    this.ids = encoded.stream().map(EncodedSample::ids).toArray(int[][]::new);
    this.promptLengths = encoded.stream().mapToInt(EncodedSample::promptLength).toArray();
    this.tokenizerDigest = tokenizerDigest;
    this.template = template;
    this.sequenceLength = sequenceLength;
  }

  /**
   * Encodes.
   *
   * @param encoder of the template and with the sequence length that are named
   * @param template name of the chat template
   * @param sequenceLength tokens after which a sample is cut
   */
  static EncodedSamples of(
      List<SampleRow> samples,
      SampleEncoder encoder,
      String tokenizerDigest,
      String template,
      int sequenceLength) {
    List<EncodedSample> encoded =
        samples.stream().map(sample -> encoder.encode(sample.prompt(), sample.response())).toList();
    return new EncodedSamples(samples, encoded, tokenizerDigest, template, sequenceLength);
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

  /** The samples in their order. */
  List<EncodedSample> all() {
    return IntStream.range(0, count()).mapToObj(this::sample).toList();
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
