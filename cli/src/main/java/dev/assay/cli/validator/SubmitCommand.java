package dev.assay.cli.validator;

import dev.assay.cli.settings.ConfigurationOption;
import dev.assay.cli.terminal.Console;
import dev.assay.cli.terminal.ConsoleProgress;
import dev.assay.cli.terminal.ExitCode;
import dev.assay.cli.terminal.Output;
import dev.assay.cli.terminal.Ranges;
import dev.assay.cli.terminal.UsageException;
import dev.assay.jobs.config.AssayConfiguration;
import dev.assay.jobs.progress.Progress;
import dev.assay.jobs.submit.Submit;
import dev.assay.jobs.submit.SubmitReport;
import dev.assay.jobs.submit.ValidatorKey;
import java.time.Clock;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
    name = "submit",
    description =
        "Sets a completed evaluation's weights on the chain; a window never gets two vectors.",
    footer = {
      "",
      "  assay submit --evaluation latest --config conf/assay.yaml",
      "",
      "Without --evaluation it takes the current window's; if there is none by",
      "submit.latest_block, submit.fallback decides."
    })
public final class SubmitCommand implements Callable<Integer> {
  @Mixin private Output output;
  @Mixin private ConfigurationOption configuration;

  @Option(
      names = "--evaluation",
      paramLabel = "ID",
      description =
          "Its id, the id's first digits, or latest (default: the last one of the current window).")
  private String evaluation;

  @Option(
      names = "--accept-update",
      paramLabel = "BLOCK",
      description = "Accept that something else set this hotkey's weights at this block.")
  private Long known;

  @Override
  public Integer call() {
    Ranges.block("--accept-update", known);
    if (evaluation == null && known != null) {
      throw new UsageException("--accept-update needs --evaluation; name the one to set");
    }
    AssayConfiguration settings = configuration.load();
    Progress progress = new ConsoleProgress(Console.standardError());
    SubmitReport report =
        evaluation == null
            ? presentWindow(settings, progress)
            : submit(
                settings,
                evaluation,
                known == null ? OptionalLong.empty() : OptionalLong.of(known),
                progress);
    // People are told on standard error, as the steps before it are.
    output.print(report, List::of);
    return exitCode(report);
  }

  /** Sets the weights of the present window, or does what {@code submit.fallback} says. */
  static SubmitReport presentWindow(AssayConfiguration settings, Progress progress) {
    return told(
        Submit.run(settings, ValidatorKey.read(settings), progress, Clock.systemUTC()), progress);
  }

  static SubmitReport submit(
      AssayConfiguration settings, String evaluation, OptionalLong known, Progress progress) {
    return told(
        Submit.run(
            settings, evaluation, ValidatorKey.read(settings), known, progress, Clock.systemUTC()),
        progress);
  }

  private static SubmitReport told(SubmitReport report, Progress progress) {
    progress.stage(
        "submit", report.state() + (report.reason().isEmpty() ? "" : ": " + report.reason()));
    return report;
  }

  static int exitCode(SubmitReport report) {
    return switch (report.state()) {
      case SET, COMMITTED -> ExitCode.DONE;
      case ALREADY_SET, NOTHING_TO_SET -> ExitCode.NOTHING_TO_DO;
      case FAILED, REFUSED -> ExitCode.FAILED;
      case UNKNOWN, TRY_AGAIN -> ExitCode.TRY_AGAIN_LATER;
    };
  }
}
