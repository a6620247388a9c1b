package dev.assay.cli;

import dev.assay.jobs.config.AssayConfiguration;
import dev.assay.jobs.progress.Progress;
import dev.assay.jobs.submit.Submit;
import dev.assay.jobs.submit.SubmitReport;
import dev.assay.jobs.submit.ValidatorKey;
import java.time.Clock;
import java.util.OptionalLong;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
    name = "submit",
    description =
        "Sets a completed evaluation's weights on the chain; one window never gets two vectors.",
    footer = {"", "  assay submit --evaluation 3f9ac1... --config conf/assay.yaml"})
final class SubmitCommand implements Callable<Integer> {
  @Mixin private ConfigurationOption configuration;

  @Option(names = "--evaluation", required = true, paramLabel = "ID", description = "Its id.")
  private String evaluation;

  @Option(
      names = "--accept-update",
      paramLabel = "BLOCK",
      description =
          "The hotkey's weights moved at this block without this validator, and you know why.")
  private Long known;

  @Override
  public Integer call() {
    return submit(
        configuration.load(),
        evaluation,
        known == null ? OptionalLong.empty() : OptionalLong.of(known),
        new ConsoleProgress(Console.standardError()));
  }

  static int submit(
      AssayConfiguration settings, String evaluation, OptionalLong known, Progress progress) {
    SubmitReport report =
        Submit.run(
            settings, evaluation, ValidatorKey.read(settings), known, progress, Clock.systemUTC());
    progress.stage(
        "submit", report.state() + (report.reason().isEmpty() ? "" : ": " + report.reason()));
    return switch (report.state()) {
      case SET, COMMITTED -> ExitCode.DONE;
      case ALREADY_SET, NOTHING_TO_SET -> ExitCode.NOTHING_TO_DO;
      case FAILED, REFUSED -> ExitCode.FAILED;
      case UNKNOWN -> ExitCode.TRY_AGAIN_LATER;
    };
  }
}
