package dev.assay.cli.bench.cluster;

import dev.assay.score.simulation.EarlyStopBench;
import java.util.List;

/** What stopping models early saves, and how often it errs. */
final class EarlyStopFigures {
  private EarlyStopFigures() {}

  static List<Figure> of(Setting setting) {
    EarlyStopBench bench = EarlyStopBench.run(setting.fields(), setting.seed());
    return List.of(
        Figure.atMost(
            EarlyStopBench.PROMISED_TOKENS_RATIO,
            "early_stop_tokens_ratio",
            bench.earlyStopTokensRatio(),
            "of all tokens, on %d fields along training curves".formatted(bench.fields())),
        Figure.atLeast(
            1 - bench.error(),
            "early_stop_same_winners",
            bench.earlyStopSameWinners(),
            "of the fields, on the worst of three kinds"),
        Figure.atMost(
            bench.error(),
            "early_stop_wrong_stops",
            bench.wrongStops(),
            "of the fields, on the worst of three kinds"));
  }
}
