package dev.assay.jobs.snapshot;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.jobs.config.filter.SampleQuota;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class OriginQuotasTest {
  private static OriginQuotas quotas(SampleQuota a, SampleQuota b) {
    return new OriginQuotas(Map.of("a", a, "b", b));
  }

  @Test
  void anAddressGivesNoMoreThanItsNumberAndItsShareOfAll() {
    OriginQuotas quotas = quotas(new SampleQuota(0, 0.25), new SampleQuota(30, 0));

    assertThat(quotas.each(Map.of("a", 100, "b", 100))).isEqualTo(Map.of("a", 10, "b", 30));
    assertThat(quotas.each(Map.of("a", 3, "b", 100))).isEqualTo(Map.of("a", 3, "b", 30));
    assertThat(quotas.each(Map.of("a", 100, "b", 100, "c", 60)))
        .isEqualTo(Map.of("a", 30, "b", 30, "c", 60));
  }

  @Test
  void aloneNobodyHasLessThanAll() {
    assertThat(quotas(new SampleQuota(0, 0.5), SampleQuota.NONE).each(Map.of("a", 9)))
        .isEqualTo(Map.of("a", 0));
    assertThat(quotas(new SampleQuota(0, 1), SampleQuota.NONE).each(Map.of("a", 9)))
        .isEqualTo(Map.of("a", 9));
    assertThat(OriginQuotas.NONE.inUse()).isFalse();
  }

  @Test
  void whateverIsOfferedSharesHoldAndNoneCouldGiveOneMore() {
    SplittableRandom random = new SplittableRandom(1);
    for (int trial = 0; trial < 1000; trial++) {
      double share = 0.05 + 0.9 * random.nextDouble();
      OriginQuotas quotas = quotas(new SampleQuota(0, share), SampleQuota.NONE);
      int most = random.nextInt(1000);
      int others = random.nextInt(1000);

      Map<String, Integer> each = quotas.each(Map.of("a", most, "b", others));

      int given = each.get("a");
      assertThat(each.get("b")).isEqualTo(others);
      assertThat((double) given).isLessThanOrEqualTo(share * (given + others) + 1e-9);
      assertThat(given == most || given + 1 > share * (given + 1 + others)).isTrue();
    }
  }
}
