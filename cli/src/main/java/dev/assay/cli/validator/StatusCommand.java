package dev.assay.cli.validator;

import dev.assay.cli.settings.ConfigurationOption;
import dev.assay.cli.terminal.ExitCode;
import dev.assay.cli.terminal.Output;
import dev.assay.cli.terminal.Times;
import dev.assay.jobs.config.AssayConfiguration;
import dev.assay.jobs.status.StatusReport;
import dev.assay.jobs.status.StatusReport.State;
import dev.assay.jobs.status.ValidatorStatus;
import dev.assay.report.Printable;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
    name = "status",
    description = {
      "Says what this validator did last, what is next and what is wrong, from its tables and the"
          + " chain. It starts no Spark and needs no password.",
      "States: WAITING (nothing to do until the next window), DUE (the window wants something),"
          + " WORKING (a process is at it), ATTENTION (a problem, each with its fix), UNREACHABLE"
          + " (no endpoint answers; exit code 75)."
    },
    footer = {"", "  assay status --config conf/assay.yaml", "  assay status --json"})
public final class StatusCommand implements Callable<Integer> {
  @Mixin private Output output;
  @Mixin private ConfigurationOption configuration;

  @Option(names = "--check", description = "End with exit code 1 if there is a problem.")
  private boolean check;

  @Override
  public Integer call() {
    AssayConfiguration settings = configuration.load();
    Clock clock = Clock.systemUTC();
    StatusReport report = ValidatorStatus.now(settings, clock);
    output.print(report, () -> lines(report, clock.instant()));
    if (report.state() == State.UNREACHABLE) {
      return ExitCode.TRY_AGAIN_LATER;
    }
    return check && !report.problems().isEmpty() ? ExitCode.FAILED : ExitCode.DONE;
  }

  private static List<String> lines(StatusReport report, Instant now) {
    List<String> lines = new ArrayList<>();
    lines.add(report.state() + ": " + Printable.onTerminal(report.reason()));
    report
        .window()
        .ifPresent(
            window ->
                lines.add(
                    "  window      %d, blocks %d to %d; the last final block is %d, the next window opens in about %s"
                        .formatted(
                            window.window(),
                            window.firstBlock(),
                            window.lastBlock(),
                            window.block(),
                            Times.about(window.secondsLeft()))));
    lines.add(
        "  samples     "
            + report.newestSample().map(block -> "up to block " + block).orElse("none yet"));
    lines.add("  evaluation  " + report.evaluation().map(of -> told(of, now)).orElse("none yet"));
    lines.add("  weights     " + report.weights().map(of -> told(of, now)).orElse("none yet"));
    report
        .running()
        .forEach(
            running ->
                lines.add(
                    "  running     %s, process %d".formatted(running.work(), running.process())));
    lines.add("  next        " + Printable.onTerminal(report.next()));
    report
        .problems()
        .forEach(
            problem ->
                lines.add(
                    Printable.onTerminal(
                        "  problem     " + problem.what() + "; " + problem.fix())));
    return lines;
  }

  private static String told(StatusReport.LastEvaluation evaluation, Instant now) {
    return "%s of window %d: %d models, %d accepted%s; %s ago"
        .formatted(
            evaluation.evaluation(),
            evaluation.window(),
            evaluation.models(),
            evaluation.accepted(),
            evaluation.byBlame().isEmpty() ? "" : ", others by blame " + evaluation.byBlame(),
            ago(evaluation.finishedAt(), now));
  }

  private static String told(StatusReport.LastWeights weights, Instant now) {
    return "%s for window %d%s%s; %s ago"
        .formatted(
            weights.weights(),
            weights.window(),
            weights.block().map(block -> ", in block " + block).orElse(""),
            weights.reason().isEmpty() ? "" : ": " + Printable.onTerminal(weights.reason()),
            ago(weights.recordedAt(), now));
  }

  private static String ago(Instant then, Instant now) {
    return Times.about(Math.max(0, Duration.between(then, now).toSeconds()));
  }
}
