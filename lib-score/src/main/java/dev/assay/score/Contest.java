package dev.assay.score;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
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
   * Who came first: by block, then by extrinsic index (unknown last), then by hotkey, so that the
   * order never depends on the order of the input.
   */
  static final Comparator<ModelResult> EARLIEST_FIRST =
      Comparator.<ModelResult>comparingLong(model -> model.entry().standsSince())
          .thenComparingLong(
              model ->
                  model.entry().extrinsicIndex().isPresent()
                      ? model.entry().extrinsicIndex().getAsInt()
                      : Long.MAX_VALUE)
          .thenComparing(model -> model.entry().hotkey());

  /**
   * Settles who takes part.
   *
   * @throws IllegalArgumentException if a UID or a hotkey is there twice
   */
  static Contest of(List<ModelResult> models, Policy policy) {
    checkDistinct(models);
    List<ModelResult> settled = withoutDuplicates(models, policy);
    if (policy.matches() == Matches.EVERY_LOSS) {
      return new Contest(settled, SampleFilter.all(settled));
    }
    SampleFilter samples =
        SampleFilter.withoutEmpty(
            settled.stream().filter(model -> model.outcome().isAccepted()).toList());
    return new Contest(
        settled.stream().map(model -> withLossesChecked(model, samples)).toList(), samples);
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

  /** Of the models with one digest only the earliest stays. */
  private static List<ModelResult> withoutDuplicates(List<ModelResult> models, Policy policy) {
    Map<String, ModelResult> firsts = new HashMap<>();
    for (ModelResult model : models) {
      Optional<String> digest = model.entry().digest();
      if (digest.isPresent() && !model.outcome().isMinersFault()) {
        firsts.merge(digest.get(), model, (one, other) -> earlier(one, other, policy));
      }
    }
    List<ModelResult> settled = new ArrayList<>(models.size());
    for (ModelResult model : models) {
      ModelResult first = model.entry().digest().map(firsts::get).orElse(model);
      boolean isFirst = first == null || first.entry().uid() == model.entry().uid();
      boolean duplicate = !isFirst && !model.outcome().isMinersFault();
      settled.add(duplicate ? duplicateOf(model, first) : model);
    }
    return settled;
  }

  /** Under the original's rule the first in the list is kept where the blocks are equal. */
  private static ModelResult earlier(ModelResult first, ModelResult second, Policy policy) {
    if (policy.tieBreak() == TieBreak.NONE) {
      return second.entry().block() < first.entry().block() ? second : first;
    }
    return EARLIEST_FIRST.compare(first, second) <= 0 ? first : second;
  }

  private static ModelResult duplicateOf(ModelResult model, ModelResult first) {
    Breach breach =
        new Breach(
            "content is not that of an earlier commitment",
            model.entry().digest().orElseThrow(),
            "committed at block "
                + first.entry().block()
                + " by uid "
                + first.entry().uid()
                + " ("
                + first.entry().hotkey()
                + ")");
    return ModelResult.failed(model.entry(), Outcome.of(Verdict.DUPLICATE, breach));
  }

  private static ModelResult withLossesChecked(ModelResult model, SampleFilter samples) {
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
    if (losses.count() < samples.count() || Double.isNaN(mean)) {
      Breach breach =
          new Breach("losses on every sample", "" + losses.count(), "" + samples.count());
      return model.withOutcome(Outcome.of(Verdict.PENDING, breach));
    }
    return model;
  }
}
