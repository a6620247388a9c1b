package dev.assay.report.site;

import dev.assay.report.board.Board;
import dev.assay.report.board.CompetitionBoard;
import dev.assay.report.board.ModelLine;
import dev.assay.report.board.SampleLine;
import dev.assay.report.board.SubnetState;
import dev.assay.score.statistics.Interval;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.IntStream;

/** The page of one model: why it stands where it stands. */
final class ModelPage {
  private static final int WORST = 20;
  private static final int BEST = 10;

  /** The JSON has them all. */
  private static final int MOST_EVALUATIONS = 50;

  private ModelPage() {}

  static List<PageView.Section> sections(
      Board board, String hub, CompetitionBoard competition, ModelLine line) {
    List<PageView.Section> sections = new ArrayList<>();
    sections.add(
        PageView.Section.of("standing", "").withFacts(facts(board, hub, competition, line)));
    sections.add(why(line));
    if (!line.history().isEmpty()) {
      sections.add(
          PageView.Section.of("history", "History").with(Plots.history(line)).with(history(line)));
    }
    samples(competition, line).ifPresent(sections::add);
    sections.add(PageView.Section.of("cost", "What judging it took").withFacts(cost(line)));
    board
        .banner()
        .evaluation()
        .ifPresent(
            id ->
                sections.add(
                    PageView.Section.of(
                            "check",
                            "Check it yourself",
                            "Scores the evaluation's bundle again, and recomputes some of its"
                                + " losses from the checkpoints on the hub.")
                        .withCommand("assay replay bundles/" + Shown.text(id) + " --losses 20")));
    return sections;
  }

  private static List<PageView.Fact> facts(
      Board board, String hub, CompetitionBoard competition, ModelLine line) {
    List<PageView.Fact> facts = new ArrayList<>();
    facts.add(
        PageView.Fact.of(
            "Standing",
            "rank %d of %d in %s"
                .formatted(
                    line.rank(),
                    competition.models().size(),
                    Shown.competition(competition.id()).toLowerCase(Locale.ROOT))));
    facts.add(
        PageView.Fact.of(
            "Verdict",
            Shown.text(line.verdict())
                + line.blame().map(blame -> ", blame: " + Shown.text(blame)).orElse("")));
    if (!line.reason().isEmpty()) {
      facts.add(PageView.Fact.of("Reason", Shown.text(line.reason(), 400)));
    }
    line.loss().ifPresent(loss -> facts.add(PageView.Fact.of("Loss", interval(loss, "%.4f"))));
    line.behind()
        .ifPresent(
            behind -> facts.add(PageView.Fact.of("Behind the leader", interval(behind, "%+.4f"))));
    facts.add(
        PageView.Fact.of(
            "Win rate",
            "%s: %,d of %,d samples against all others"
                .formatted(Shown.percent(line.winRate()), line.wins(), line.matches())));
    facts.add(
        PageView.Fact.of(
            "Weight",
            "%s now, %s next"
                .formatted(Shown.percent(line.weightNow()), Shown.percent(line.weightNext()))));
    line.epsilon()
        .ifPresent(
            epsilon ->
                facts.add(
                    PageView.Fact.of(
                        "Advantage",
                        Shown.percent(epsilon)
                            + " over later models"
                            + line.epsilonFloorBlock()
                                .map(block -> ", falling until block " + block)
                                .orElse(""))));
    facts.add(
        PageView.Fact.of(
            "Committed", "block %d, %,d blocks ago".formatted(line.committedBlock(), line.age())));
    facts.add(PageView.Fact.of("Hotkey", Shown.text(line.hotkey())));
    member(board, line)
        .ifPresent(
            member -> {
              facts.add(PageView.Fact.of("Coldkey", Shown.text(member.coldkey())));
              facts.add(
                  PageView.Fact.of(
                      "Earns",
                      "incentive %s, %s alpha in the last epoch, %s a day"
                          .formatted(
                              Shown.percent(member.incentive()),
                              Shown.rao(member.emission()),
                              Shown.rao(member.dailyReward()))));
            });
    line.revision().ifPresent(each -> facts.add(PageView.Fact.of("Revision", Shown.text(each))));
    line.digest().ifPresent(each -> facts.add(PageView.Fact.of("Content", Shown.text(each))));
    Shown.onHub(hub, line).ifPresent(each -> facts.add(PageView.Fact.of("On the hub", each)));
    return facts;
  }

  private static Optional<SubnetState.Member> member(Board board, ModelLine line) {
    return board.subnet().stream()
        .flatMap(state -> state.members().stream())
        .filter(each -> each.uid() == line.uid() && each.hotkey().equals(line.hotkey()))
        .findFirst();
  }

  private static String interval(Interval interval, String format) {
    String bounds =
        Double.isFinite(interval.low())
            ? String.format(
                Locale.ROOT, " (" + format + " to " + format + ")", interval.low(), interval.high())
            : "";
    return String.format(Locale.ROOT, format, interval.estimate()) + bounds;
  }

  private static PageView.Section why(ModelLine line) {
    PageView.Section section = PageView.Section.of("why", "Why it stands where it stands");
    if (line.why().isEmpty()) {
      return PageView.Section.of(
          "why",
          "Why it stands where it stands",
          line.reason().isEmpty()
              ? "The evaluation's bundle is not there, so the reasons can't be told."
              : Shown.text(line.reason(), 400));
    }
    return section.withLines(
        line.why().stream()
            .map(
                text -> {
                  int spaces = text.length() - text.stripLeading().length();
                  return new PageView.Line(Shown.text(text, 400), Math.min(2, spaces / 2));
                })
            .toList());
  }

  private static Sheet history(ModelLine line) {
    Sheet.Builder sheet =
        Sheet.of("history", "The figures of the last %d evaluations".formatted(MOST_EVALUATIONS))
            .folded()
            .number("Block", "history.block", "")
            .text("Verdict", "history.verdict", "text-short")
            .lowNumber("Loss", "history.loss", "")
            .number("Win rate", "history.win_rate", "")
            .number("Weight", "history.weight", "");
    int count = line.history().size();
    for (int i = count - 1; i >= Math.max(0, count - MOST_EVALUATIONS); i--) {
      ModelLine.Point point = line.history().get(i);
      sheet.row(
          List.of(
              Cell.plain(point.block()),
              Cell.of(point.verdict()),
              point.loss().map(Cell::loss).orElse(Cell.NONE),
              Cell.percent(point.winRate()),
              Cell.percent(point.weight())));
    }
    return sheet.build();
  }

  /**
   * Those on which it is furthest behind the leader, and furthest ahead; its own where it leads.
   */
  private static Optional<PageView.Section> samples(CompetitionBoard competition, ModelLine line) {
    Optional<ModelLine> leader =
        competition.models().stream().filter(each -> !each.losses().isEmpty()).findFirst();
    int count = Math.min(line.losses().size(), competition.samples().size());
    if (count == 0 || leader.isEmpty() || leader.get().losses().size() < count) {
      return Optional.empty();
    }
    List<Double> theirs = leader.get().losses();
    boolean leads = leader.get().uid() == line.uid();
    List<Integer> order =
        IntStream.range(0, count)
            .boxed()
            .filter(i -> Double.isFinite(line.losses().get(i)))
            .sorted(
                Comparator.comparingDouble(i -> (leads ? 0 : theirs.get(i)) - line.losses().get(i)))
            .toList();
    Sheet.Builder sheet =
        Sheet.of("samples", "Samples that speak most against it, then most for it")
            .lowNumber("Sample", "samples.place", "")
            .lowNumber("Loss", "losses", "nats per token")
            .lowNumber("Leader's", "losses", "nats per token")
            .number("Behind", "losses", "")
            .text("Prompt", "samples.prompt", "text");
    for (int place = 0; place < order.size(); place++) {
      if (place < WORST || place >= order.size() - BEST) {
        sheet.row(sample(competition, order.get(place), line, theirs));
      }
    }
    return Optional.of(
        PageView.Section.of(
                "samples",
                "Its samples",
                leads
                    ? "The samples that it finds hardest, then the easiest."
                    : "The %d samples that speak most against it, then the %d that speak most for it."
                        .formatted(Math.min(WORST, count), Math.min(BEST, count)))
            .with(sheet.build()));
  }

  private static List<Cell> sample(
      CompetitionBoard competition, int i, ModelLine line, List<Double> theirs) {
    SampleLine sample = competition.samples().get(i);
    return List.of(
        Cell.plain(i).to("../samples.html#" + SamplesPage.anchor(competition, i)),
        Cell.loss(line.losses().get(i)),
        Cell.loss(theirs.get(i)),
        Cell.signed(line.losses().get(i) - theirs.get(i)),
        Cell.of(Shown.text(sample.prompt(), 140)));
  }

  private static List<PageView.Fact> cost(ModelLine line) {
    ModelLine.Cost cost = line.cost();
    String speed =
        cost.runMs() > 0 && cost.computed() > 0 && line.samples() > 0
            ? String.format(
                Locale.ROOT,
                ", %,.0f tokens/s",
                cost.tokens() * (cost.computed() / (double) line.samples()) / cost.runMs() * 1e3)
            : "";
    return List.of(
        PageView.Fact.of(
            "Download", Shown.bytes(cost.bytes()) + " in " + Shown.seconds(cost.downloadMs())),
        PageView.Fact.of("Loading", Shown.seconds(cost.loadMs())),
        PageView.Fact.of(
            "Losses",
            "%,d of %,d samples computed in %s%s"
                .formatted(cost.computed(), line.samples(), Shown.seconds(cost.runMs()), speed)),
        PageView.Fact.of("Executors tried", String.valueOf(cost.attempt())),
        PageView.Fact.of("Device", cost.device().map(Shown::text).orElse("none")));
  }
}
