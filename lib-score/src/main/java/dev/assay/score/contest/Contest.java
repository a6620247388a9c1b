package dev.assay.score.contest;

import dev.assay.score.copies.Duplicates;
import dev.assay.score.copies.NearLosses;
import dev.assay.score.entry.Breach;
import dev.assay.score.entry.Entry;
import dev.assay.score.entry.Losses;
import dev.assay.score.entry.ModelResult;
import dev.assay.score.entry.Outcome;
import dev.assay.score.entry.SampleFilter;
import dev.assay.score.entry.SampleVerdict;
import dev.assay.score.entry.Verdict;
import dev.assay.score.rules.Entrants;
import dev.assay.score.rules.Matches;
import dev.assay.score.rules.Policy;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The models of one round with duplicates and failures settled.
 *
 * @param models every model in the order given, with its final outcome
 * @param samples the samples that decide
 */
record Contest(List<ModelResult> models, SampleFilter samples) {

  /**
   * Decides which models take part.
   *
   * @throws IllegalArgumentException if a UID or a hotkey is there twice
   */
  static Contest of(List<ModelResult> models, Policy policy) {
    Entrants rules = policy.entrants();
    checkDistinct(models);
    List<ModelResult> settled = Duplicates.settle(models, rules.tieBreak());
    if (rules.matches() == Matches.EVERY_LOSS) {
      return new Contest(settled, SampleFilter.all(settled));
    }
    SampleFilter samples =
        SampleFilter.withoutEmpty(
            settled.stream().filter(model -> model.outcome().isAccepted()).toList());
    List<ModelResult> checked =
        settled.stream()
            .map(model -> withLossesChecked(model, samples, Stops.allows(policy)))
            .toList();
    return new Contest(withoutNearCopies(checked, samples, rules), samples);
  }

  /** A near-copy keeps its losses, so that anybody can see how near it is. */
  private static List<ModelResult> withoutNearCopies(
      List<ModelResult> models, SampleFilter samples, Entrants rules) {
    if (rules.nearLosses() == 0) {
      return models;
    }
    List<Optional<NearLosses.Near>> near = NearLosses.find(models, samples, rules.nearLosses());
    List<ModelResult> settled = new ArrayList<>(models.size());
    for (int i = 0; i < models.size(); i++) {
      ModelResult model = models.get(i);
      settled.add(
          near.get(i)
              .map(found -> Outcome.of(Verdict.DUPLICATE, found.breach(rules.nearLosses())))
              .map(model::withOutcome)
              .orElse(model));
    }
    return settled;
  }

  private static void checkDistinct(List<ModelResult> models) {
    Set<Integer> uids = new HashSet<>();
    Set<String> hotkeys = new HashSet<>();
    for (ModelResult model : models) {
      if (!uids.add(model.entry().uid())) {
        throw new IllegalArgumentException(
            "models: uid " + model.entry().uid() + " is there twice, must be there once");
      }
      if (!hotkeys.add(model.entry().hotkey())) {
        throw new IllegalArgumentException(
            "models: hotkey " + model.entry().hotkey() + " is there twice, must be there once");
      }
    }
  }

  /** The same contest in which some models still wait for losses on every sample. */
  Contest without(List<Entry> waiting) {
    return new Contest(
        models.stream()
            .map(model -> waiting.contains(model.entry()) ? pending(model, samples) : model)
            .toList(),
        samples);
  }

  private static ModelResult withLossesChecked(
      ModelResult model, SampleFilter samples, boolean mayBeStopped) {
    if (!model.outcome().isAccepted()) {
      return model;
    }
    Losses losses = model.losses();
    double mean = losses.mean();
    for (int i = 0; i < losses.count(); i++) {
      // Where no loss of anybody is finite every sample is skipped; that acquits no model.
      boolean counts = samples.counts(i) || Double.isNaN(mean);
      if (counts && losses.verdict(i) == SampleVerdict.NON_FINITE) {
        Breach breach =
            new Breach("loss on sample " + i + " is finite", "" + losses.at(i), "finite");
        return model.withOutcome(Outcome.of(Verdict.NON_FINITE, breach));
      }
    }
    boolean isShort = losses.count() < samples.count() && !mayBeStopped;
    return isShort || Double.isNaN(mean) ? pending(model, samples) : model;
  }

  private static ModelResult pending(ModelResult model, SampleFilter samples) {
    Breach breach =
        new Breach("losses on every sample", "" + model.losses().count(), "" + samples.count());
    return model.withOutcome(Outcome.of(Verdict.PENDING, breach));
  }
}
