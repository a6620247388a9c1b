package dev.assay.score.contest;

import dev.assay.score.Limits;
import java.util.List;

/**
 * What is known of a round's samples beside the losses on them.
 *
 * @param window the window's number, or -1 where there are no windows. Evidence of one window is
 *     never counted twice
 * @param clusters for each sample what it shares with others, for example its source or its
 *     prompt's family; samples of one cluster are not independent. Empty where each stands for
 *     itself
 */
public record Samples(long window, List<String> clusters) {
  /** Independent samples outside any window. */
  public static final Samples INDEPENDENT = new Samples(-1, List.of());

  public Samples {
    Limits.atLeast("window", window, -1);
    clusters = List.copyOf(clusters);
  }
}
