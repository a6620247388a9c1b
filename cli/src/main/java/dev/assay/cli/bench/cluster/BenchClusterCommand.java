package dev.assay.cli.bench.cluster;

import dev.assay.cli.process.OutputFolder;
import dev.assay.cli.terminal.Console;
import dev.assay.cli.terminal.ExitCode;
import dev.assay.cli.terminal.Output;
import dev.assay.cli.terminal.Ranges;
import dev.assay.report.Table;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
    name = "cluster",
    description = {
      "Measures what was promised of evaluations on a cluster, part by part; all parts together"
          + " take long.",
      "Of nodes with GPUs windows are simulated, with the roster, the placement and the rule of"
          + " what leaves a disk as evaluations use them; their speeds are assumptions: 10 Gbit/s,"
          + " and 16 GB loaded in 8 s and judged in 40 s. All else is measured on this machine."
    },
    footer = {
      "",
      "  assay bench cluster --only simulation,scoring",
      "  assay bench cluster --only batches,tables --evaluations 2 --json"
    })
public final class BenchClusterCommand implements Callable<Integer> {
  private static final long NEEDED_BYTES = 1L << 30;

  @Mixin private Output output;

  @Option(
      names = "--only",
      paramLabel = "PART",
      split = ",",
      completionCandidates = Titles.class,
      description = "Measure these parts: ${COMPLETION-CANDIDATES} (default: all).")
  private List<String> only = List.of();

  @Option(
      names = "--windows",
      paramLabel = "N",
      defaultValue = "10",
      description = "Windows of one simulation (default: ${DEFAULT-VALUE}).")
  private int windows;

  @Option(
      names = "--fields",
      paramLabel = "N",
      defaultValue = "1000",
      description = "Fields of each kind for early-stop (default: ${DEFAULT-VALUE}).")
  private int fields;

  @Option(
      names = "--models",
      paramLabel = "N",
      defaultValue = "20",
      description = "Models of a window that is really evaluated (default: ${DEFAULT-VALUE}).")
  private int models;

  @Option(
      names = "--evaluations",
      paramLabel = "N",
      defaultValue = "1000",
      description = "Evaluations that tables go through (default: ${DEFAULT-VALUE}).")
  private int evaluations;

  @Option(
      names = "--s3",
      paramLabel = "ADDRESS",
      description = {
        "Commit to tables in this empty folder of an object store as well, s3a://BUCKET/FOLDER;"
            + " what is written stays there. AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY are its"
            + " keys."
      })
  private String s3;

  @Option(
      names = "--s3-endpoint",
      paramLabel = "URL",
      description = "Address of the object store (default: Amazon's).")
  private URI s3Endpoint;

  @Option(
      names = "--seed",
      paramLabel = "N",
      defaultValue = "1",
      description = "What everything made up follows from (default: ${DEFAULT-VALUE}).")
  private long seed;

  private static final class Titles implements Iterable<String> {
    @Override
    public Iterator<String> iterator() {
      return Part.titles().iterator();
    }
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    Ranges.within("--windows", windows, 1, 10_000);
    Ranges.within("--fields", fields, 1, 100_000);
    Ranges.within("--models", models, 2, 64);
    Ranges.within("--evaluations", evaluations, 1, 100_000);
    List<Part> parts = Part.named(only);
    try (OutputFolder folder = OutputFolder.temporary(NEEDED_BYTES)) {
      Setting here =
          Setting.here(
              seed, windows, fields, models, evaluations, folder.path(), Console.standardError());
      Setting setting =
          s3 == null ? here : here.with(new Bucket(s3, Optional.ofNullable(s3Endpoint)));
      setting.bucket().ifPresent(bucket -> bucket.warehouse(folder.path()));
      List<Figure> figures = new ArrayList<>();
      for (Part part : parts) {
        figures.addAll(part.measure(setting));
      }
      output.print(new Answer(setting, figures).fields(), () -> lines(setting, figures));
      return ExitCode.DONE;
    }
  }

  private static List<String> lines(Setting setting, List<Figure> figures) {
    Table table = new Table("figure", "measured", "promised", "");
    figures.forEach(
        figure -> table.row(figure.key(), figure.measured(), figure.promised(), figure.note()));
    List<String> lines = new ArrayList<>(table.lines());
    lines.add(
        "%d processors, load average %.1f before"
            .formatted(setting.processors(), setting.loadAverage()));
    return lines;
  }
}
