package dev.assay.cli.bench;

import dev.assay.cli.process.OutputFolder;
import dev.assay.cli.terminal.ExitCode;
import dev.assay.cli.terminal.Output;
import dev.assay.cli.terminal.Ranges;
import dev.assay.cli.terminal.UsageException;
import dev.assay.jobs.snapshot.SamplesBench;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
    name = "samples",
    description = {
      "Measures how long a snapshot takes with every filter and quota in use, from signed lines to"
          + " the table, beside reading the same lines and hashing each.",
      "The samples are made up from a seed; promised are 30 s for 100,000 on two cores."
    },
    footer = {"", "  assay bench samples --count 2000 --per-window 500 --json"})
final class BenchSamplesCommand implements Callable<Integer> {
  /** Lines, and the table. */
  private static final long BYTES_OF_A_SAMPLE = 4_000;

  @Mixin private Output output;

  @Option(
      names = "--count",
      paramLabel = "N",
      defaultValue = "100000",
      description = "Samples (default: ${DEFAULT-VALUE}).")
  private int count;

  @Option(
      names = "--per-window",
      paramLabel = "N",
      defaultValue = "20000",
      description = "How many of them one window has, in hundreds (default: ${DEFAULT-VALUE}).")
  private int perWindow;

  @Option(
      names = "--seed",
      paramLabel = "N",
      defaultValue = "1",
      description = "What the samples are made up from (default: ${DEFAULT-VALUE}).")
  private long seed;

  @Override
  public Integer call() throws IOException, InterruptedException {
    Ranges.within("--count", count, 1, 10_000_000);
    Ranges.within("--per-window", perWindow, SamplesBench.WINDOW, 1_000_000);
    if (perWindow % SamplesBench.WINDOW != 0) {
      throw new UsageException(
          "--per-window is %d; a multiple of %d, the blocks of a window"
              .formatted(perWindow, SamplesBench.WINDOW));
    }
    try (OutputFolder folder = OutputFolder.temporary(count * BYTES_OF_A_SAMPLE)) {
      SamplesBench bench = SamplesBench.run(folder.path(), count, perWindow, seed);
      output.print(bench, () -> lines(bench));
      return ExitCode.DONE;
    }
  }

  private static List<String> lines(SamplesBench bench) {
    List<String> lines = new ArrayList<>();
    lines.add(
        "%,d samples: %.2f s, %,.0f a second (promised %.0f s for %,d); processors spent %.2f s"
            .formatted(
                bench.samples(),
                bench.seconds(),
                bench.samplesPerSecond(),
                SamplesBench.PROMISED_SECONDS,
                SamplesBench.PROMISED_SAMPLES,
                bench.cpuSeconds()));
    lines.add(
        "reading the same lines and hashing each: %.2f s; %.1f times as long"
            .formatted(bench.referenceSeconds(), bench.ratio()));
    lines.add(
        "heap in use: %,d MB at most, garbage included; %,d MB still needed at the end"
            .formatted(bench.peakHeapBytes() / 1_000_000, bench.heldBytes() / 1_000_000));
    lines.add("%,d taken".formatted(bench.taken()));
    bench.refusals().forEach((rule, number) -> lines.add("  " + rule.told(number)));
    return lines;
  }
}
