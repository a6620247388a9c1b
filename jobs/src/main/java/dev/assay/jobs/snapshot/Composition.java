package dev.assay.jobs.snapshot;

import dev.assay.jobs.tables.SampleRow;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Counts what a snapshot is made of, by producer. A feed may name as many producers as it likes:
 * those whose samples aren't taken are told apart up to a bound.
 */
final class Composition {
  private static final int MOST_UNTRUSTED = 100;
  private static final String NOBODY = "";
  private static final String OTHERS = "others";

  private static final class Counts {
    private int received;
    private int overQuota;
    private final Map<Refusal, Integer> refusals = new EnumMap<>(Refusal.class);

    FromSource of(String source) {
      int refused = refusals.values().stream().mapToInt(Integer::intValue).sum();
      return new FromSource(
          source, received, received - refused - overQuota, refused, refusals, overQuota);
    }
  }

  private final Set<String> trusted;
  private final Map<String, Counts> bySource = new HashMap<>();
  private int untrusted;
  private int received;

  /**
   * @param trusted producers whose samples are taken; each is told apart
   */
  Composition(Set<String> trusted) {
    this.trusted = trusted;
  }

  void received(SampleRow row) {
    received++;
    of(row.source()).received++;
  }

  /** A line that names no producer, for it is no sample. */
  void malformed() {
    received++;
    Counts counts = of(NOBODY);
    counts.received++;
    counts.refusals.merge(Refusal.MALFORMED, 1, Integer::sum);
  }

  void refused(Refusal rule, SampleRow row) {
    of(row.source()).refusals.merge(rule, 1, Integer::sum);
  }

  /** What a rule left out of rows. */
  void refused(Refusal rule, Collection<SampleRow> offered, Collection<SampleRow> taken) {
    Map<String, Integer> left = new HashMap<>();
    offered.forEach(row -> left.merge(row.source(), 1, Integer::sum));
    taken.forEach(row -> left.merge(row.source(), -1, Integer::sum));
    left.forEach(
        (source, count) -> {
          if (count > 0) {
            of(source).refusals.merge(rule, count, Integer::sum);
          }
        });
  }

  void overQuota(SampleRow row) {
    of(row.source()).overQuota++;
  }

  /** Lines that came so far. */
  int received() {
    return received;
  }

  SnapshotReport report(long fromBlock, long toBlock, int rows, int written) {
    List<FromSource> sources = new ArrayList<>();
    bySource.forEach((source, counts) -> sources.add(counts.of(source)));
    sources.sort(
        Comparator.comparingInt(FromSource::taken)
            .thenComparingInt(FromSource::received)
            .reversed()
            .thenComparing(FromSource::source));
    Map<Refusal, Integer> refusals = new EnumMap<>(Refusal.class);
    sources.forEach(
        source -> source.refusals().forEach((rule, n) -> refusals.merge(rule, n, Integer::sum)));
    return new SnapshotReport(
        fromBlock,
        toBlock,
        received,
        written,
        rows - written,
        sources.stream().mapToInt(FromSource::refused).sum(),
        refusals,
        sources.stream().mapToInt(FromSource::overQuota).sum(),
        sources);
  }

  private Counts of(String source) {
    Counts known = bySource.get(source);
    if (known != null) {
      return known;
    }
    boolean isNamed = source.isEmpty() || trusted.contains(source) || untrusted < MOST_UNTRUSTED;
    untrusted += isNamed && !trusted.contains(source) ? 1 : 0;
    return bySource.computeIfAbsent(isNamed ? source : OTHERS, name -> new Counts());
  }
}
