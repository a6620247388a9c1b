package dev.assay.jobs.judge;

import dev.assay.jobs.work.EncodedSamples;
import dev.assay.jobs.work.ModelUnit;
import dev.assay.score.statistics.Pursuit;
import java.io.Serializable;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** What is computed of each model of a competition that passes the gate. */
public sealed interface Task extends Serializable {
  /** The window's samples, whose ids every model must know. */
  EncodedSamples samples();

  /**
   * Losses on the samples.
   *
   * @param known those that need no computing
   * @param pursuits by unit, what its losses end by before the last sample; the others are whole
   */
  record Losses(EncodedSamples samples, KnownLosses known, Map<Integer, Pursuit> pursuits)
      implements Task {
    public Losses {
      // A map of the JDK that Java serialization carries between its versions.
      pursuits = new HashMap<>(pursuits);
    }

    /** Losses on all samples, whatever the model. */
    public Losses(EncodedSamples samples, KnownLosses known) {
      this(samples, known, Map.of());
    }

    /** What a unit's losses end by. */
    Optional<Pursuit> pursuit(ModelUnit unit) {
      return Optional.ofNullable(pursuits.get(unit.index()));
    }
  }

  /**
   * Nothing more: the files are fetched and checked, before their turn.
   *
   * @param samples none, in the competition's encoding
   */
  record Arrival(EncodedSamples samples) implements Task {}

  /**
   * The weights, projected.
   *
   * @param seed of the projection, 64 hex digits
   */
  record Fingerprint(EncodedSamples samples, String seed) implements Task {}
}
