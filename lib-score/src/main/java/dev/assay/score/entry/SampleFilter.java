package dev.assay.score.entry;

import java.util.List;

/** Which of a round's samples decide anything. */
public final class SampleFilter {
  /** By sample; those that the round doesn't have count. */
  private final boolean[] skipped;

  private SampleFilter(boolean[] skipped) {
    this.skipped = skipped;
  }

  /** Every sample counts. */
  public static SampleFilter all(List<ModelResult> models) {
    return new SampleFilter(new boolean[longest(models)]);
  }

  /**
   * Skips what is empty: marked so by a model, or without a finite loss of any model, which says
   * something about the sample and nothing about a model.
   */
  public static SampleFilter withoutEmpty(List<ModelResult> models) {
    boolean[] skipped = new boolean[longest(models)];
    for (int i = 0; i < skipped.length; i++) {
      skipped[i] = isEmpty(models, i);
    }
    return new SampleFilter(skipped);
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
    return sample >= skipped.length || !skipped[sample];
  }

  /** How many samples the round has, skipped ones included. */
  public int count() {
    return skipped.length;
  }
}
