package dev.assay.jobs.snapshot;

import dev.assay.jobs.config.filter.QuotaSettings;
import dev.assay.jobs.config.filter.SampleQuota;
import dev.assay.jobs.tables.SampleRow;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.ToIntFunction;

/**
 * Which of a whole window's samples the quotas leave. Those with the lowest SHA-256(seed ‖ sample
 * id) stay, where the seed is of the window after: while samples are produced nobody knows it.
 */
final class WindowQuotas {
  private final QuotaSettings settings;
  private final OriginQuotas origins;
  private final WindowSeed seed;
  private final Map<String, Long> stakes;
  private final BigInteger together;

  /**
   * @param stakes by SS58 address, in rao; a source that isn't in it has no quota by stake
   */
  WindowQuotas(
      QuotaSettings settings, OriginQuotas origins, WindowSeed seed, Map<String, Long> stakes) {
    this.settings = settings;
    this.origins = origins;
    this.seed = seed;
    this.stakes = stakes;
    this.together =
        stakes.values().stream().map(BigInteger::valueOf).reduce(BigInteger.ZERO, BigInteger::add);
  }

  /**
   * What they leave; what a source repeats fares as it did the first time.
   *
   * @param rows all of a window's
   */
  List<SampleRow> left(List<SampleRow> rows, Composition composition) {
    List<SampleRow> left = seed.byDigest(rows);
    if (settings.byStake() > 0) {
      left = kept(left, SampleRow::source, this::byStake, Refusal.STAKE_QUOTA, composition);
    }
    left = kept(left, SampleRow::source, settings.source(), Refusal.SOURCE_QUOTA, composition);
    left =
        kept(
            left,
            row -> row.answerer().orElse(""),
            settings.answerer(),
            Refusal.ANSWERER_QUOTA,
            composition);
    if (origins.inUse()) {
      Map<String, Integer> each = origins.each(offered(left, WindowQuotas::origin));
      left = kept(left, WindowQuotas::origin, each::get, Refusal.ORIGIN_QUOTA, composition);
    }
    return left.stream()
        .sorted(Comparator.comparingLong(SampleRow::block).thenComparing(SampleRow::sampleId))
        .toList();
  }

  private static List<SampleRow> kept(
      List<SampleRow> rows,
      Function<SampleRow, String> whose,
      SampleQuota quota,
      Refusal rule,
      Composition composition) {
    if (!quota.inUse()) {
      return rows;
    }
    int each = quota.each(offered(rows, whose).values());
    return kept(rows, whose, name -> each, rule, composition);
  }

  private static String origin(SampleRow row) {
    return row.origin().orElse("");
  }

  /** How many samples each has, whatever is repeated. */
  private static Map<String, Integer> offered(
      List<SampleRow> rows, Function<SampleRow, String> whose) {
    Map<String, Integer> offered = new HashMap<>();
    Set<String> ids = new HashSet<>();
    for (SampleRow row : rows) {
      if (ids.add(row.sampleId())) {
        offered.merge(whose.apply(row), 1, Integer::sum);
      }
    }
    return offered;
  }

  private static List<SampleRow> kept(
      List<SampleRow> rows,
      Function<SampleRow, String> whose,
      ToIntFunction<String> most,
      Refusal rule,
      Composition composition) {
    Map<String, Integer> counts = new HashMap<>();
    Map<String, Boolean> fates = new HashMap<>();
    List<SampleRow> kept = new ArrayList<>();
    for (SampleRow row : rows) {
      String name = whose.apply(row);
      if (fates.computeIfAbsent(
          row.sampleId(), id -> counts.merge(name, 1, Integer::sum) <= most.applyAsInt(name))) {
        kept.add(row);
      } else {
        composition.refused(rule, row);
      }
    }
    return kept;
  }

  private int byStake(String source) {
    Long stake = stakes.get(source);
    if (stake == null) {
      return Integer.MAX_VALUE;
    }
    return stake == 0
        ? 0
        : BigInteger.valueOf(settings.byStake())
            .multiply(BigInteger.valueOf(stake))
            .divide(together)
            .intValueExact();
  }
}
