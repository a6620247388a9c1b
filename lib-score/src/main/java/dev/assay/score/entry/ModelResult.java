package dev.assay.score.entry;

import java.util.Objects;

/**
 * What an evaluation found out about one model.
 *
 * @param entry the commitment
 * @param outcome what became of it before scoring
 * @param losses its losses in the samples' order; {@link Losses#none()} where it was not evaluated
 */
public record ModelResult(Entry entry, Outcome outcome, Losses losses) {
  public ModelResult {
    Objects.requireNonNull(entry, "entry");
    Objects.requireNonNull(outcome, "outcome");
    Objects.requireNonNull(losses, "losses");
  }

  /** A model that was evaluated without fault. */
  public static ModelResult accepted(Entry entry, Losses losses) {
    return new ModelResult(entry, Outcome.accepted(), losses);
  }

  /** A model without losses. */
  public static ModelResult failed(Entry entry, Outcome outcome) {
    return new ModelResult(entry, outcome, Losses.none());
  }

  /** The same model and losses with another outcome. */
  public ModelResult withOutcome(Outcome changed) {
    return new ModelResult(entry, changed, losses);
  }
}
