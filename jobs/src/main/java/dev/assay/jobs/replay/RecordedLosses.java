package dev.assay.jobs.replay;

import dev.assay.jobs.bundle.BundleConfiguration;
import dev.assay.jobs.bundle.BundleFolder;
import dev.assay.jobs.tables.LossRow;
import dev.assay.jobs.tables.SampleRow;
import dev.assay.jobs.tables.VerdictRow;
import dev.assay.score.contest.Round;
import dev.assay.score.entry.Entry;
import dev.assay.score.entry.Losses;
import dev.assay.score.entry.ModelResult;
import dev.assay.score.entry.SampleVerdict;
import dev.assay.score.weights.ScoringInput;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;

/** The losses that a bundle's scoring was given, each with the row that it comes from. */
final class RecordedLosses {
  private final BundleFolder bundle;
  private final ScoringInput input;
  private final BundleConfiguration configuration;
  private final Map<List<String>, List<LossRow>> rows = new HashMap<>();
  private final Map<String, VerdictRow> models = new HashMap<>();
  private final Map<String, List<SampleRow>> samples = new HashMap<>();

  private RecordedLosses(BundleFolder bundle) {
    this.bundle = bundle;
    this.input = bundle.input();
    this.configuration = bundle.configuration();
    bundle
        .losses()
        .forEach(
            row ->
                rows.computeIfAbsent(
                        List.of(row.modelDigest(), row.sampleId()), ignored -> new ArrayList<>())
                    .add(row));
    bundle.verdicts().forEach(row -> models.put(row.hotkey(), row));
  }

  static RecordedLosses of(BundleFolder bundle) {
    return new RecordedLosses(bundle);
  }

  /** A loss of the scoring's input: which round, which model, which sample. */
  private record Place(int round, int model, int sample) {}

  /**
   * Losses chosen at random.
   *
   * @param losses those that rest on a row, by model
   * @param unfounded the first that rests on none, in words
   */
  record Choice(List<RecordedLoss> losses, Optional<String> unfounded) {}

  /** Chooses, reproducibly by the seed. */
  Choice choose(int count, long seed) {
    List<Place> places = new ArrayList<>(places());
    Collections.shuffle(places, new Random(seed));
    List<Place> chosen = new ArrayList<>(places.subList(0, Math.min(count, places.size())));
    chosen.sort(
        Comparator.comparingInt(Place::round)
            .thenComparingInt(Place::model)
            .thenComparingInt(Place::sample));
    List<RecordedLoss> losses = new ArrayList<>();
    for (Place place : chosen) {
      Optional<RecordedLoss> loss = loss(place);
      if (loss.isEmpty()) {
        return new Choice(List.of(), Optional.of(unfounded(place)));
      }
      losses.add(loss.get());
    }
    return new Choice(losses, Optional.empty());
  }

  private List<Place> places() {
    List<Place> places = new ArrayList<>();
    for (int round = 0; round < input.rounds().size(); round++) {
      List<ModelResult> results = input.rounds().get(round).models();
      for (int model = 0; model < results.size(); model++) {
        for (int sample = 0; sample < results.get(model).losses().count(); sample++) {
          places.add(new Place(round, model, sample));
        }
      }
    }
    return places;
  }

  private Optional<RecordedLoss> loss(Place place) {
    Round round = input.rounds().get(place.round());
    Entry entry = round.models().get(place.model()).entry();
    Losses losses = round.models().get(place.model()).losses();
    List<SampleRow> drawn = samples.computeIfAbsent(round.competition(), bundle::samples);
    VerdictRow model = models.get(entry.hotkey());
    if (place.sample() >= drawn.size() || model == null || entry.digest().isEmpty()) {
      return Optional.empty();
    }
    SampleRow sample = drawn.get(place.sample());
    return rows.getOrDefault(List.of(entry.digest().get(), sample.sampleId()), List.of()).stream()
        .filter(row -> isSame(row, losses, place.sample()))
        .findFirst()
        .map(
            row ->
                new RecordedLoss(
                    round.competition(),
                    configuration.tokenizer(round.competition(), input.block()),
                    model,
                    sample,
                    losses.at(place.sample()),
                    row));
  }

  private static boolean isSame(LossRow row, Losses losses, int sample) {
    return losses.verdict(sample) == SampleVerdict.OK
        ? row.lossSum() / row.tokens() == losses.at(sample)
        : row.verdict().equals(losses.verdict(sample).name());
  }

  private String unfounded(Place place) {
    Round round = input.rounds().get(place.round());
    return "uid %d, loss %d of competition %s: scoring was given one that is not in the losses"
        .formatted(
            round.models().get(place.model()).entry().uid(), place.sample(), round.competition());
  }
}
