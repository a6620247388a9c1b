package dev.assay.report.site;

import dev.assay.report.board.Banner;
import dev.assay.report.board.Board;
import dev.assay.report.board.CompetitionBoard;
import dev.assay.report.board.ModelLine;
import dev.assay.report.board.SubnetState;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** The first page: how things stand, and each competition's models. */
final class LeaderboardPage {
  private final Board board;
  private final Map<Integer, SubnetState.Member> members = new HashMap<>();

  private LeaderboardPage(Board board) {
    this.board = board;
    board.subnet().ifPresent(s -> s.members().forEach(each -> members.put(each.uid(), each)));
  }

  static List<PageView.Section> sections(Board board) {
    return new LeaderboardPage(board).sections();
  }

  private List<PageView.Section> sections() {
    List<PageView.Section> sections = new ArrayList<>();
    sections.add(
        PageView.Section.of(
                "now", "", board.notes().stream().map(Shown::text).toArray(String[]::new))
            .withFacts(facts()));
    for (CompetitionBoard competition : board.competitions()) {
      add(competition, sections);
    }
    return sections;
  }

  private List<PageView.Fact> facts() {
    Banner banner = board.banner();
    List<PageView.Fact> facts = new ArrayList<>();
    facts.add(PageView.Fact.of("Subnet", board.netuid() + ", mechanism " + board.mechanism()));
    banner
        .evaluation()
        .ifPresent(
            id ->
                facts.add(
                    PageView.Fact.of(
                        "Evaluation",
                        Shown.text(id) + " of block " + banner.evaluationBlock().orElseThrow())));
    banner.evaluatedAt().ifPresent(time -> facts.add(PageView.Fact.at("Data of", time)));
    banner
        .chainBlock()
        .ifPresent(
            block ->
                facts.add(
                    PageView.Fact.of(
                        "Chain",
                        "read at block "
                            + block
                            + banner
                                .epochBlock()
                                .map(
                                    epoch ->
                                        ", next epoch in block "
                                            + epoch
                                            + ", in "
                                            + Math.max(0, epoch - block)
                                            + " blocks")
                                .orElse(""))));
    facts.add(PageView.Fact.of("Last weights", banner.weights().map(this::set).orElse("none")));
    banner
        .versions()
        .ifPresent(
            versions ->
                facts.add(
                    PageView.Fact.of(
                        "Versions",
                        // An object of texts, without its punctuation.
                        Shown.text(
                            versions
                                .replaceAll("[{}\"]", "")
                                .replace(":", " ")
                                .replace(",", ", ")))));
    return facts;
  }

  private String set(Banner.SetWeights weights) {
    return "window %d, block %s%s, %s, extrinsic %s"
        .formatted(
            weights.window(),
            weights.block().map(String::valueOf).orElse("unknown"),
            weights.isFinal() ? " (final)" : "",
            Shown.text(weights.event()),
            weights.extrinsic().map(Shown::text).orElse("unknown"));
  }

  private void add(CompetitionBoard competition, List<PageView.Section> sections) {
    String id = Site.anchor(competition.id());
    String title = Shown.competition(competition.id());
    String policy =
        competition.policy().map(name -> "Policy " + Shown.text(name) + ". ").orElse("");
    sections.add(
        PageView.Section.of(
                "models-" + id,
                title,
                policy
                    + "Losses are nats per token, with bounds of 95 % below them; behind is the"
                    + " difference to the leader on the same samples.")
            .with(models(competition, "models-" + id)));
    if (!competition.bestLosses().isEmpty()) {
      sections.add(
          PageView.Section.of("best-" + id, title + ": best loss")
              .with(Plots.bestLosses(competition.bestLosses()))
              .with(bestLosses(competition, "best-" + id)));
    }
    if (!competition.weights().isEmpty()) {
      sections.add(
          PageView.Section.of("weights-" + id, title + ": weights over time")
              .with(Plots.weights(competition.weights(), names(competition))));
    }
    if (!competition.wins().isEmpty()) {
      sections.add(
          PageView.Section.of(
                  "wins-" + id,
                  title + ": who beats whom",
                  "The share of samples that the row's model won against the column's, with the"
                      + " earlier one's advantage taken off.")
              .with(wins(competition, "wins-" + id)));
    }
    Plots.scatter(competition.models())
        .ifPresent(
            plot ->
                sections.add(
                    PageView.Section.of("scatter-" + id, title + ": sample by sample").with(plot)));
    if (!competition.copies().isEmpty()) {
      sections.add(
          PageView.Section.of(
                  "copies-" + id, title + ": copies", "Who committed what another had before.")
              .with(copies(competition, "copies-" + id)));
    }
  }

  private static Map<Integer, String> names(CompetitionBoard competition) {
    Map<Integer, String> names = new HashMap<>();
    competition.models().forEach(line -> names.put(line.uid(), Shown.model(line)));
    return names;
  }

  private Sheet models(CompetitionBoard competition, String id) {
    boolean hasChain = board.subnet().isPresent();
    Sheet.Builder sheet =
        Sheet.of(id, "Models of " + Shown.competition(competition.id()).toLowerCase(Locale.ROOT))
            .filterable()
            .lowNumber("#", "rank", "by weight, win rate, then loss")
            .text("Model", "repository", "name first")
            .lowNumber("UID", "uid", "")
            .text("Verdict", "verdict", "text-short")
            .lowNumber("Loss", "loss.estimate", "mean loss in nats per token")
            .lowNumber("Behind", "behind.estimate", "paired difference to the leader's loss")
            .number("Win rate", "win_rate", "wins over matches")
            .number("Weight", "weight_now", "share of the weights set last")
            .number("Next", "weight_next", "share of the latest evaluation's weights")
            .number("ε", "epsilon", "advantage over later models now, and the block it ends")
            .lowNumber("Age", "age", "blocks since the commitment")
            .number("Samples", "samples", "samples with a loss")
            .number("Judged", "evaluations", "evaluations that computed its loss");
    if (hasChain) {
      sheet
          .group(Sheet.Set.CHAIN)
          .number("Incentive", "subnet.members.incentive", "")
          .number("Trust", "subnet.members.trust", "")
          .number("Consensus", "subnet.members.consensus", "")
          .number("Emission", "subnet.members.emission", "of the last epoch, in alpha")
          .number("A day", "subnet.members.daily_reward", "emission a day, in alpha")
          .number("Stake", "subnet.members.stake", "")
          .lowNumber("Updated", "subnet.members.updated", "blocks since its last weights")
          .text("Immune until", "subnet.members.immune_until", "number");
    }
    sheet
        .group(Sheet.Set.KEYS)
        .text("Hotkey", "hotkey", "key")
        .text("Coldkey", "subnet.members.coldkey", "key")
        .text("Revision", "revision", "key")
        .text("Content", "digest", "key");
    competition.models().forEach(line -> sheet.row(cells(line, hasChain)));
    return sheet.build();
  }

  private List<Cell> cells(ModelLine line, boolean hasChain) {
    List<Cell> cells = new ArrayList<>();
    cells.add(Cell.plain(line.rank()));
    cells.add(Cell.of(Shown.model(line)).to(Shown.page(line.uid())));
    cells.add(Cell.plain(line.uid()));
    cells.add(Cell.of(line.verdict()).below(Shown.text(line.reason(), 90)));
    cells.add(line.loss().map(loss -> Cell.of(loss, false)).orElse(Cell.NONE));
    cells.add(line.behind().map(behind -> Cell.of(behind, true)).orElse(Cell.NONE));
    cells.add(Cell.percent(line.winRate()));
    cells.add(Cell.percent(line.weightNow()));
    cells.add(Cell.percent(line.weightNext()));
    cells.add(
        Cell.percent(line.epsilon())
            .below(line.epsilonFloorBlock().map(block -> "until " + block).orElse("")));
    cells.add(Cell.of(line.age()).below("block " + line.committedBlock()));
    cells.add(Cell.of(line.samples()));
    cells.add(Cell.of(line.evaluations()));
    Optional<SubnetState.Member> member =
        Optional.ofNullable(members.get(line.uid()))
            .filter(each -> each.hotkey().equals(line.hotkey()));
    if (hasChain) {
      addChain(member, cells);
    }
    cells.add(Cell.of(line.hotkey()));
    cells.add(Cell.of(member.map(SubnetState.Member::coldkey)));
    cells.add(Cell.of(line.revision()));
    cells.add(Cell.of(line.digest()));
    return cells;
  }

  private void addChain(Optional<SubnetState.Member> member, List<Cell> cells) {
    if (member.isEmpty()) {
      for (int i = 0; i < 8; i++) {
        cells.add(Cell.NONE);
      }
      return;
    }
    SubnetState.Member each = member.get();
    long block = board.subnet().orElseThrow().block();
    cells.add(Cell.percent(each.incentive()));
    cells.add(Cell.percent(each.trust()));
    cells.add(Cell.percent(each.consensus()));
    cells.add(Cell.rao(each.emission()));
    cells.add(Cell.rao(each.dailyReward()));
    cells.add(Cell.rao(each.stake()));
    cells.add(Cell.of(each.updated()));
    cells.add(SubnetPage.immunity(each, block));
  }

  private static Sheet bestLosses(CompetitionBoard competition, String id) {
    Sheet.Builder sheet =
        Sheet.of(id, "The figures of the plot")
            .folded()
            .lowNumber("Block", "best_losses.block", "")
            .lowNumber("UID", "best_losses.uid", "")
            .lowNumber("Loss", "best_losses.loss", "")
            .lowNumber("To be beaten", "best_losses.below", "");
    competition
        .bestLosses()
        .forEach(
            best ->
                sheet.row(
                    List.of(
                        Cell.plain(best.block()),
                        Cell.plain(best.uid()),
                        Cell.loss(best.loss()),
                        best.below().map(Cell::loss).orElse(Cell.NONE))));
    return sheet.build();
  }

  private static Sheet wins(CompetitionBoard competition, String id) {
    Map<List<Integer>, CompetitionBoard.Wins> pairs = new HashMap<>();
    competition.wins().forEach(pair -> pairs.put(List.of(pair.uid(), pair.against()), pair));
    List<ModelLine> models =
        competition.models().stream()
            .filter(line -> competition.wins().stream().anyMatch(w -> w.uid() == line.uid()))
            .toList();
    Sheet.Builder sheet =
        Sheet.of(id, "Wins between the first models").text("Model", "wins.uid", "name first");
    models.forEach(line -> sheet.text(String.valueOf(line.uid()), "wins.against", "heat"));
    for (ModelLine line : models) {
      List<Cell> cells = new ArrayList<>();
      cells.add(Cell.of(line.uid() + " " + Shown.model(line)).to(Shown.page(line.uid())));
      for (ModelLine other : models) {
        cells.add(share(Optional.ofNullable(pairs.get(List.of(line.uid(), other.uid())))));
      }
      sheet.row(cells);
    }
    return sheet.build();
  }

  private static Cell share(Optional<CompetitionBoard.Wins> pair) {
    return pair.filter(each -> each.matches() > 0)
        .map(each -> each.won() / (double) each.matches())
        .map(share -> Cell.percent(share).shaded(share))
        .orElse(Cell.NONE);
  }

  private static Sheet copies(CompetitionBoard competition, String id) {
    Map<Integer, ModelLine> lines = new HashMap<>();
    competition.models().forEach(line -> lines.put(line.uid(), line));
    Sheet.Builder sheet =
        Sheet.of(id, "Copies and what they are copies of")
            .text("Copy", "copies.uid", "name first")
            .lowNumber("Committed", "committed_block", "")
            .text("Of", "copies.of", "name")
            .lowNumber("Committed", "committed_block", "")
            .text("Kind", "copies.is_exact", "text-short");
    for (CompetitionBoard.Copy copy : competition.copies()) {
      if (lines.containsKey(copy.uid()) && lines.containsKey(copy.of())) {
        ModelLine own = lines.get(copy.uid());
        ModelLine first = lines.get(copy.of());
        String kind =
            copy.isExact()
                ? "the same content"
                : "losses %s apart".formatted(copy.share().map(Shown::percent).orElse("hardly"));
        sheet.row(
            List.of(
                Cell.of(own.uid() + " " + Shown.model(own)).to(Shown.page(own.uid())),
                Cell.plain(own.committedBlock()),
                Cell.of(first.uid() + " " + Shown.model(first)).to(Shown.page(first.uid())),
                Cell.plain(first.committedBlock()),
                Cell.of(kind)));
      }
    }
    return sheet.build();
  }
}
