package dev.assay.cli.bench.cluster;

import dev.assay.score.rules.Policy;
import dev.assay.score.simulation.ScoringBench;
import java.util.List;

/** How long scoring takes, which no executor helps with. */
final class ScoringFigures {
  private ScoringFigures() {}

  static List<Figure> of(Setting setting) {
    ScoringBench bench = ScoringBench.run(Policy.ASSAY_1, setting.seed());
    return List.of(
        Figure.atMost(
            500, "wins_256x400_ms", bench.medianMs(), "scored and explained; median of five"),
        Figure.of("wins_256x400_first_ms", bench.firstMs(), "the first time, as in a new process"));
  }
}
