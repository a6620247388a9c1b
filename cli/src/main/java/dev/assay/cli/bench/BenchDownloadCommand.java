package dev.assay.cli.bench;

import dev.assay.cli.process.OutputFolder;
import dev.assay.cli.terminal.ExitCode;
import dev.assay.cli.terminal.Output;
import dev.assay.cli.terminal.Ranges;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
    name = "download",
    description = {
      "Measures how long a large file from a hub on this machine takes, in 64 MB of heap, beside"
          + " curl and sha256sum one after the other.",
      "Promised is at most 1.25 times as long for 4 GB. The temporary folder needs three times the"
          + " size."
    },
    footer = {"", "  assay bench download --megabytes 64 --rounds 1 --json"})
final class BenchDownloadCommand implements Callable<Integer> {
  private static final long MEGABYTE = 1_000_000;

  @Mixin private Output output;

  @Option(
      names = "--megabytes",
      paramLabel = "N",
      defaultValue = "4000",
      description = "Size of the file, in millions of bytes (default: ${DEFAULT-VALUE}).")
  private int megabytes;

  @Option(
      names = "--rounds",
      paramLabel = "N",
      defaultValue = "3",
      description = "How often each is measured (default: ${DEFAULT-VALUE}).")
  private int rounds;

  @Option(
      names = "--seed",
      paramLabel = "N",
      defaultValue = "1",
      description = "What the file is made up from (default: ${DEFAULT-VALUE}).")
  private long seed;

  @Override
  public Integer call() throws IOException, InterruptedException {
    Ranges.within("--megabytes", megabytes, 1, 100_000);
    Ranges.within("--rounds", rounds, 1, 100);
    try (OutputFolder folder = OutputFolder.temporary(3L * megabytes * MEGABYTE)) {
      DownloadBench bench = DownloadBench.run(folder.path(), megabytes * MEGABYTE, rounds, seed);
      output.print(bench, () -> lines(bench));
      return ExitCode.DONE;
    }
  }

  private static List<String> lines(DownloadBench bench) {
    return List.of(
        "download: %.2f s for %,d bytes in %d MB of heap, hashed and written through to the disk"
            .formatted(bench.seconds(), bench.bytes(), bench.heapMegabytes()),
        "curl, then sha256sum: %.2f s".formatted(bench.referenceSeconds()),
        "%.2f times as long (promised %.2f)"
            .formatted(bench.ratio(), DownloadBench.PROMISED_RATIO));
  }
}
