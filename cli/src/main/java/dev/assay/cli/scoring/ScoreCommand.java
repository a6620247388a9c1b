package dev.assay.cli.scoring;

import dev.assay.cli.terminal.ExitCode;
import dev.assay.cli.terminal.Output;
import dev.assay.cli.terminal.UsageException;
import dev.assay.report.Table;
import dev.assay.score.contest.Round;
import dev.assay.score.entry.ModelResult;
import dev.assay.score.weights.ScoredModel;
import dev.assay.score.weights.Scoring;
import dev.assay.score.weights.ScoringInput;
import dev.assay.score.weights.ScoringResult;
import dev.assay.score.weights.UidWeight;
import dev.assay.score.weights.WeightVector;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
    name = "score",
    description = "Turns losses into wins and weights, without a chain.",
    footer = {
      "",
      "The file holds {\"models\": [{\"uid\", \"hotkey\", \"block\", \"digest\", \"losses\":"
          + " [...]}],",
      "\"previous\": {uid: weight}}: one competition, losses in sample order; \"NaN\" and"
          + " \"Infinity\"",
      "are strings. A model without losses could not be evaluated.",
      "",
      "  assay score --losses losses.json --policy nous-0.2.7"
    })
public final class ScoreCommand implements Callable<Integer> {
  @Mixin private Output output;

  @Option(names = "--losses", required = true, paramLabel = "FILE", description = "The losses.")
  private Path losses;

  @Mixin private PolicyOption policy;

  record Answer(List<Model> models) {}

  record Model(
      int uid,
      String verdict,
      long wins,
      double winRate,
      double stepWeight,
      double weight,
      int weightU16) {
    static Model of(ScoredModel scored) {
      return new Model(
          scored.entry().uid(),
          scored.outcome().verdict().name(),
          scored.wins(),
          scored.winRate(),
          scored.stepWeight(),
          scored.weight(),
          scored.weightU16());
    }
  }

  @Override
  public Integer call() {
    ScoringResult result = score();
    Answer answer = new Answer(result.models().stream().map(Model::of).toList());
    output.print(answer, () -> table(answer, result.vector()).lines());
    return ExitCode.DONE;
  }

  private ScoringResult score() {
    LossesFile file = LossesFile.read(losses);
    try {
      Round round = Round.only(policy.policy(), file.results());
      long block =
          round.models().stream()
              .map(ModelResult::entry)
              .mapToLong(entry -> entry.block())
              .max()
              .orElse(0);
      return Scoring.score(ScoringInput.of(block, round, file.standings(round.competition())));
    } catch (IllegalArgumentException e) {
      throw new UsageException(losses + ": " + e.getMessage(), e);
    }
  }

  private static Table table(Answer answer, WeightVector vector) {
    Table table =
        new Table("uid", "verdict", "wins", "win rate", "step", "average", "u16", "weight");
    long sum = vector.weights().stream().mapToLong(UidWeight::weight).sum();
    for (Model model : answer.models()) {
      table.row(
          String.valueOf(model.uid()),
          model.verdict(),
          String.valueOf(model.wins()),
          share(model.winRate()),
          share(model.stepWeight()),
          share(model.weight()),
          String.valueOf(model.weightU16()),
          String.format(Locale.ROOT, "%.2f%%", 100 * WeightVector.share(model.weightU16(), sum)));
    }
    return table;
  }

  private static String share(double value) {
    return String.format(Locale.ROOT, "%.4f", value);
  }
}
