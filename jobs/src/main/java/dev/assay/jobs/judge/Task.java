package dev.assay.jobs.judge;

import dev.assay.jobs.work.EncodedSamples;
import java.io.Serializable;

/** What is computed of each model of a competition that passes the gate. */
public sealed interface Task extends Serializable {
  /** The window's samples, whose ids every model must know. */
  EncodedSamples samples();

  /**
   * Losses on the samples.
   *
   * @param known those that need no computing
   */
  record Losses(EncodedSamples samples, KnownLosses known) implements Task {}

  /**
   * The weights, projected.
   *
   * @param seed of the projection, 64 hex digits
   */
  record Fingerprint(EncodedSamples samples, String seed) implements Task {}
}
