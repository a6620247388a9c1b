package dev.assay.jobs.snapshot;

import dev.assay.jobs.tables.SampleRow;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.ToLongFunction;

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

    int refused() {
      return refusals.values().stream().mapToInt(Integer::intValue).sum();
    }

    int taken() {
      return received - refused() - overQuota;
    }

    void refused(Refusal rule, int count) {
      refusals.merge(rule, count, Integer::sum);
    }

    FromSource of(String source) {
      return new FromSource(source, received, taken(), refused(), refusals, overQuota);
    }

    FromOrigin from(String origin, long toBlock) {
      return new FromOrigin(origin, toBlock, received, taken(), refused(), refusals, overQuota);
    }
  }

  private final Set<String> trusted;
  private final Map<String, Counts> bySource = new HashMap<>();
  private final Map<String, Counts> byOrigin = new LinkedHashMap<>();
  private int untrusted;
  private int received;

  /**
   * @param trusted producers whose samples are taken; each is told apart
   * @param origins addresses that samples are read from
   */
  Composition(Set<String> trusted, Collection<String> origins) {
    this.trusted = trusted;
    origins.forEach(origin -> byOrigin.put(origin, new Counts()));
  }

  void received(SampleRow row) {
    received++;
    of(row).forEach(counts -> counts.received++);
  }

  /** A line of an address that names no producer, for it is no sample. */
  void malformed(String origin) {
    received++;
    for (Counts counts : List.of(of(NOBODY), byOrigin.get(origin))) {
      counts.received++;
      counts.refused(Refusal.MALFORMED, 1);
    }
  }

  void refused(Refusal rule, SampleRow row) {
    of(row).forEach(counts -> counts.refused(rule, 1));
  }

  /** What a rule left out of rows. */
  void refused(Refusal rule, Collection<SampleRow> offered, Collection<SampleRow> taken) {
    Map<Counts, Integer> left = new HashMap<>();
    offered.forEach(row -> of(row).forEach(counts -> left.merge(counts, 1, Integer::sum)));
    taken.forEach(row -> of(row).forEach(counts -> left.merge(counts, -1, Integer::sum)));
    left.forEach(
        (counts, count) -> {
          if (count > 0) {
            counts.refused(rule, count);
          }
        });
  }

  void overQuota(SampleRow row) {
    of(row).forEach(counts -> counts.overQuota++);
  }

  /** Lines that came so far. */
  int received() {
    return received;
  }

  /**
   * @param reached the last block of an address
   */
  SnapshotReport report(
      long fromBlock, long toBlock, int rows, int written, ToLongFunction<String> reached) {
    List<FromOrigin> origins = new ArrayList<>();
    byOrigin.forEach(
        (origin, counts) -> origins.add(counts.from(origin, reached.applyAsLong(origin))));
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
        sources,
        origins);
  }

  /** Of its producer, and of the address that it was read from. */
  private List<Counts> of(SampleRow row) {
    List<Counts> counts = new ArrayList<>(List.of(of(row.source())));
    row.origin().map(byOrigin::get).ifPresent(counts::add);
    return counts;
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
