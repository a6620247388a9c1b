package dev.assay.cli.setup;

import dev.assay.cli.failure.Failures;
import dev.assay.cli.settings.ConfigurationOption;
import dev.assay.cli.terminal.ExitCode;
import dev.assay.cli.terminal.Output;
import dev.assay.jobs.config.AssayConfiguration;
import dev.assay.report.Printable;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
    name = "doctor",
    description = {
      "Looks at everything that a validator needs (Java, native libraries, disks, tables, wallet,"
          + " chain, hub, clock, feed, Spark, GPU), and tells the fix of what is wrong.",
      "It ends with exit code 1 if something would keep a validator from working; warnings do not"
          + " count."
    },
    footer = {
      "",
      "  assay doctor --config conf/assay.yaml",
      "  assay doctor --cluster --config conf/assay.yaml"
    })
public final class DoctorCommand implements Callable<Integer> {
  @Mixin private Output output;
  @Mixin private ConfigurationOption configuration;

  @Option(
      names = "--cluster",
      description =
          "Start the executors too, and let each compute a loss that is known, in f32 and bf16.")
  private boolean cluster;

  /** All that was found. */
  private record Findings(boolean isSound, List<Check> checks) {}

  @Override
  public Integer call() throws InterruptedException {
    AssayConfiguration settings = configuration.load();
    List<Check> checks =
        new ArrayList<>(
            new Checkup(settings, System.getenv(), Clock.systemUTC(), Failures::sentence).all());
    if (cluster) {
      checks.addAll(new ClusterCheckup(settings, System.getenv()).all());
    }
    boolean isSound = checks.stream().noneMatch(check -> check.state() == Check.State.FAILED);
    output.print(new Findings(isSound, checks), () -> lines(checks));
    return isSound ? ExitCode.DONE : ExitCode.FAILED;
  }

  private static List<String> lines(List<Check> checks) {
    List<String> lines = new ArrayList<>();
    for (Check check : checks) {
      lines.add(
          Printable.onTerminal(
              "%-8s %-15s %s".formatted(check.state(), check.name(), check.found())));
      if (!check.fix().isEmpty()) {
        lines.add(Printable.onTerminal("%-8s %-15s fix: %s".formatted("", "", check.fix())));
      }
    }
    return lines;
  }
}
