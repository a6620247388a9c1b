package dev.assay.jobs.snapshot;

import dev.assay.jobs.config.FeedSettings;
import dev.assay.jobs.feed.OfferedSample;
import dev.assay.jobs.tables.SampleRow;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Decides which of a source's samples become rows. */
final class Intake {
  /** Of one text that was signed more than once, the table keeps what is first in it. */
  private static final Comparator<SampleRow> ORDER =
      Comparator.comparingLong(SampleRow::block)
          .thenComparing(SampleRow::sampleId)
          .thenComparing(SampleRow::source)
          .thenComparing(SampleRow::producedAt)
          .thenComparing(SampleRow::signature);

  private final FeedSettings settings;
  private final TextFilters filters;
  private final Set<String> sources;
  private final Composition composition;

  /**
   * @param sources SS58 addresses whose samples are taken
   */
  Intake(FeedSettings settings, Set<String> sources) {
    this.settings = settings;
    this.filters = new TextFilters(settings);
    this.sources = sources;
    this.composition = new Composition(sources);
  }

  /**
   * The rows of whole blocks. Of a source that gives more than its quota for a block, those with
   * the lowest ids are taken, so that every validator takes the same.
   *
   * @param fromBlock first block that was asked for
   * @param toBlock last one
   */
  List<SampleRow> rows(List<Optional<OfferedSample>> offers, long fromBlock, long toBlock) {
    List<SampleRow> genuine = genuine(offers, fromBlock, toBlock);
    genuine.sort(ORDER);
    Map<List<Object>, Integer> taken = new HashMap<>();
    List<SampleRow> rows = new ArrayList<>();
    for (SampleRow sample : genuine) {
      int count = taken.merge(List.of(sample.source(), sample.block()), 1, Integer::sum);
      if (count <= settings.maxPerSourceAndBlock()) {
        rows.add(sample);
      } else {
        composition.overQuota(sample);
      }
    }
    return rows;
  }

  /** Signatures cost most of a snapshot's time, so all processors look at them. */
  private List<SampleRow> genuine(
      List<Optional<OfferedSample>> offers, long fromBlock, long toBlock) {
    List<Optional<Refusal>> refusals =
        offers.parallelStream()
            .map(offer -> offer.flatMap(sample -> refusal(sample, fromBlock, toBlock)))
            .toList();
    List<SampleRow> genuine = new ArrayList<>();
    for (int i = 0; i < offers.size(); i++) {
      Optional<SampleRow> row = offers.get(i).map(OfferedSample::row);
      row.ifPresentOrElse(composition::received, composition::malformed);
      if (refusals.get(i).isPresent()) {
        composition.refused(refusals.get(i).get(), row.orElseThrow());
      } else {
        row.ifPresent(genuine::add);
      }
    }
    return genuine;
  }

  /** The first rule that a sample breaks; the signature, which costs most, is looked at last. */
  private Optional<Refusal> refusal(OfferedSample offer, long fromBlock, long toBlock) {
    SampleRow sample = offer.row();
    if (sample.block() < fromBlock || sample.block() > toBlock) {
      return Optional.of(Refusal.OTHER_BLOCKS);
    }
    if (offer.textBytes() > settings.maxSampleSize().bytes()) {
      return Optional.of(Refusal.TOO_LONG);
    }
    if (!sources.contains(sample.source())) {
      return Optional.of(Refusal.UNTRUSTED_SOURCE);
    }
    Optional<Refusal> byText = filters.refusal(sample);
    if (byText.isPresent()) {
      return byText;
    }
    return offer.genuine().getAsBoolean() ? Optional.empty() : Optional.of(Refusal.NOT_GENUINE);
  }

  /** What came so far, and what was refused by which rule. */
  Composition composition() {
    return composition;
  }

  /** The trusted sources' addresses, where the operator has named some. */
  static Optional<Set<String>> configured(FeedSettings settings) {
    return settings.sources().isEmpty()
        ? Optional.empty()
        : Optional.of(Set.copyOf(settings.sources()));
  }
}
