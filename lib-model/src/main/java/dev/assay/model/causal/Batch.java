package dev.assay.model.causal;

import dev.assay.model.text.EncodedSample;
import java.util.List;

/**
 * Samples side by side, padded on the right, with the positions whose next token counts. Causal
 * attention never looks at the padding, so it changes no loss. A sample's last token is a label
 * only, and no input.
 */
public final class Batch {
  private final int samples;
  private final int positions;
  private final int[] counts;
  private final long[] ids;
  private final long[] rows;
  private final long[] labels;

  private Batch(int samples, int positions, int counted) {
    this.samples = samples;
    this.positions = positions;
    this.counts = new int[samples];
    this.ids = new long[samples * positions];
    this.rows = new long[counted];
    this.labels = new long[counted];
  }

  /**
   * Lays out samples, each of which must have a token that counts.
   *
   * @throws IllegalArgumentException if a sample has no counted token
   */
  public static Batch of(List<EncodedSample> samples) {
    int positions = 0;
    int counted = 0;
    for (EncodedSample sample : samples) {
      if (counted(sample) == 0) {
        throw new IllegalArgumentException(
            "a sample of "
                + sample.length()
                + " tokens, of which the prompt has "
                + sample.promptLength()
                + ", has no token to count");
      }
      positions = Math.max(positions, sample.length() - 1);
      counted = Math.addExact(counted, counted(sample));
    }
    Math.multiplyExact(samples.size(), positions);
    Batch batch = new Batch(samples.size(), positions, counted);
    int next = 0;
    for (int i = 0; i < samples.size(); i++) {
      next = batch.add(i, samples.get(i), next);
    }
    return batch;
  }

  /** How many tokens of a sample count: those of the response that have a token before them. */
  public static int counted(EncodedSample sample) {
    return Math.max(0, sample.length() - firstLabel(sample));
  }

  private static int firstLabel(EncodedSample sample) {
    return Math.max(1, sample.promptLength());
  }

  private int add(int index, EncodedSample sample, int next) {
    int[] tokens = sample.ids();
    counts[index] = counted(sample);
    for (int position = 0; position < tokens.length - 1; position++) {
      ids[index * positions + position] = tokens[position];
    }
    int row = next;
    for (int label = firstLabel(sample); label < tokens.length; label++) {
      rows[row] = (long) index * positions + label - 1;
      labels[row] = tokens[label];
      row++;
    }
    return row;
  }

  /** Number of samples. */
  public int samples() {
    return samples;
  }

  /** Padded length of the input. */
  int positions() {
    return positions;
  }

  /** Counted tokens of a sample. */
  public int count(int sample) {
    return counts[sample];
  }

  /** Counted tokens of all samples. */
  public int counted() {
    return rows.length;
  }

  /** Input tokens, [samples * positions]; padding is token 0. */
  long[] ids() {
    return ids;
  }

  /** Where the counted tokens are predicted, as indices of {@link #ids}, sample by sample. */
  long[] rows() {
    return rows;
  }

  /** The counted tokens, in the order of {@link #rows}. */
  long[] labels() {
    return labels;
  }
}
