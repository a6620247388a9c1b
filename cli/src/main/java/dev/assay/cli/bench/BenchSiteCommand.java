package dev.assay.cli.bench;

import dev.assay.cli.process.OutputFolder;
import dev.assay.cli.terminal.ExitCode;
import dev.assay.cli.terminal.Output;
import dev.assay.cli.terminal.Ranges;
import dev.assay.cli.terminal.UsageException;
import dev.assay.report.bench.MadeUpSubnet;
import dev.assay.report.bench.SiteBench;
import dev.assay.report.site.Site;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
    name = "site",
    description = {
      "Measures how long the leaderboard of a large subnet takes, from tables on disk to the last"
          + " page.",
      "The subnet is made up from a seed; promised are 10 s for 256 UIDs and 200 evaluations."
    },
    footer = {"", "  assay bench site --out made-up --json"})
final class BenchSiteCommand implements Callable<Integer> {
  @Mixin private Output output;

  @Option(
      names = "--uids",
      paramLabel = "N",
      defaultValue = "256",
      description = "UIDs of the subnet (default: ${DEFAULT-VALUE}).")
  private int uids;

  @Option(
      names = "--evaluations",
      paramLabel = "N",
      defaultValue = "200",
      description = "Past evaluations (default: ${DEFAULT-VALUE}).")
  private int evaluations;

  @Option(
      names = "--samples",
      paramLabel = "N",
      defaultValue = "200",
      description = "Samples of an evaluation (default: ${DEFAULT-VALUE}).")
  private int samples;

  @Option(
      names = "--seed",
      paramLabel = "N",
      defaultValue = "1",
      description = "What the subnet is made up from (default: ${DEFAULT-VALUE}).")
  private long seed;

  @Option(
      names = "--out",
      paramLabel = "DIR",
      description = "Keep the pages in this folder, for example to look at them.")
  private Path out;

  @Override
  public Integer call() throws IOException {
    Ranges.within("--uids", uids, 2, 4_096);
    Ranges.within("--evaluations", evaluations, 1, 10_000);
    Ranges.within("--samples", samples, 8, 10_000);
    if (out != null && !Site.mayWriteTo(out)) {
      throw new UsageException(
          "--out is " + out + ", which holds something else; name a new or an empty folder");
    }
    try (OutputFolder folder = OutputFolder.temporary()) {
      SiteBench bench =
          SiteBench.run(
              new MadeUpSubnet(seed, uids, evaluations, samples),
              folder.path(),
              out == null ? folder.path().resolve("site") : out);
      output.print(bench, () -> lines(bench));
      return ExitCode.DONE;
    }
  }

  private List<String> lines(SiteBench bench) {
    return List.of(
        "%d UIDs, %d evaluations, %d samples: %.2f s"
            .formatted(bench.uids(), bench.evaluations(), bench.samples(), bench.seconds()),
        "reading %.2f s, reasons %.2f s, figures %.2f s, writing %.2f s"
            .formatted(
                bench.readSeconds(),
                bench.explainSeconds(),
                bench.assembleSeconds(),
                bench.writeSeconds()),
        "%,d files, %,d KiB%s"
            .formatted(bench.files(), bench.bytes() >> 10, out == null ? "" : " in " + out));
  }
}
