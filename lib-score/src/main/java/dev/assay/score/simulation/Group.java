package dev.assay.score.simulation;

import java.util.Locale;

/** Whose share is counted together. */
public enum Group {
  /** The best honest miner. */
  WINNER,
  /** The other honest miners. */
  OTHERS,
  /** Miners who work together: an incumbent with its clones, a lucky miner with resubmissions. */
  COALITION,
  /** Miners whose models have no finite loss. */
  JUNK;

  /** The name in reports, in lower case. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
