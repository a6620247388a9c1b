package dev.assay.score.entry;

import java.util.BitSet;
import java.util.List;

/** Which of a round's samples decide anything. */
public final class SampleFilter {
  private final BitSet skipped;
  private final int count;

  private SampleFilter(BitSet skipped, int count) {
    this.skipped = skipped;
    this.count = count;
  }

  /** Every sample counts. */
  public static SampleFilter all(List<ModelResult> models) {
    return new SampleFilter(new BitSet(), longest(models));
  }

  /**
   * Skips what is empty: marked so by a model, or without a finite loss of any model, which says
   * something about the sample and nothing about a model.
   */
  public static SampleFilter withoutEmpty(List<ModelResult> models) {
    int count = longest(models);
    BitSet skipped = new BitSet(count);
    for (int i = 0; i < count; i++) {
      skipped.set(i, isEmpty(models, i));
    }
    return new SampleFilter(skipped, count);
  }

  private static boolean isEmpty(List<ModelResult> models, int sample) {
    boolean anyFinite = false;
    for (ModelResult model : models) {
      if (sample >= model.losses().count()) {
        continue;
      }
      SampleVerdict verdict = model.losses().verdict(sample);
      if (verdict == SampleVerdict.EMPTY) {
        return true;
      }
      anyFinite |= verdict == SampleVerdict.OK;
    }
    return !anyFinite;
  }

  private static int longest(List<ModelResult> models) {
    return models.stream().mapToInt(model -> model.losses().count()).max().orElse(0);
  }

  /** Whether a sample decides anything. */
  public boolean counts(int sample) {
    return !skipped.get(sample);
  }

  /** How many samples the round has, skipped ones included. */
  public int count() {
    return count;
  }
}
