package dev.assay.report.site;

import dev.assay.report.board.Board;
import dev.assay.report.board.CompetitionBoard;
import dev.assay.report.board.EvaluationLine;
import dev.assay.report.board.ModelLine;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.ToLongFunction;

/** The page of all evaluations: what became of them, what they cost, and what failed. */
final class HistoryPage {
  private HistoryPage() {}

  static List<PageView.Section> sections(Board board) {
    if (board.evaluations().isEmpty()) {
      return List.of(
          PageView.Section.of(
              "evaluations", "Evaluations", "No evaluation has been completed yet."));
    }
    List<ModelLine> models =
        board.competitions().stream().map(CompetitionBoard::models).flatMap(List::stream).toList();
    List<PageView.Section> sections = new ArrayList<>();
    sections.add(
        PageView.Section.of("evaluations", "Evaluations", "Newest first.")
            .with(evaluations(board)));
    sections.add(
        PageView.Section.of(
                "cost", "Cost of the latest evaluation", "The middle model and the ninth of ten.")
            .withFacts(quantiles(models))
            .with(costs(models)));
    sections.add(failures(board));
    return sections;
  }

  private static Sheet evaluations(Board board) {
    Sheet.Builder sheet =
        Sheet.of("evaluations", "All evaluations")
            .filterable()
            .number("Block", "evaluations.block", "")
            .number("Window", "evaluations.window", "")
            .text("Finished", "evaluations.finished_at", "text-short first")
            .number("Models", "evaluations.models", "")
            .number("Accepted", "evaluations.accepted", "")
            .number("Samples", "evaluations.samples", "")
            .lowNumber("Best loss", "evaluations.best_loss", "")
            .lowNumber("of UID", "evaluations.best_uid", "")
            .text("Weights", "evaluations.weights", "text-short")
            .number("Executors", "evaluations.executor_ms", "seconds of all executors together")
            .number("Downloaded", "evaluations.downloaded_bytes", "")
            .group(Sheet.Set.KEYS)
            .text("Evaluation", "evaluations.evaluation", "key");
    for (EvaluationLine line : board.evaluations()) {
      sheet.row(
          Optional.of("evaluation-" + Site.anchor(Shown.id(line.evaluation()))),
          List.of(
              Cell.plain(line.block()),
              Cell.plain(line.window()),
              Cell.of(Shown.time(line.finishedAt())),
              Cell.of(line.models()),
              Cell.of(line.accepted()),
              Cell.of(line.samples()),
              line.bestLoss().map(Cell::loss).orElse(Cell.NONE),
              line.bestUid().map(Cell::plain).orElse(Cell.NONE),
              Cell.of(line.weights().isEmpty() ? "–" : line.weights())
                  .below(line.weightsBlock().map(block -> "block " + block).orElse("")),
              Cell.of(Shown.seconds(line.executorMs())).sortedBy(Long.toString(line.executorMs())),
              Cell.of(Shown.bytes(line.downloadedBytes()))
                  .sortedBy(Long.toString(line.downloadedBytes())),
              Cell.of(line.evaluation())));
    }
    return sheet.build();
  }

  private static List<PageView.Fact> quantiles(List<ModelLine> models) {
    List<ModelLine> tried = models.stream().filter(line -> line.cost().attempt() > 0).toList();
    if (tried.isEmpty()) {
      return List.of(PageView.Fact.of("Executors", "none was needed"));
    }
    return List.of(
        PageView.Fact.of("Download", quantiles(tried, line -> line.cost().downloadMs())),
        PageView.Fact.of("Loading", quantiles(tried, line -> line.cost().loadMs())),
        PageView.Fact.of("Losses", quantiles(tried, line -> line.cost().runMs())));
  }

  private static String quantiles(List<ModelLine> models, ToLongFunction<ModelLine> figure) {
    long[] sorted = models.stream().mapToLong(figure).sorted().toArray();
    return "%s, %s"
        .formatted(
            Shown.seconds(sorted[sorted.length / 2]),
            Shown.seconds(sorted[Math.min(sorted.length - 1, sorted.length * 9 / 10)]));
  }

  private static Sheet costs(List<ModelLine> models) {
    Sheet.Builder sheet =
        Sheet.of("cost", "Cost by model")
            .folded()
            .text("Model", "repository", "name first")
            .number("Bytes", "cost.bytes", "")
            .number("Download", "cost.download_ms", "")
            .number("MB/s", "cost.download_ms", "")
            .number("Loading", "cost.load_ms", "")
            .number("Losses", "cost.run_ms", "")
            .number("Computed", "cost.computed", "samples whose losses were not known already")
            .number("Executors", "cost.attempt", "tried");
    for (ModelLine line : models) {
      ModelLine.Cost cost = line.cost();
      sheet.row(
          List.of(
              Cell.of(line.uid() + " " + Shown.model(line)).to(Shown.page(line.uid())),
              Cell.of(Shown.bytes(cost.bytes())).sortedBy(Long.toString(cost.bytes())),
              milliseconds(cost.downloadMs()),
              cost.downloadMs() == 0
                  ? Cell.NONE
                  : Cell.of(
                      String.format(Locale.ROOT, "%.1f", cost.bytes() / 1e3 / cost.downloadMs())),
              milliseconds(cost.loadMs()),
              milliseconds(cost.runMs()),
              Cell.of(cost.computed()),
              Cell.of(cost.attempt())));
    }
    return sheet.build();
  }

  private static Cell milliseconds(long ms) {
    return Cell.of(Shown.seconds(ms)).sortedBy(Long.toString(ms));
  }

  private static PageView.Section failures(Board board) {
    if (board.failures().isEmpty()) {
      return PageView.Section.of("failures", "Failures by blame", "None, ever.");
    }
    Sheet.Builder sheet =
        Sheet.of("failures", "Failures by blame")
            .text("Blame", "failures.blame", "text-short first")
            .text("Verdict", "failures.verdict", "text-short")
            .number("Latest", "failures.latest", "in the latest evaluation")
            .number("All", "failures.all", "in all evaluations");
    board
        .failures()
        .forEach(
            each ->
                sheet.row(
                    Arrays.asList(
                        Cell.of(each.blame()),
                        Cell.of(each.verdict()),
                        Cell.of(each.latest()),
                        Cell.of(each.all()))));
    return PageView.Section.of(
            "failures",
            "Failures by blame",
            "Only what a miner is to blame for may cost a miner anything.")
        .with(sheet.build());
  }
}
