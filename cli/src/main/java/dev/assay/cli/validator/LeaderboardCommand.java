package dev.assay.cli.validator;

import dev.assay.chain.keys.KeyfileException;
import dev.assay.chain.rpc.RpcUnreachableException;
import dev.assay.chain.subtensor.BlockView;
import dev.assay.chain.subtensor.Subtensor;
import dev.assay.cli.settings.ConfigurationOption;
import dev.assay.cli.terminal.Console;
import dev.assay.cli.terminal.ExitCode;
import dev.assay.cli.terminal.Output;
import dev.assay.cli.terminal.Ranges;
import dev.assay.cli.terminal.UsageException;
import dev.assay.cli.terminal.Waiting;
import dev.assay.jobs.chain.ChainAccess;
import dev.assay.jobs.config.AssayConfiguration;
import dev.assay.jobs.submit.ValidatorKey;
import dev.assay.report.board.Board;
import dev.assay.report.board.BoardReading;
import dev.assay.report.site.Site;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
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
    List<String> notes = new ArrayList<>();
    Optional<String> hotkey = hotkey(settings, notes);
    if (withoutChain) {
      notes.add("The chain was not asked, so stake, consensus and emission are left out.");
      return BoardReading.of(
          settings, hotkey, Optional.empty(), notes, Clock.systemUTC().instant());
    }
    try (Subtensor chain = ChainAccess.connect(settings)) {
      BlockView block = at == null ? chain.at(chain.finalizedHead()) : chain.at(at);
      ChainAccess.requireSubnet(block, "chain.netuid", settings.chain().netuid());
      return BoardReading.of(
          settings, hotkey, Optional.of(block), notes, Clock.systemUTC().instant());
    } catch (RpcUnreachableException away) {
      if (at != null) {
        throw away;
      }
      notes.add(
          "The chain could not be read, so stake, consensus and emission are left out: "
              + away.getMessage());
      return BoardReading.of(
          settings, hotkey, Optional.empty(), notes, Clock.systemUTC().instant());
    }
  }

  /** A leaderboard may be made where no wallet is. */
  private static Optional<String> hotkey(AssayConfiguration settings, List<String> notes) {
    try {
      return Optional.of(ValidatorKey.account(settings).ss58());
    } catch (KeyfileException none) {
      notes.add("There is no wallet here, so weights of any validator of the tables are ours.");
      return Optional.empty();
    }
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
