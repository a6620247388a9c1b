package dev.assay.cli.validator;

import dev.assay.cli.settings.ConfigurationOption;
import dev.assay.cli.terminal.Console;
import dev.assay.cli.terminal.ExitCode;
import dev.assay.cli.terminal.Output;
import dev.assay.cli.terminal.Ranges;
import dev.assay.cli.terminal.UsageException;
import dev.assay.cli.terminal.Waiting;
import dev.assay.jobs.config.AssayConfiguration;
import dev.assay.report.board.Board;
import dev.assay.report.site.Site;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
    name = "leaderboard",
    description = {
      "Writes the leaderboard: a folder of pages that opens from disk or is served as it is.",
      "It shows every model's rank, loss, advantage and weight, a page of reasons for each, the"
          + " samples, the whole subnet and past evaluations, from the tables, the latest"
          + " evaluation's bundle and the chain. JSON files beside the pages hold the same"
          + " figures.",
      "Without an endpoint that answers, what only the chain knows is left out, and the page says"
          + " so."
    },
    footer = {
      "",
      "  assay leaderboard --out site",
      "  assay leaderboard --out demo-site --config loop/validator-1.yaml --without-chain"
    })
public final class LeaderboardCommand implements Callable<Integer> {
  @Mixin private Output output;
  @Mixin private ConfigurationOption configuration;

  @Option(
      names = "--out",
      paramLabel = "DIR",
      required = true,
      description = "Folder for the pages: new, empty, or of an earlier leaderboard.")
  private Path out;

  @Option(
      names = "--at",
      paramLabel = "BLOCK",
      description = "Read the chain after this block (default: the latest final block).")
  private Long at;

  @Option(names = "--without-chain", description = "Read the tables and the bundle alone.")
  private boolean withoutChain;

  /** What {@code --json} prints; programs rely on the names. */
  record Answer(
      String page,
      String state,
      String reason,
      int models,
      int evaluations,
      int files,
      long bytes,
      List<String> notes) {}

  @Override
  public Integer call() throws IOException, InterruptedException {
    Ranges.block("--at", at);
    if (withoutChain && at != null) {
      throw new UsageException("--at and --without-chain are both given; choose one");
    }
    if (!Site.mayWriteTo(out)) {
      throw new UsageException(
          "--out is " + out + ", which holds something else; name a new or an empty folder");
    }
    AssayConfiguration settings = configuration.load();
    Console console = Console.standardError();
    Board board =
        Waiting.ifLong("reading tables, bundle and chain", console, () -> board(settings));
    Site.Written written =
        Waiting.ifLong(
            "writing pages", console, () -> Site.write(board, settings.hub().endpoint(), out));
    Answer answer =
        new Answer(
            written.page().toString(),
            board.banner().state().name(),
            board.banner().reason(),
            board.competitions().stream().mapToInt(each -> each.models().size()).sum(),
            board.evaluations().size(),
            written.files(),
            written.bytes(),
            board.notes());
    output.print(answer, () -> lines(answer, written.page()));
    return ExitCode.DONE;
  }

  private Board board(AssayConfiguration settings) {
    return withoutChain
        ? LeaderboardPages.withoutChain(settings)
        : LeaderboardPages.of(settings, at);
  }

  private static List<String> lines(Answer answer, Path page) {
    List<String> lines = new ArrayList<>();
    lines.add("leaderboard: file://" + page.toAbsolutePath().normalize());
    lines.add("state:       " + answer.state() + ", " + answer.reason());
    lines.add(
        "shows:       %,d models, %,d evaluations, in %,d files of %,d KiB"
            .formatted(
                answer.models(), answer.evaluations(), answer.files(), answer.bytes() >> 10));
    answer.notes().forEach(note -> lines.add("note:        " + note));
    return lines;
  }
}
