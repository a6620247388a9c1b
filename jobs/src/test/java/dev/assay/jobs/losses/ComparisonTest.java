package dev.assay.jobs.losses;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.jobs.tables.LossRow;
import dev.assay.jobs.work.Fault;
import dev.assay.score.entry.Verdict;
import java.util.List;
import java.util.Optional;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ComparisonTest {
  private static final int SAMPLES = 40;

  /** A model whose mean loss on sample i is as given. */
  private static ModelLosses model(String name, IntToDoubleFunction mean) {
    return new ModelLosses(
        name,
        Optional.of(name),
        IntStream.range(0, SAMPLES)
            .mapToObj(
                i ->
                    new LossRow(
                        name,
                        "s" + i,
                        "t",
                        "plain",
                        8,
                        "f32",
                        "k",
                        "OK",
                        mean.applyAsDouble(i) * 4,
                        4,
                        0))
            .toList(),
        Optional.empty());
  }

  @Test
  void theOneThatIsBetterThanEachOtherWins() {
    Comparison comparison =
        Comparison.of(
            List.of(model("worst", i -> 3 + i % 5), model("best", i -> 2 + i % 5 + i % 3 * 0.1)),
            1);

    assertThat(comparison.winner()).contains("best");
    assertThat(comparison.models())
        .extracting(Comparison.Model::model)
        .containsExactly("best", "worst");
    Comparison.Pair pair = comparison.pairs().get(0);
    assertThat(pair.better()).isEqualTo("best");
    assertThat(pair.samples()).isEqualTo(SAMPLES);
    assertThat(pair.difference().estimate()).isBetween(0.8, 1.0);
    assertThat(pair.difference().low()).isPositive().isLessThan(pair.difference().high());
  }

  @Test
  void aDifferenceThatSamplesDoNotShowIsNoWin() {
    Comparison comparison =
        Comparison.of(
            List.of(
                model("one", i -> 3 + (i % 2 == 0 ? 0.5 : -0.5)),
                model("other", i -> 3.01 + (i % 2 == 0 ? -0.5 : 0.5))),
            1);

    assertThat(comparison.winner()).isEmpty();
    assertThat(comparison.pairs().get(0).shown()).isFalse();
  }

  @Test
  void aModelWithoutLossesStandsLastWithItsReason() {
    Comparison comparison =
        Comparison.of(
            List.of(
                new ModelLosses(
                    "broken",
                    Optional.empty(),
                    List.of(),
                    Optional.of(Fault.of(Verdict.REJECTED_CHECKPOINT, "no config.json"))),
                model("fine", i -> 3)),
            1);

    assertThat(comparison.winner()).isEmpty();
    assertThat(comparison.pairs()).isEmpty();
    assertThat(comparison.models().get(1).verdict()).isEqualTo("REJECTED_CHECKPOINT");
    assertThat(comparison.models().get(1).reason()).isEqualTo("no config.json");
  }

  @Test
  void theSameSeedGivesTheSameIntervals() {
    List<ModelLosses> models = List.of(model("a", i -> i % 7), model("b", i -> i % 5));

    assertThat(Comparison.of(models, 3)).isEqualTo(Comparison.of(models, 3));
  }
}
