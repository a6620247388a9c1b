package dev.assay.model.text;

import java.util.Arrays;

/** A sample as token ids; immutable. */
public final class EncodedSample {
  private final int[] ids;
  private final int promptLength;

  /**
   * @param ids prompt and response, cut at the longest length
   * @param promptLength how many leading ids belong to the prompt alone, from 0 to the number of
   *     ids
   */
  public EncodedSample(int[] ids, int promptLength) {
    if (promptLength < 0 || promptLength > ids.length) {
      throw new IllegalArgumentException(
          "a prompt of " + promptLength + " ids in a sample of " + ids.length);
    }
    this.ids = ids.clone();
    this.promptLength = promptLength;
  }

  /** A copy of the ids. */
  public int[] ids() {
    return ids.clone();
  }

  /** Number of ids. */
  public int length() {
    return ids.length;
  }

  /**
   * How many leading ids are the prompt's alone. The loss counts the ids from there on; where this
   * equals {@link #length} there is nothing to count.
   */
  public int promptLength() {
    return promptLength;
  }

  /** Whether no id is counted. */
  public boolean nothingToCount() {
    return promptLength == ids.length;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof EncodedSample that
        && promptLength == that.promptLength
        && Arrays.equals(ids, that.ids);
  }

  @Override
  public int hashCode() {
    return 31 * Arrays.hashCode(ids) + promptLength;
  }

  @Override
  public String toString() {
    return "EncodedSample[" + ids.length + " ids, promptLength=" + promptLength + "]";
  }
}
