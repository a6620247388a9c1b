package dev.assay.report.site;

import dev.assay.report.board.Board;
import dev.assay.report.board.CompetitionBoard;
import dev.assay.report.board.ModelLine;
import dev.assay.report.board.SampleLine;
import dev.assay.report.board.SourceLine;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The page of samples: what they are, how hard they were, and who delivered them. */
final class SamplesPage {
  private static final int MOST_MODELS = 5;
  private static final int LONGEST = 300;

  private SamplesPage() {}

  static List<PageView.Section> sections(Board board) {
    List<PageView.Section> sections = new ArrayList<>();
    for (CompetitionBoard competition : board.competitions()) {
      if (!competition.samples().isEmpty()) {
        add(competition, sections);
      }
    }
    sections.add(feed(board));
    return sections;
  }

  static String anchor(CompetitionBoard competition, int place) {
    return "sample-" + Site.anchor(competition.id()) + "-" + place;
  }

  private static void add(CompetitionBoard competition, List<PageView.Section> sections) {
    String id = Site.anchor(competition.id());
    String title = Shown.competition(competition.id());
    if (!competition.byLength().isEmpty()) {
      sections.add(
          PageView.Section.of("length-" + id, title + ": loss by length")
              .with(
                  Plots.ranges(
                      "characters of the prompt",
                      "Mean loss by the prompt's length, quarters of the samples, with bounds of"
                          + " 95 %.",
                      competition.byLength()))
              .with(groups("length-" + id, "Characters", competition.byLength())));
    }
    if (!competition.bySource().isEmpty()) {
      sections.add(
          PageView.Section.of("source-" + id, title + ": loss by source")
              .with(
                  Plots.ranges(
                      "source",
                      "Mean loss by the samples' source, with bounds of 95 %.",
                      competition.bySource()))
              .with(groups("source-" + id, "Source", competition.bySource())));
    }
    sections.add(
        PageView.Section.of(
                "samples-" + id,
                title + ": all samples",
                "Losses of the first %d models, in nats per token.".formatted(MOST_MODELS))
            .with(samples(competition, "samples-" + id)));
  }

  private static Sheet groups(String id, String name, List<CompetitionBoard.LossGroup> groups) {
    Sheet.Builder sheet =
        Sheet.of(id, "The figures of the plot")
            .folded()
            .text(name, "group", "name first")
            .number("Samples", "samples", "")
            .lowNumber("Leader", "leader.estimate", "")
            .lowNumber("All accepted", "everybody.estimate", "");
    groups.forEach(
        group ->
            sheet.row(
                List.of(
                    Cell.of(group.group()),
                    Cell.of(group.samples()),
                    Cell.of(group.leader(), false),
                    Cell.of(group.everybody(), false))));
    return sheet.build();
  }

  private static Sheet samples(CompetitionBoard competition, String id) {
    List<ModelLine> models =
        competition.models().stream()
            .filter(line -> line.losses().size() == competition.samples().size())
            .limit(MOST_MODELS)
            .toList();
    Sheet.Builder sheet =
        Sheet.of(
                id,
                "All samples of " + Shown.competition(competition.id()).toLowerCase(Locale.ROOT))
            .filterable()
            .lowNumber("Sample", "place", "in the order of the draw");
    models.forEach(
        line ->
            sheet.number("UID " + line.uid(), "uid-" + line.uid(), "loss of " + Shown.model(line)));
    sheet
        .text("Prompt", "prompt", "text")
        .text("Response", "response", "text")
        .lowNumber("Block", "block", "")
        .group(Sheet.Set.KEYS)
        .text("Asked by", "source", "key")
        .text("Answered by", "answerer", "key")
        .text("Read from", "origin", "text")
        .text("Sample's id", "id", "key");
    for (SampleLine sample : competition.samples()) {
      List<Cell> cells = new ArrayList<>();
      cells.add(Cell.plain(sample.place()));
      models.forEach(line -> cells.add(Cell.loss(line.losses().get(sample.place()))));
      cells.add(Cell.of("").whole(sample.prompt(), LONGEST));
      cells.add(Cell.of("").whole(sample.response(), LONGEST));
      cells.add(Cell.plain(sample.block()));
      cells.add(Cell.of(sample.source()));
      cells.add(Cell.of(sample.answerer()));
      cells.add(Cell.of(sample.origin()));
      cells.add(Cell.of(sample.id()));
      sheet.row(Optional.of(anchor(competition, sample.place())), cells);
    }
    return sheet.build();
  }

  private static PageView.Section feed(Board board) {
    String note =
        board.sources().isEmpty()
            ? "The table of samples is empty."
            : "Samples of the last three windows, by who signed them. Repeated: samples whose"
                + " prompt the same source has delivered before.";
    PageView.Section section = PageView.Section.of("feed", "Quality of the feed", note);
    if (board.sources().isEmpty()) {
      return section;
    }
    Sheet.Builder sheet =
        Sheet.of("feed", "Sources of samples")
            .text("Source", "sources.source", "key first")
            .number("Samples", "sources.samples", "")
            .number("Share", "sources.share", "")
            .number("Repeated", "sources.repeated", "")
            .number("Oldest block", "sources.oldest_block", "")
            .number("Newest block", "sources.newest_block", "")
            .number("Prompt", "sources.prompt_length", "median, in characters");
    for (SourceLine source : board.sources()) {
      sheet.row(
          List.of(
              Cell.of(source.source()),
              Cell.of(source.samples()),
              Cell.percent(source.share()),
              Cell.of(source.repeated()),
              Cell.plain(source.oldestBlock()),
              Cell.plain(source.newestBlock()),
              Cell.of(source.promptLength())));
    }
    return section.with(sheet.build());
  }
}
