package dev.assay.cli.compare;

import dev.assay.cli.loss.SampleArguments;
import dev.assay.cli.settings.ConfigurationOption;
import dev.assay.cli.terminal.Console;
import dev.assay.cli.terminal.ConsoleProgress;
import dev.assay.cli.terminal.ExitCode;
import dev.assay.cli.terminal.Output;
import dev.assay.cli.terminal.UsageException;
import dev.assay.cli.terminal.Waiting;
import dev.assay.jobs.config.AssayConfiguration;
import dev.assay.jobs.losses.Comparison;
import dev.assay.jobs.losses.LossRun;
import dev.assay.jobs.losses.LossSample;
import dev.assay.jobs.losses.LossSamples;
import dev.assay.jobs.losses.LossSettings;
import dev.assay.jobs.spark.SparkRuntime;
import dev.assay.model.causal.Precision;
import dev.assay.report.Printable;
import dev.assay.report.Table;
import dev.assay.score.statistics.Interval;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.apache.spark.sql.AnalysisException;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "compare",
    description = {
      "Compares models on the same samples, on Spark: mean losses, paired differences and who"
          + " wins.",
      "A model is a folder, or namespace/name or namespace/name@revision on the hub. Intervals"
          + " are at 95 %%, by a bootstrap over samples. Exit code 1 if a model has no losses."
    },
    footer = {
      "",
      "A samples file is as for assay loss. Text is read by one tokenizer for all models, the",
      "first model's unless --tokenizer names another. Instead of a file, --samples may name a",
      "table of the configured warehouse, as Spark knows it, of which --where takes a part.",
      "",
      "  assay compare my-model a --samples assay.samples --where 'block %% 12 = 0' --template"
          + " plain"
    })
public final class CompareCommand implements Callable<Integer> {
  @Mixin private Output output;
  @Mixin private ConfigurationOption configuration;
  @Mixin private SampleArguments samples;

  @Parameters(paramLabel = "MODEL", arity = "1..*", description = "The models.")
  private List<String> models;

  @Option(
      names = "--where",
      paramLabel = "SQL",
      description = "Which rows of the table, as a condition of SQL (default: all).")
  private String where;

  @Option(
      names = "--dtype",
      paramLabel = "TYPE",
      defaultValue = "f32",
      description = "f32 or bf16 (default: ${DEFAULT-VALUE}).")
  private Precision dtype;

  @Option(
      names = "--seed",
      paramLabel = "N",
      defaultValue = "1",
      description = "Seed of the bootstrap (default: ${DEFAULT-VALUE}).")
  private long seed;

  @Override
  public Integer call() throws InterruptedException {
    if (new HashSet<>(models).size() < models.size()) {
      throw new UsageException("a model is named twice; name each once");
    }
    AssayConfiguration settings = configuration.load();
    LossSettings usual = LossSettings.of(settings);
    LossSettings asked =
        usual.with(
            samples.tokenizer().map(Path::toString),
            samples.template(),
            dtype,
            samples.maxTokens());
    Comparison comparison = compared(settings, asked);
    output.print(comparison, () -> lines(comparison));
    boolean complete = comparison.models().stream().allMatch(model -> model.loss().isPresent());
    return complete ? ExitCode.DONE : ExitCode.FAILED;
  }

  private Comparison compared(AssayConfiguration settings, LossSettings asked)
      throws InterruptedException {
    Optional<String> table = samples.table();
    if (where != null && table.isEmpty()) {
      throw new UsageException("--where is for a table, such as --samples assay.samples");
    }
    List<LossSample> file = table.isPresent() ? List.of() : samples.samples();
    if (table.isEmpty() && file.isEmpty()) {
      throw new UsageException("the samples file holds no sample; name another with --samples");
    }
    try (SparkSession spark =
        Waiting.during(
            "spark: starts its executors",
            Console.standardError(),
            () -> SparkRuntime.start(settings, System.getenv()))) {
      List<LossSample> read = table.map(name -> ofTable(spark, name)).orElse(file);
      return Comparison.of(
          new LossRun(spark, asked, new ConsoleProgress(Console.standardError())).of(models, read),
          seed);
    } catch (IllegalArgumentException wrong) {
      throw new UsageException(wrong.getMessage(), wrong);
    }
  }

  private List<LossSample> ofTable(SparkSession spark, String name) {
    try {
      Dataset<Row> rows = spark.table(name);
      List<LossSample> read = LossSamples.of(where == null ? rows : rows.where(where));
      if (read.isEmpty()) {
        throw new UsageException(
            "no row of %s is taken; take a snapshot, or change --where".formatted(name));
      }
      return read;
    } catch (Exception refused) {
      // Spark's own exceptions are checked and undeclared.
      if (refused instanceof AnalysisException wrong) {
        throw new UsageException(
            "--samples %s: %s"
                .formatted(name, wrong.getSimpleMessage().lines().findFirst().orElse("")));
      }
      throw refused;
    }
  }

  private static List<String> lines(Comparison comparison) {
    Table table = new Table("model", "samples", "mean loss", "95 % interval", "verdict", "reason");
    for (Comparison.Model model : comparison.models()) {
      table.row(
          Printable.onTerminal(model.model()),
          Integer.toString(model.samples()),
          model.loss().map(loss -> figure(loss.estimate())).orElse("-"),
          model.loss().map(CompareCommand::bounds).orElse("-"),
          model.verdict(),
          Printable.onTerminal(model.reason()));
    }
    List<String> lines = new ArrayList<>(table.lines());
    if (!comparison.pairs().isEmpty()) {
      Table pairs = new Table("better", "worse", "samples", "difference", "95 % interval", "shown");
      for (Comparison.Pair pair : comparison.pairs()) {
        pairs.row(
            Printable.onTerminal(pair.better()),
            Printable.onTerminal(pair.worse()),
            Integer.toString(pair.samples()),
            figure(pair.difference().estimate()),
            bounds(pair.difference()),
            pair.shown() ? "yes" : "no");
      }
      lines.add("");
      lines.addAll(pairs.lines());
    }
    lines.add("");
    lines.add(verdict(comparison.winner()));
    return lines;
  }

  private static String verdict(Optional<String> winner) {
    return winner
        .map(model -> Printable.onTerminal(model) + " wins: it is better than each other one")
        .orElse("nobody wins: no model is shown to be better than each other one");
  }

  private static String bounds(Interval interval) {
    return figure(interval.low()) + " to " + figure(interval.high());
  }

  private static String figure(double value) {
    return String.format(Locale.ROOT, "%.4f", value);
  }
}
