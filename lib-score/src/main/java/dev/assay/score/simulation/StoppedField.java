package dev.assay.score.simulation;

import dev.assay.score.contest.Round;
import dev.assay.score.contest.RoundScore;
import dev.assay.score.contest.Samples;
import dev.assay.score.contest.Stops;
import dev.assay.score.entry.Entry;
import dev.assay.score.entry.EntryOrder;
import dev.assay.score.entry.Losses;
import dev.assay.score.entry.ModelResult;
import dev.assay.score.entry.Registration;
import dev.assay.score.entry.Verdict;
import dev.assay.score.rules.Policy;
import dev.assay.score.statistics.Evidence;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * A field that is judged with early stops, as an evaluation does it: those that stay and the
 * earliest are judged whole; the others against the last member of their set before them; and who
 * was stopped by a model that loses its place in the set is judged to the end.
 *
 * @param models with the losses that were looked at
 * @param score of them
 */
record StoppedField(List<ModelResult> models, RoundScore score) {

  static StoppedField of(
      Policy policy,
      long block,
      long window,
      List<ModelResult> whole,
      List<Evidence> previous,
      Collection<Registration> kept) {
    Entry earliest =
        whole.stream().map(ModelResult::entry).min(EntryOrder.EARLIEST_FIRST).orElseThrow();
    Map<Entry, ModelResult> judged = new HashMap<>();
    for (ModelResult model : whole) {
      if (kept.contains(model.entry().registration()) || model.entry().equals(earliest)) {
        judged.put(model.entry(), model);
      }
    }
    Stops settled =
        new Stops(RoundScore.of(round(policy, window, judged.values()), previous, block), previous);
    for (ModelResult model : whole) {
      judged.computeIfAbsent(model.entry(), entry -> upToItsStop(model, settled));
    }
    while (true) {
      List<ModelResult> models = whole.stream().map(model -> judged.get(model.entry())).toList();
      RoundScore score = RoundScore.of(round(policy, window, models), previous, block);
      List<ModelResult> pending =
          score.models().stream()
              .filter(model -> model.outcome().verdict() == Verdict.PENDING)
              .toList();
      if (pending.isEmpty()) {
        return new StoppedField(models, score);
      }
      whole.stream()
          .filter(model -> pending.stream().anyMatch(p -> p.entry().equals(model.entry())))
          .forEach(model -> judged.put(model.entry(), model));
    }
  }

  private static Round round(Policy policy, long window, Collection<ModelResult> models) {
    return new Round("only", 1, policy, new Samples(window, List.of()), List.copyOf(models));
  }

  private static ModelResult upToItsStop(ModelResult model, Stops settled) {
    Optional<Stops.Against> against = settled.against(model.entry());
    double[] losses = model.losses().toArray();
    OptionalInt stop =
        against.isPresent() ? against.get().pursuit().stop(losses) : OptionalInt.empty();
    return stop.isEmpty()
        ? model
        : ModelResult.accepted(model.entry(), Losses.of(Arrays.copyOf(losses, stop.getAsInt())));
  }
}
