package dev.assay.jobs.snapshot;

import dev.assay.jobs.config.FeedSettings;
import dev.assay.jobs.feed.OfferedSample;
import dev.assay.jobs.tables.SampleRow;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Decides which of a source's samples become rows. */
final class Intake {
  private final FeedSettings settings;
  private final TextFilters filters;
  private final Set<String> sources;
  private int received;
  private final Map<Refusal, Integer> refusals = new EnumMap<>(Refusal.class);
  private int overQuota;

  /**
   * @param sources SS58 addresses whose samples are taken
   */
  Intake(FeedSettings settings, Set<String> sources) {
    this.settings = settings;
    this.filters = new TextFilters(settings);
    this.sources = sources;
  }

  /**
   * The rows of whole blocks. Of a source that gives more than its quota for a block, those with
   * the lowest ids are taken, so that every validator takes the same.
   *
   * @param fromBlock first block that was asked for
   * @param toBlock last one
   */
  List<SampleRow> rows(List<Optional<OfferedSample>> offers, long fromBlock, long toBlock) {
    List<SampleRow> genuine = new ArrayList<>();
    for (Optional<OfferedSample> offer : offers) {
      received++;
      Optional<Refusal> refusal =
          offer.isEmpty()
              ? Optional.of(Refusal.MALFORMED)
              : refusal(offer.get(), fromBlock, toBlock);
      refusal.ifPresentOrElse(
          rule -> refusals.merge(rule, 1, Integer::sum),
          () -> genuine.add(offer.orElseThrow().row()));
    }
    genuine.sort(Comparator.comparingLong(SampleRow::block).thenComparing(SampleRow::sampleId));
    Map<List<Object>, Integer> taken = new HashMap<>();
    List<SampleRow> rows = new ArrayList<>();
    for (SampleRow sample : genuine) {
      int count = taken.merge(List.of(sample.source(), sample.block()), 1, Integer::sum);
      if (count <= settings.maxPerSourceAndBlock()) {
        rows.add(sample);
      } else {
        overQuota++;
      }
    }
    return rows;
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

  /** Counts what was refused after it had been found to be a sample. */
  void refuse(Refusal rule, int count) {
    if (count > 0) {
      refusals.merge(rule, count, Integer::sum);
    }
  }

  int received() {
    return received;
  }

  SnapshotReport report(long fromBlock, long toBlock, int rows, int written) {
    int refused = refusals.values().stream().mapToInt(Integer::intValue).sum();
    return new SnapshotReport(
        fromBlock, toBlock, received, written, rows - written, refused, refusals, overQuota);
  }

  /** The trusted sources' addresses, where the operator has named some. */
  static Optional<Set<String>> configured(FeedSettings settings) {
    return settings.sources().isEmpty()
        ? Optional.empty()
        : Optional.of(Set.copyOf(settings.sources()));
  }
}
