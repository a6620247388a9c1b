package dev.assay.cli.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class JsonTest {
  record Figures(double meanLoss, Double winRate, List<Double> losses) {}

  @Test
  void namesAreInSnakeCaseAndNumbersThatAreNotFiniteAreStrings() {
    Figures figures =
        new Figures(Double.NaN, Double.POSITIVE_INFINITY, List.of(1.5, Double.NEGATIVE_INFINITY));

    assertThat(Json.line(figures))
        .isEqualTo(
            "{\"mean_loss\":\"NaN\",\"win_rate\":\"Infinity\",\"losses\":[1.5,\"-Infinity\"]}");
  }

  @Test
  void anAbsentFigureIsNull() {
    assertThat(Json.line(new Figures(0.5, null, List.of())))
        .isEqualTo("{\"mean_loss\":0.5,\"win_rate\":null,\"losses\":[]}");
  }
}
