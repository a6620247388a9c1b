package dev.assay.cli.bench.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.assay.cli.terminal.Console;
import dev.assay.cli.terminal.UsageException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class AnswerTest {
  private static final Setting SETTING =
      Setting.here(
          1,
          2,
          3,
          4,
          5,
          Path.of("nowhere"),
          new Console(new PrintStream(PrintStream.nullOutputStream()), false));

  @Test
  void everyPromisedFigureIsThereAndNullWhereItWasNotMeasured() {
    Map<String, Object> fields =
        new Answer(
                SETTING,
                List.of(
                    Figure.atMost(500, "wins_256x400_ms", 250, "of five"),
                    Figure.of("beside", 3, "which was not promised"),
                    Figure.missing("commit_p95_ms_s3", "no store")))
            .fields();

    assertThat(fields.keySet()).containsAll(Answer.PROMISED).contains("beside");
    assertThat(fields)
        .containsEntry("wins_256x400_ms", 250.0)
        .containsEntry("commit_p95_ms_s3", null)
        .containsEntry("rerun_seconds", null)
        .containsEntry("not_measured", Map.of("commit_p95_ms_s3", "no store"));
  }

  @Test
  void everyPartMeasuresFiguresThatWerePromised() {
    List<Figure> figures = SimulationFigures.of(SETTING);

    assertThat(figures)
        .filteredOn(figure -> !figure.promised().isEmpty())
        .extracting(Figure::key)
        .isSubsetOf(Answer.PROMISED)
        .hasSize(3);
  }

  @Test
  void partsAreChosenByNameAndRunInTheirOwnOrder() {
    assertThat(Part.named(List.of("tables", "scoring")))
        .extracting(Part::title)
        .containsExactly("scoring", "tables");
    assertThat(Part.named(List.of())).isEqualTo(Part.ALL);
    assertThatThrownBy(() -> Part.named(List.of("score")))
        .isInstanceOf(UsageException.class)
        .hasMessageContaining("--only names score; the parts are simulation, scoring");
  }

  @Test
  void aFigureIsTheSameBehindItsLine() {
    for (Figure figure :
        List.of(
            Figure.atMost(2e-5, "a", 1.9e-6, "nats; of 48 samples"),
            Figure.missing("b", "on Linux alone"))) {
      assertThat(Figure.of(figure.line())).isEqualTo(figure);
    }
  }

  @Test
  void smallAndWholeValuesAreReadable() {
    assertThat(Figure.atMost(2e-5, "a", 1.9e-6, "").measured()).isEqualTo("1.9e-06");
    assertThat(Figure.atMost(2e-5, "a", 1.9e-6, "").promised()).isEqualTo("at most 2.0e-05");
    assertThat(Figure.of("a", 0, "").measured()).isEqualTo("0");
    assertThat(Figure.of("a", 1.0034, "").measured()).isEqualTo("1.003");
    assertThat(Figure.of("a", 1349.4, "").measured()).isEqualTo("1349");
    assertThat(Figure.missing("a", "").measured()).isEqualTo("-");
  }
}
