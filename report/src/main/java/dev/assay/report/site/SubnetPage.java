package dev.assay.report.site;

import dev.assay.report.board.Board;
import dev.assay.report.board.CompetitionBoard;
import dev.assay.report.board.ModelLine;
import dev.assay.report.board.QueueLine;
import dev.assay.report.board.SubnetState;
import dev.assay.report.board.ValidatorLine;
import dev.assay.report.yuma.YumaReport;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The page of the whole subnet: all UIDs, other validators, the next epoch, and the queue. */
final class SubnetPage {
  private static final double U16_MAX = 65_535;

  private final Board board;
  private final Map<Integer, ModelLine> models = new HashMap<>();

  private SubnetPage(Board board) {
    this.board = board;
    for (CompetitionBoard competition : board.competitions()) {
      competition.models().forEach(line -> models.put(line.uid(), line));
    }
  }

  static List<PageView.Section> sections(Board board) {
    return new SubnetPage(board).sections();
  }

  private List<PageView.Section> sections() {
    List<PageView.Section> sections = new ArrayList<>();
    if (board.subnet().isEmpty()) {
      sections.add(
          PageView.Section.of(
              "subnet",
              "All UIDs",
              "The chain was not read, so neither stake nor consensus nor emission can be told."));
    } else {
      SubnetState state = board.subnet().get();
      sections.add(
          PageView.Section.of(
                  "subnet",
                  "All UIDs",
                  "Read at block %d. Stake and emission are alpha; emission is the last epoch's."
                      .formatted(state.block()))
              .with(members(state)));
      sections.add(
          PageView.Section.of(
                  "validators",
                  "Agreement with other validators",
                  "Distance is half the sum of the differences between two validators' weights:"
                      + " 0 % is the same, 100 % has nothing in common.")
              .with(validators()));
      state.epoch().ifPresent(epoch -> sections.add(epoch(epoch)));
    }
    sections.add(queue());
    return sections;
  }

  private Sheet members(SubnetState state) {
    Sheet.Builder sheet =
        Sheet.of("subnet", "All UIDs of the subnet")
            .filterable()
            .lowNumber("UID", "subnet.members.uid", "")
            .text("Model", "repository", "name first")
            .text("Role", "subnet.members.permit", "text-short")
            .number("Stake", "subnet.members.stake", "")
            .number("Incentive", "subnet.members.incentive", "")
            .number("Dividends", "subnet.members.dividends", "")
            .number("Consensus", "subnet.members.consensus", "")
            .number("Trust", "subnet.members.trust", "")
            .number("Emission", "subnet.members.emission", "")
            .number("A day", "subnet.members.daily_reward", "at 12 seconds a block")
            .lowNumber("Updated", "subnet.members.updated", "blocks since its last weights")
            .text("Immune until", "subnet.members.immune_until", "number")
            .text("Verdict", "verdict", "text-short")
            .group(Sheet.Set.KEYS)
            .text("Hotkey", "subnet.members.hotkey", "key")
            .text("Coldkey", "subnet.members.coldkey", "key")
            .number("Registered", "subnet.members.registered_block", "");
    state.members().forEach(member -> sheet.row(cells(member, state.block())));
    return sheet.build();
  }

  private List<Cell> cells(SubnetState.Member member, long block) {
    Optional<ModelLine> model =
        Optional.ofNullable(models.get(member.uid()))
            .filter(line -> line.hotkey().equals(member.hotkey()));
    return List.of(
        Cell.plain(member.uid()),
        model.map(line -> Cell.of(Shown.model(line)).to(Shown.page(line.uid()))).orElse(Cell.NONE),
        Cell.of(member.permit() ? "validator" : model.isPresent() ? "miner" : "idle"),
        Cell.rao(member.stake()),
        Cell.percent(member.incentive()),
        Cell.percent(member.dividends()),
        Cell.percent(member.consensus()),
        Cell.percent(member.trust()),
        Cell.rao(member.emission()),
        Cell.rao(member.dailyReward()),
        Cell.of(member.updated()),
        immunity(member, block),
        Cell.of(model.map(ModelLine::verdict)),
        Cell.of(member.hotkey()),
        Cell.of(member.coldkey()),
        Cell.plain(member.registeredBlock()));
  }

  static Cell immunity(SubnetState.Member member, long block) {
    return member.immuneUntil() > block
        ? Cell.plain(member.immuneUntil())
        : Cell.of("over").sortedBy(Long.toString(member.immuneUntil()));
  }

  private Sheet validators() {
    Sheet.Builder sheet =
        Sheet.of("validators", "Validators and how far their weights are from ours")
            .lowNumber("UID", "validators.uid", "")
            .text("Hotkey", "validators.hotkey", "key first")
            .number("Stake", "validators.stake", "")
            .number("Dividends", "validators.dividends", "")
            .number("Trust", "validators.trust", "how much of its weights consensus keeps")
            .lowNumber("Updated", "validators.updated", "blocks since its last weights")
            .number("Weights", "validators.weights", "UIDs that it gives a weight")
            .lowNumber("From ours", "validators.to_ours", "")
            .lowNumber("From consensus", "validators.to_consensus", "");
    for (ValidatorLine line : board.validators()) {
      sheet.row(
          List.of(
              Cell.plain(line.uid()),
              Cell.of(line.hotkey()).below(line.isOurs() ? "ours" : ""),
              Cell.rao(line.stake()),
              Cell.percent(line.dividends()),
              Cell.percent(line.trust()),
              Cell.of(line.updated()),
              Cell.of(line.weights()),
              Cell.percent(line.toOurs()),
              Cell.percent(line.toConsensus())));
    }
    return sheet.build();
  }

  private static PageView.Section epoch(YumaReport epoch) {
    boolean isWhatIf = epoch.neurons().stream().anyMatch(each -> each.after().isPresent());
    Sheet.Builder sheet =
        Sheet.of("epoch", "The next epoch")
            .filterable()
            .lowNumber("UID", "subnet.epoch.neurons.uid", "")
            .number("Incentive", "before.incentive", "as it stands")
            .number("then", "after.incentive", "with the latest evaluation's weights")
            .number("Dividends", "before.dividends", "as it stands")
            .number("then", "after.dividends", "with the latest evaluation's weights")
            .number("Trust", "before.validator_trust", "as it stands")
            .number("then", "after.validator_trust", "with the latest evaluation's weights")
            .number("Emission", "before.emission", "as it stands")
            .number("then", "after.emission", "with the latest evaluation's weights");
    for (YumaReport.Neuron neuron : epoch.neurons()) {
      YumaReport.Terms now = neuron.before();
      YumaReport.Terms then = neuron.after().orElse(now);
      if (now.emission() + then.emission() == 0 && !now.permit()) {
        continue;
      }
      sheet.row(
          List.of(
              Cell.plain(neuron.uid()),
              Cell.percent(now.incentive() / U16_MAX),
              Cell.percent(then.incentive() / U16_MAX),
              Cell.percent(now.dividends() / U16_MAX),
              Cell.percent(then.dividends() / U16_MAX),
              Cell.percent(now.validatorTrust() / U16_MAX),
              Cell.percent(then.validatorTrust() / U16_MAX),
              Cell.rao(now.emission()),
              Cell.rao(then.emission())));
    }
    return PageView.Section.of(
            "epoch",
            "What if: the next epoch",
            "Yuma consensus in block %d, as it stands%s. UIDs that earn nothing are left out."
                .formatted(
                    epoch.epochBlock(),
                    isWhatIf
                        ? ", and then with the latest evaluation's weights set by us"
                        : "; no other weights to compare with"))
        .with(sheet.build());
  }

  private PageView.Section queue() {
    String note =
        board.subnet().isEmpty()
            ? "The chain was not read, so new commitments are not known."
            : "New commitments, and models that are tried again.";
    if (board.queue().isEmpty()) {
      return PageView.Section.of("queue", "Waiting to be judged", note, "Nothing waits.");
    }
    Sheet.Builder sheet =
        Sheet.of("queue", "Waiting to be judged")
            .lowNumber("UID", "queue.uid", "")
            .text("Committed", "queue.committed", "name first")
            .lowNumber("In block", "queue.committed_block", "")
            .text("State", "queue.state", "text-short")
            .lowNumber("Window from", "queue.window_block", "the first block of its window")
            .lowNumber("Immune until", "queue.immune_until", "")
            .text("Hotkey", "queue.hotkey", "key");
    for (QueueLine line : board.queue()) {
      sheet.row(
          List.of(
              Cell.plain(line.uid()),
              line.committed().map(text -> Cell.of(Shown.text(text, 80))).orElse(Cell.NONE),
              Cell.plain(line.committedBlock()),
              Cell.of(line.state()),
              Cell.plain(line.windowBlock()),
              line.immuneUntil().map(Cell::plain).orElse(Cell.NONE),
              Cell.of(line.hotkey())));
    }
    return PageView.Section.of("queue", "Waiting to be judged", note).with(sheet.build());
  }
}
