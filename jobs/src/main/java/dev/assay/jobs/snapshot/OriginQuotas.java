package dev.assay.jobs.snapshot;

import dev.assay.jobs.config.filter.SampleQuota;
import java.util.HashMap;
import java.util.Map;

/**
 * How many of a window's samples each address may give.
 *
 * @param quotas by address; one that isn't in it has none
 */
record OriginQuotas(Map<String, SampleQuota> quotas) {
  static final OriginQuotas NONE = new OriginQuotas(Map.of());

  /** Ten times a tenth is a whole, however doubles are rounded. */
  private static final double ROUNDING = 1e-9;

  OriginQuotas {
    quotas = Map.copyOf(quotas);
  }

  boolean inUse() {
    return quotas.values().stream().anyMatch(SampleQuota::inUse);
  }

  /**
   * The most that each may give so that none has more than its share of what all give together.
   *
   * @param offered how many each has
   */
  Map<String, Integer> each(Map<String, Integer> offered) {
    long together = together(offered, Long.MAX_VALUE);
    // What is over its share is taken from the whole, of which a share is less then.
    for (long less = together(offered, together);
        less < together;
        less = together(offered, together)) {
      together = less;
    }
    Map<String, Integer> each = new HashMap<>();
    for (Map.Entry<String, Integer> origin : offered.entrySet()) {
      each.put(origin.getKey(), fits(origin.getKey(), origin.getValue(), together));
    }
    return each;
  }

  private long together(Map<String, Integer> offered, long whole) {
    return offered.entrySet().stream()
        .mapToLong(origin -> fits(origin.getKey(), origin.getValue(), whole))
        .sum();
  }

  private int fits(String origin, int count, long whole) {
    SampleQuota quota = quotas.getOrDefault(origin, SampleQuota.NONE);
    int most = quota.most() == 0 ? count : Math.min(count, quota.most());
    return quota.share() == 0 ? most : (int) Math.min(most, quota.share() * whole + ROUNDING);
  }
}
