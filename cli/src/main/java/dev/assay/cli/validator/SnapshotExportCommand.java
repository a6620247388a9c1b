package dev.assay.cli.validator;

import dev.assay.chain.keys.Keypair;
import dev.assay.cli.settings.ConfigurationOption;
import dev.assay.cli.settings.WalletOptions;
import dev.assay.cli.terminal.Console;
import dev.assay.cli.terminal.ExitCode;
import dev.assay.cli.terminal.Output;
import dev.assay.cli.terminal.Ranges;
import dev.assay.cli.terminal.UsageException;
import dev.assay.cli.terminal.Waiting;
import dev.assay.jobs.config.AssayConfiguration;
import dev.assay.jobs.recorded.RecordedFolder;
import dev.assay.jobs.recorded.RecordedFormat;
import dev.assay.jobs.recorded.RecordedManifest;
import dev.assay.jobs.recorded.Recording;
import dev.assay.jobs.submit.ValidatorKey;
import dev.assay.jobs.tables.Warehouse;
import dev.assay.score.sampling.Window;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.apache.hadoop.conf.Configuration;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
    name = "export",
    description = {
      "Writes samples of the table as a recorded snapshot: files under a manifest that the hotkey"
          + " signs.",
      "Another validator adopts it with feed.endpoint: recorded+file:///DIR (docs/feed.md)."
    },
    footer = {
      "",
      "  assay snapshot export --from-block 1 --out recorded",
      "  assay snapshot export --window 2 --out recorded --format jsonl"
    })
final class SnapshotExportCommand implements Callable<Integer> {
  @Mixin private Output output;
  @Mixin private ConfigurationOption configuration;
  @Mixin private WalletOptions wallet;

  @Option(
      names = "--out",
      paramLabel = "DIR",
      required = true,
      description = "Folder, or s3a: address of one: new, empty, or of an earlier export.")
  private String out;

  @Option(
      names = "--window",
      paramLabel = "N",
      description = "The samples that this window is judged on: those of the window before.")
  private Long window;

  @Option(
      names = "--from-block",
      paramLabel = "BLOCK",
      description = "First block (default: the first in the table).")
  private Long fromBlock;

  @Option(
      names = "--to-block",
      paramLabel = "BLOCK",
      description = "Last block (default: the last in the table).")
  private Long toBlock;

  @Option(
      names = "--format",
      paramLabel = "NAME",
      defaultValue = "parquet",
      description = "parquet or jsonl (default: ${DEFAULT-VALUE}).")
  private String format;

  /** What {@code --json} prints; programs rely on the names. */
  record Answer(
      String folder,
      String recorder,
      long fromBlock,
      long toBlock,
      long samples,
      int files,
      long leftOut) {}

  private record Recorded(RecordedManifest manifest, long leftOut) {}

  @Override
  public Integer call() throws IOException, InterruptedException {
    Ranges.block("--from-block", fromBlock);
    Ranges.block("--to-block", toBlock);
    Ranges.block("--window", window);
    if (window != null && (fromBlock != null || toBlock != null)) {
      throw new UsageException("--window and a block are both given; choose one");
    }
    RecordedFormat written = format();
    AssayConfiguration settings = wallet.in(configuration.load());
    Keypair hotkey = ValidatorKey.read(settings);
    RecordedFolder folder = RecordedFolder.at(out, settings.s3());
    Recorded recorded =
        Waiting.ifLong(
            "recording samples",
            Console.standardError(),
            () -> record(settings, written, folder, hotkey));
    RecordedManifest manifest = recorded.manifest();
    Answer answer =
        new Answer(
            folder.address(),
            manifest.recorder(),
            manifest.fromBlock(),
            manifest.toBlock(),
            manifest.rows(),
            manifest.files().size(),
            recorded.leftOut());
    output.print(answer, () -> lines(answer));
    return ExitCode.DONE;
  }

  private RecordedFormat format() {
    return switch (format) {
      case "parquet" -> RecordedFormat.PARQUET;
      case "jsonl" -> RecordedFormat.JSONL;
      default -> throw new UsageException("--format is " + format + "; parquet or jsonl");
    };
  }

  private Recorded record(
      AssayConfiguration settings, RecordedFormat written, RecordedFolder folder, Keypair hotkey) {
    try (Warehouse warehouse = Warehouse.open(settings.warehouse(), new Configuration())) {
      long leftOut = Recording.leftOut(warehouse, first(settings), last(settings));
      return Recording.of(
              warehouse,
              settings.feed().netuidOr(settings.chain().netuid()),
              first(settings),
              last(settings),
              settings.window().blocks(),
              written,
              folder,
              hotkey)
          .map(manifest -> new Recorded(manifest, leftOut))
          .orElseThrow(
              () ->
                  new UsageException(
                      "the table samples has none of these blocks; take a snapshot of them first,"
                          + " or name others"));
    }
  }

  private long first(AssayConfiguration settings) {
    if (window != null) {
      return Math.max(1, window(settings).firstSampleBlock());
    }
    return fromBlock == null ? 1 : Math.max(1, fromBlock);
  }

  private long last(AssayConfiguration settings) {
    if (window != null) {
      return window(settings).firstBlock() - 1;
    }
    return toBlock == null ? Long.MAX_VALUE : toBlock;
  }

  private Window window(AssayConfiguration settings) {
    return new Window(window, settings.window().blocks());
  }

  private static List<String> lines(Answer answer) {
    List<String> lines = new ArrayList<>();
    lines.add(
        "blocks %d to %d: %,d samples in %d files in %s"
            .formatted(
                answer.fromBlock(),
                answer.toBlock(),
                answer.samples(),
                answer.files(),
                answer.folder()));
    if (answer.leftOut() > 0) {
      lines.add(
          "%,d samples are not in it, of datasets and runs: pass on their addresses in feed.endpoints"
              .formatted(answer.leftOut()));
    }
    lines.add("signed by " + answer.recorder());
    return lines;
  }
}
