package dev.assay.jobs.snapshot;

import dev.assay.jobs.config.FeedSettings;
import dev.assay.jobs.feed.OfferedSample;
import dev.assay.jobs.origin.Offer;
import dev.assay.jobs.origin.Origins;
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
  private final Composition composition;

  /**
   * @param origins where the samples are read from
   */
  Intake(FeedSettings settings, Origins origins) {
    this.settings = settings;
    this.filters = new TextFilters(settings);
    this.composition = new Composition(origins.trusted(), origins.addresses());
  }

  /**
   * The rows of whole blocks. Of a source that gives more than its quota for a block, those with
   * the lowest ids are taken, so that every validator takes the same. What several addresses give
   * counts once, as the first one's.
   *
   * @param fromBlock first block that was asked for
   * @param toBlock last one
   */
  List<SampleRow> rows(List<Offer> offers, long fromBlock, long toBlock) {
    List<SampleRow> genuine = genuine(offers, fromBlock, toBlock);
    genuine.sort(ORDER);
    Map<List<Object>, Integer> taken = new HashMap<>();
    List<SampleRow> rows = new ArrayList<>();
    Optional<SampleRow> previous = Optional.empty();
    for (SampleRow sample : genuine) {
      if (previous.filter(before -> isFromElsewhere(before, sample)).isPresent()) {
        continue;
      }
      previous = Optional.of(sample);
      int count = taken.merge(List.of(sample.source(), sample.block()), 1, Integer::sum);
      if (count <= settings.maxPerSourceAndBlock()) {
        rows.add(sample);
      } else {
        composition.overQuota(sample);
      }
    }
    return rows;
  }

  private static boolean isFromElsewhere(SampleRow before, SampleRow sample) {
    return ORDER.compare(before, sample) == 0 && !before.origin().equals(sample.origin());
  }

  /** Signatures cost most of a snapshot's time, so all processors look at them. */
  private List<SampleRow> genuine(List<Offer> offers, long fromBlock, long toBlock) {
    List<Optional<Refusal>> refusals =
        offers.parallelStream()
            .map(
                offer ->
                    offer
                        .sample()
                        .flatMap(
                            sample ->
                                refusal(sample, offer.origin().trusted(), fromBlock, toBlock)))
            .toList();
    List<SampleRow> genuine = new ArrayList<>();
    for (int i = 0; i < offers.size(); i++) {
      String address = offers.get(i).origin().address();
      Optional<SampleRow> row = offers.get(i).sample().map(each -> each.row().from(address));
      row.ifPresentOrElse(composition::received, () -> composition.malformed(address));
      if (refusals.get(i).isPresent()) {
        composition.refused(refusals.get(i).get(), row.orElseThrow());
      } else {
        row.ifPresent(genuine::add);
      }
    }
    return genuine;
  }

  /** The first rule that a sample breaks; signature and language cost most and come last. */
  private Optional<Refusal> refusal(
      OfferedSample offer, Set<String> trusted, long fromBlock, long toBlock) {
    SampleRow sample = offer.row();
    if (sample.block() < fromBlock || sample.block() > toBlock) {
      return Optional.of(Refusal.OTHER_BLOCKS);
    }
    if (offer.textBytes() > settings.maxSampleSize().bytes()) {
      return Optional.of(Refusal.TOO_LONG);
    }
    if (!trusted.contains(sample.source())) {
      return Optional.of(Refusal.UNTRUSTED_SOURCE);
    }
    Optional<Refusal> byText = filters.refusal(sample);
    if (byText.isPresent()) {
      return byText;
    }
    if (!offer.genuine().getAsBoolean()) {
      return Optional.of(Refusal.NOT_GENUINE);
    }
    return filters.isInLanguages(sample) ? Optional.empty() : Optional.of(Refusal.OTHER_LANGUAGE);
  }

  /** What came so far, and what was refused by which rule. */
  Composition composition() {
    return composition;
  }
}
