package dev.assay.cli.train;

import dev.assay.cli.loss.AdapterFolder;
import dev.assay.cli.settings.ConfigurationOption;
import dev.assay.cli.terminal.Console;
import dev.assay.cli.terminal.ExitCode;
import dev.assay.cli.terminal.Output;
import dev.assay.cli.terminal.Ranges;
import dev.assay.cli.terminal.UsageException;
import dev.assay.jobs.bundle.BundleFolder;
import dev.assay.jobs.bundle.Bundles;
import dev.assay.jobs.candidates.SampleEncoding;
import dev.assay.jobs.candidates.TokenizerSource;
import dev.assay.jobs.config.AssayConfiguration;
import dev.assay.jobs.evaluate.ModelCheck;
import dev.assay.jobs.judge.HubAccess;
import dev.assay.jobs.tables.VerdictRow;
import dev.assay.model.checkpoint.CheckpointFiles;
import dev.assay.model.loss.Batching;
import dev.assay.model.rejection.RejectedCheckpointException;
import dev.assay.model.text.Tokenizer;
import dev.assay.model.text.TokenizerLimits;
import dev.assay.report.Printable;
import dev.assay.report.Table;
import dev.assay.score.contest.Comparison;
import dev.assay.score.entry.Verdict;
import dev.assay.score.rules.Competition;
import dev.assay.score.weights.ScoredModel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "check",
    description = {
      "Says what a validator would say of a model, before anything is published: whether it passes",
      "the gate, its losses, whether it copies another, and where it would stand."
    },
    footer = {
      "",
      "It is judged by the rules of --config and on the samples of an evaluation, and scored in"
          + " that",
      "evaluation's field as its newest commitment; the bundle that each evaluation leaves, or"
          + " that",
      "another validator publishes, holds both. Exit code 0 if it would be accepted, 1 if not.",
      "",
      "  assay check tuned --config loop/validator-1.yaml",
    })
public final class CheckCommand implements Callable<Integer> {
  /** A smaller share of the weights is called nothing. */
  private static final double WORTH_TELLING = 1e-4;

  @Mixin private Output output;
  @Mixin private ConfigurationOption configuration;

  @Parameters(paramLabel = "DIR", description = "The model's folder.")
  private Path folder;

  @Option(
      names = "--bundle",
      paramLabel = "BUNDLE",
      defaultValue = "latest",
      description =
          "The evaluation: a bundle's folder; or, of those under paths.bundles, the evaluation's"
              + " id, its first digits, or latest (default: ${DEFAULT-VALUE}).")
  private String bundle;

  @Option(
      names = "--competition",
      paramLabel = "ID",
      description = "Which of the evaluation's competitions (default: its first).")
  private String competition;

  @Option(
      names = "--threads",
      paramLabel = "N",
      description = "Threads per operation (default: one per core).")
  private Integer threads;

  /**
   * One thing that was looked at.
   *
   * @param outcome pass, note or fail
   * @param next what to do about it; empty where it passes
   */
  record Finding(String check, String outcome, String says, String next) {}

  /** How it did against one model of the field. */
  record Opponent(int uid, String repository, Double meanLoss, int wins, int matches) {}

  /**
   * What a validator would say.
   *
   * @param place 1 for the lowest mean loss of those accepted; null, like all after it, where it
   *     never came so far
   * @param stepShare what the evaluation alone awards, before the moving average
   */
  record Answer(
      boolean accepted,
      String verdict,
      String evaluation,
      String competition,
      List<Finding> findings,
      Double meanLoss,
      Integer place,
      Double winRate,
      Double stepShare,
      Integer weightU16,
      List<Opponent> opponents) {}

  @Override
  public Integer call() throws IOException, InterruptedException, RejectedCheckpointException {
    Ranges.threads("--threads", threads);
    AdapterFolder.refuse(folder);
    if (!Files.isRegularFile(folder.resolve(CheckpointFiles.CONFIG))) {
      throw new UsageException(
          folder + " has no " + CheckpointFiles.CONFIG + "; name a checkpoint's folder");
    }
    AssayConfiguration settings = configuration.load();
    BundleFolder evaluation = evaluation(settings);
    Competition rules = rules(settings, evaluation);
    TokenizerSource tokenizers =
        new TokenizerSource(
            HubAccess.of(settings.hub()).client(settings.secrets().hubToken()),
            Path.of(settings.evaluation().cache()));
    Answer answer = answer(evaluation, rules, tokenizers);
    output.print(answer, () -> lines(answer));
    return answer.accepted() ? ExitCode.DONE : ExitCode.FAILED;
  }

  private BundleFolder evaluation(AssayConfiguration settings) {
    Path named = Path.of(bundle);
    BundleFolder found =
        Files.isDirectory(named)
            ? new BundleFolder(named.toAbsolutePath().normalize())
            : Bundles.of(settings).named(bundle);
    List<String> damaged = found.damaged();
    if (!damaged.isEmpty()) {
      throw new UsageException(
          "--bundle: %s differs from its manifest in %s; get it again"
              .formatted(found.address(), damaged));
    }
    return found;
  }

  /** The rules in force at the evaluation's block, which must be those that it judged by. */
  private Competition rules(AssayConfiguration settings, BundleFolder evaluation) {
    long block = evaluation.input().block();
    List<String> judged =
        evaluation.input().rounds().stream().map(round -> round.competition()).toList();
    String id = competition == null ? judged.get(0) : competition;
    Optional<Competition> rules = settings.competitions().schedule().find(block, id);
    if (rules.isEmpty() || !judged.contains(id)) {
      throw new UsageException(
          "--competition %s: at block %d the configuration has %s, the evaluation %s"
              .formatted(
                  id,
                  block,
                  settings.competitions().schedule().at(block).stream()
                      .map(Competition::id)
                      .toList(),
                  judged));
    }
    String tokenizer = evaluation.configuration().tokenizer(id, block);
    if (!tokenizer.equals(rules.get().tokenizer())) {
      throw new UsageException(
          "--config: competition %s has the tokenizer %s, and the evaluation judged by %s; use the subnet's rules"
              .formatted(id, rules.get().tokenizer(), tokenizer));
    }
    return rules.get();
  }

  private Answer answer(BundleFolder evaluation, Competition rules, TokenizerSource tokenizers)
      throws IOException, InterruptedException {
    Console console = Console.standardError();
    int used = threads == null ? Runtime.getRuntime().availableProcessors() : threads;
    ModelCheck check =
        new ModelCheck(evaluation, rules, new SampleEncoding(tokenizers, Batching.SINGLE), used);
    ModelCheck.Result result =
        check.of(
            folder,
            told ->
                console.move(
                    String.format(
                        Locale.ROOT,
                        "%d losses, %,.0f tokens/s",
                        told.losses().size(),
                        told.tokensPerSecond())));
    List<VerdictRow> field = check.field();
    List<Finding> findings = new ArrayList<>();
    findings.add(gate(result, rules));
    findings.add(tokenizer(rules, tokenizers));
    result.standing().ifPresent(scored -> findings.addAll(standing(result, scored, field)));
    Optional<ScoredModel> scored = result.standing();
    boolean accepted = result.verdict() == Verdict.ACCEPTED;
    return new Answer(
        accepted,
        result.verdict().name(),
        evaluation.manifest().facts().getOrDefault("evaluation", evaluation.address()),
        rules.id(),
        findings,
        scored.map(ScoredModel::meanLoss).filter(Double::isFinite).orElse(null),
        accepted ? place(scored.orElseThrow(), field) : null,
        scored.map(ScoredModel::winRate).orElse(null),
        scored.map(ScoredModel::stepWeight).orElse(null),
        scored.map(ScoredModel::weightU16).orElse(null),
        scored.map(model -> opponents(model, field)).orElse(List.of()));
  }

  private static Finding gate(ModelCheck.Result result, Competition rules) {
    return result.standing().isPresent()
        ? new Finding(
            "gate",
            "pass",
            "files, configuration, size, weights and norms are within the rules of " + rules.id(),
            "")
        : new Finding("gate", "fail", result.reason(), next(result.verdict()));
  }

  private static String next(Verdict verdict) {
    return switch (verdict) {
      case NON_FINITE -> "train again from a sound checkpoint, with a lower learning rate";
      case UNAVAILABLE, TIMED_OUT -> "run the check on a machine with more memory";
      case CRASHED -> "run again with --verbose; if it stays so, a validator may fail as well";
      default -> "mend it: docs/checkpoint-gate.md says what a model may have";
    };
  }

  private Finding tokenizer(Competition rules, TokenizerSource tokenizers)
      throws IOException, InterruptedException {
    if (!Files.exists(folder.resolve(CheckpointFiles.TOKENIZER))) {
      return new Finding(
          "tokenizer", "note", "none: validators use their own", "add it for those who use it");
    }
    try (Tokenizer own = Tokenizer.openFolder(folder, TokenizerLimits.defaults());
        Tokenizer theirs = tokenizers.open(rules.tokenizer())) {
      return own.digest().equals(theirs.digest())
          ? new Finding("tokenizer", "pass", "the competition's: " + rules.tokenizer(), "")
          : new Finding(
              "tokenizer",
              "note",
              "not the competition's, " + rules.tokenizer() + ", by which validators judge",
              "train with that one");
    } catch (RejectedCheckpointException unusable) {
      return new Finding(
          "tokenizer",
          "note",
          unusable.getMessage(),
          "validators use their own: " + rules.tokenizer());
    }
  }

  private static List<Finding> standing(
      ModelCheck.Result result, ScoredModel scored, List<VerdictRow> field) {
    List<Finding> findings = new ArrayList<>();
    boolean copies = result.verdict() == Verdict.DUPLICATE;
    if (!copies) {
      findings.add(losses(result, scored));
    }
    findings.add(
        copies
            ? new Finding(
                "copies",
                "fail",
                result.reason().isEmpty()
                    ? "an earlier commitment holds the same files"
                    : result.reason(),
                "train it further, or from another start: the earlier one keeps its place")
            : new Finding("copies", "pass", "near no model of the field", ""));
    if (result.verdict() == Verdict.ACCEPTED) {
      int place = place(scored, field);
      boolean earns = scored.stepWeight() >= WORTH_TELLING;
      findings.add(
          new Finding(
              "standing",
              earns ? "pass" : "note",
              String.format(
                  Locale.ROOT,
                  "place %d by mean loss; win rate %.2f%%; %.2f%% of this evaluation's weights",
                  place,
                  100 * scored.winRate(),
                  100 * scored.stepWeight()),
              earns ? "" : "it would earn next to nothing; train on newer samples, or for longer"));
    }
    return findings;
  }

  private static Finding losses(ModelCheck.Result result, ScoredModel scored) {
    return result.verdict() == Verdict.ACCEPTED
        ? new Finding(
            "losses",
            "pass",
            String.format(
                Locale.ROOT, "mean %.4f on %d samples", scored.meanLoss(), result.samples()),
            "")
        : new Finding("losses", "fail", result.reason(), next(result.verdict()));
  }

  private static int place(ScoredModel scored, List<VerdictRow> field) {
    return 1
        + (int)
            field.stream()
                .filter(row -> row.verdict().equals(Verdict.ACCEPTED.name()))
                .filter(row -> row.meanLoss().orElse(Double.NaN) < scored.meanLoss())
                .count();
  }

  private static List<Opponent> opponents(ScoredModel scored, List<VerdictRow> field) {
    Map<Integer, VerdictRow> rows =
        field.stream().collect(Collectors.toMap(VerdictRow::uid, row -> row, (a, b) -> a));
    List<Opponent> opponents = new ArrayList<>();
    for (Comparison comparison : scored.comparisons()) {
      Optional<VerdictRow> row = Optional.ofNullable(rows.get(comparison.opponent()));
      opponents.add(
          new Opponent(
              comparison.opponent(),
              row.flatMap(VerdictRow::repository).orElse(""),
              row.flatMap(VerdictRow::meanLoss).orElse(null),
              comparison.wins(),
              comparison.matches()));
    }
    return opponents;
  }

  private static List<String> lines(Answer answer) {
    List<String> lines = new ArrayList<>();
    for (Finding finding : answer.findings()) {
      lines.add(
          "%-5s %-10s %s"
              .formatted(finding.outcome(), finding.check(), Printable.onTerminal(finding.says())));
      if (!finding.next().isEmpty()) {
        lines.add(" ".repeat(17) + "next: " + finding.next());
      }
    }
    if (!answer.opponents().isEmpty()) {
      Table table = new Table("uid", "against", "mean loss", "won", "of");
      for (Opponent opponent : answer.opponents()) {
        table.row(
            String.valueOf(opponent.uid()),
            Printable.onTerminal(opponent.repository()),
            opponent.meanLoss() == null
                ? "-"
                : String.format(Locale.ROOT, "%.4f", opponent.meanLoss()),
            String.valueOf(opponent.wins()),
            String.valueOf(opponent.matches()));
      }
      lines.addAll(table.lines());
    }
    lines.add(
        "%s in competition %s of evaluation %s"
            .formatted(
                answer.accepted() ? "would be accepted" : "would get " + answer.verdict(),
                answer.competition(),
                answer.evaluation()));
    return lines;
  }
}
