package dev.assay.jobs.snapshot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.assay.chain.hash.Hash;
import dev.assay.jobs.config.filter.QuotaSettings;
import dev.assay.jobs.config.filter.SampleQuota;
import dev.assay.jobs.tables.SampleRow;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class WindowQuotasTest {
  private final Composition composition = new Composition(Set.of("a", "b", "c"), List.of());

  private static QuotaSettings perSource(int most, double share) {
    return new QuotaSettings(new SampleQuota(most, share), SampleQuota.NONE, 0);
  }

  private static WindowSeed seed(int first) {
    byte[] bytes = new byte[32];
    bytes[0] = (byte) first;
    return new WindowSeed(Hash.of(bytes));
  }

  private static List<SampleRow> rows(String source, int count, Optional<String> answerer) {
    return IntStream.range(0, count)
        .mapToObj(
            i ->
                new SampleRow(
                    source + i, "p", "r" + i, source, i % 10, Instant.EPOCH, "00", answerer))
        .toList();
  }

  private static List<SampleRow> together(List<SampleRow> some, List<SampleRow> others) {
    return Stream.concat(some.stream(), others.stream()).toList();
  }

  private List<SampleRow> left(QuotaSettings settings, List<SampleRow> rows) {
    return new WindowQuotas(
            settings, OriginQuotas.NONE, seed(1), Map.of("a", 30L, "b", 10L, "c", 0L))
        .left(rows, composition);
  }

  private Map<String, Long> counts(
      QuotaSettings settings, Function<SampleRow, String> whose, List<SampleRow> rows) {
    return left(settings, rows).stream()
        .collect(Collectors.groupingBy(whose, Collectors.counting()));
  }

  @Test
  void ofASourceAtMostSoManyStay() {
    List<SampleRow> rows = together(rows("a", 9, Optional.empty()), rows("b", 2, Optional.empty()));

    assertThat(counts(perSource(4, 0), SampleRow::source, rows))
        .isEqualTo(Map.of("a", 4L, "b", 2L));
    SnapshotReport report = composition.report(1, 1, 6, 6, address -> 1);
    assertThat(report.refusals()).isEqualTo(Map.of(Refusal.SOURCE_QUOTA, 5));
    assertThat(report.sources().stream().filter(each -> each.source().equals("a")))
        .allMatch(each -> each.refused() == 5);
  }

  @Test
  void aShareIsOfWhatStaysSoThatFloodingGainsNothing() {
    List<SampleRow> few = together(rows("b", 10, Optional.empty()), rows("c", 5, Optional.empty()));

    assertThat(
            counts(
                perSource(0, 0.5),
                SampleRow::source,
                together(rows("a", 20, Optional.empty()), few)))
        .isEqualTo(Map.of("a", 15L, "b", 10L, "c", 5L));
    assertThat(
            counts(
                perSource(0, 0.5),
                SampleRow::source,
                together(rows("a", 2000, Optional.empty()), few)))
        .isEqualTo(Map.of("a", 15L, "b", 10L, "c", 5L));
    assertThat(left(perSource(0, 0.4), rows("a", 20, Optional.empty()))).isEmpty();
  }

  @Test
  void eachSourceHasItsPartByStake() {
    List<SampleRow> rows =
        together(
            together(rows("a", 50, Optional.empty()), rows("b", 50, Optional.empty())),
            together(rows("c", 50, Optional.empty()), rows("stranger", 50, Optional.empty())));

    assertThat(
            counts(
                new QuotaSettings(SampleQuota.NONE, SampleQuota.NONE, 40), SampleRow::source, rows))
        .isEqualTo(Map.of("a", 30L, "b", 10L, "stranger", 50L));
  }

  @Test
  void anAnswererIsLimitedWhoeverAskedAndNobodyCountsAsOne() {
    List<SampleRow> rows =
        together(
            together(rows("a", 6, Optional.of("x")), rows("b", 6, Optional.of("x"))),
            rows("c", 9, Optional.empty()));

    assertThat(
            counts(
                new QuotaSettings(SampleQuota.NONE, new SampleQuota(5, 0), 0),
                row -> row.answerer().orElse("nobody"),
                rows))
        .isEqualTo(Map.of("x", 5L, "nobody", 5L));
  }

  @Test
  void whichStayIsDecidedBySeedAndDigestAlone() {
    List<SampleRow> rows = rows("a", 100, Optional.empty());
    List<SampleRow> twice = new ArrayList<>(together(rows, rows));
    Collections.shuffle(twice, new Random(1));
    List<SampleRow> left = left(perSource(10, 0), rows);

    assertThat(left(perSource(10, 0), twice)).hasSize(20).hasSameElementsAs(left);
    assertThat(
            new WindowQuotas(perSource(10, 0), OriginQuotas.NONE, seed(2), Map.of())
                .left(rows, composition))
        .hasSize(10)
        .isNotEqualTo(left);
  }

  @Test
  void whatIsNoQuotaIsToldWithItsKey() {
    assertThatThrownBy(() -> perSource(-1, 0))
        .hasMessageContaining("feed.quotas.source.most: is -1");
    assertThatThrownBy(() -> perSource(0, 1.5))
        .hasMessageContaining("feed.quotas.source.share: is 1.5");
    assertThatThrownBy(() -> new QuotaSettings(null, null, -4))
        .hasMessageContaining("feed.quotas.by_stake: is -4");
  }
}
