package dev.assay.cli.validator;

import dev.assay.cli.settings.ConfigurationOption;
import dev.assay.cli.terminal.ExitCode;
import dev.assay.cli.terminal.Output;
import dev.assay.cli.terminal.Times;
import dev.assay.jobs.config.AssayConfiguration;
import dev.assay.jobs.status.WindowReading;
import dev.assay.jobs.status.WindowReport;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(
    name = "window",
    description = {
      "Says where the chain stands: its last final block, the window that this lies in, when the"
          + " next one opens, and whether this validator's weights are set for it.",
      "Made for schedulers: 0 means that the window wants something, 3 that there is nothing to do"
          + " until the next one, 75 that no endpoint answers. It starts no Spark and needs no"
          + " password."
    },
    footer = {"", "  assay window --config conf/assay.yaml", "  assay window --json"})
public final class WindowCommand implements Callable<Integer> {
  @Mixin private Output output;
  @Mixin private ConfigurationOption configuration;

  @Override
  public Integer call() {
    AssayConfiguration settings = configuration.load();
    WindowReport report = WindowReading.now(settings);
    output.print(report, () -> lines(report, settings));
    return report.isOpen() ? ExitCode.DONE : ExitCode.NOTHING_TO_DO;
  }

  static List<String> lines(WindowReport report, AssayConfiguration settings) {
    List<String> lines = new ArrayList<>();
    lines.add(
        String.format(
            Locale.ROOT,
            "window %d of subnet %d: blocks %d to %d; the last final block is %d",
            report.window(),
            report.netuid(),
            report.firstBlock(),
            report.lastBlock(),
            report.block()));
    lines.add(
        "  next window  at block %d, in about %s"
            .formatted(report.lastBlock() + 1, Times.about(report.secondsLeft())));
    lines.add(
        "  fallback     at block %d: %s"
            .formatted(report.fallbackBlock(), settings.submit().fallback()));
    lines.add(
        "  hotkey       "
            + report.hotkey().orElse("none in the wallet " + settings.submit().wallet())
            + report.uid().map(uid -> ", uid " + uid).orElse("")
            + report.lastUpdate().map(block -> ", last update in block " + block).orElse(""));
    report.evaluation().ifPresent(id -> lines.add("  evaluation   " + id));
    lines.add(
        "  weights      "
            + report.weights()
            + report.extrinsic().map(hash -> ", by extrinsic " + hash).orElse(""));
    lines.add("  " + (report.isOpen() ? "open         " : "closed       ") + report.reason());
    return lines;
  }
}
