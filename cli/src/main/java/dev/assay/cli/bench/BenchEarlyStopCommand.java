package dev.assay.cli.bench;

import dev.assay.cli.terminal.ExitCode;
import dev.assay.cli.terminal.Output;
import dev.assay.cli.terminal.Ranges;
import dev.assay.score.simulation.EarlyStopBench;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
    name = "early-stop",
    description = {
      "Measures what stopping models early saves, and how often it errs, on fields of up to 64"
          + " models and 400 samples.",
      "Three kinds of field: models along recorded training curves, all within epsilon, all equal;"
          + " promised are at most 40 %% of the tokens on the first, and on all three no more wrong"
          + " stops than the stated error."
    },
    footer = {"", "  assay bench early-stop --fields 2 --json"})
final class BenchEarlyStopCommand implements Callable<Integer> {
  @Mixin private Output output;

  @Option(
      names = "--fields",
      paramLabel = "N",
      defaultValue = "1000",
      description = "Fields of each kind (default: ${DEFAULT-VALUE}).")
  private int fields;

  @Option(
      names = "--seed",
      paramLabel = "N",
      defaultValue = "1",
      description = "What the fields are drawn from (default: ${DEFAULT-VALUE}).")
  private long seed;

  @Override
  public Integer call() {
    Ranges.within("--fields", fields, 1, 100_000);
    EarlyStopBench bench = EarlyStopBench.run(fields, seed);
    output.print(bench, () -> lines(bench));
    return ExitCode.DONE;
  }

  private static List<String> lines(EarlyStopBench bench) {
    return List.of(
        "tokens: %.1f %% on training curves (promised %.0f %%), %.1f %% within epsilon, %.1f %% equal"
            .formatted(
                100 * bench.earlyStopTokensRatio(),
                100 * EarlyStopBench.PROMISED_TOKENS_RATIO,
                100 * bench.tokensRatioWithinEpsilon(),
                100 * bench.tokensRatioEqual()),
        "same winner: %.2f %% of the fields, on the worst kind"
            .formatted(100 * bench.earlyStopSameWinners()),
        "a wrong stop: %.2f %% of the fields, on the worst kind (stated %.2f %%)"
            .formatted(100 * bench.wrongStops(), 100 * bench.error()));
  }
}
