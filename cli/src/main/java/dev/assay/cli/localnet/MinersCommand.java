package dev.assay.cli.localnet;

import dev.assay.chain.keys.Wallet;
import dev.assay.chain.subtensor.Subtensor;
import dev.assay.cli.chain.Sent;
import dev.assay.cli.process.OutputFolder;
import dev.assay.cli.terminal.Cell;
import dev.assay.cli.terminal.Console;
import dev.assay.cli.terminal.ExitCode;
import dev.assay.cli.terminal.Listing;
import dev.assay.cli.terminal.Listing.Kind;
import dev.assay.cli.terminal.ListingOutput;
import dev.assay.cli.terminal.Ranges;
import dev.assay.jobs.config.AssayConfiguration;
import dev.assay.jobs.judge.HubAccess;
import dev.assay.miner.FineTuning;
import dev.assay.miner.OnceCommitted;
import dev.assay.miner.Publication;
import dev.assay.model.hub.CommittedModel;
import dev.assay.model.hub.HubClient;
import dev.assay.model.hub.RepositoryId;
import dev.assay.model.text.ByteTokenizer;
import dev.assay.model.train.Initialisation;
import dev.assay.model.train.LlamaShape;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
    name = "miners",
    description = {
      "Fills a localnet's subnet with miners: wallets miner-1, miner-2 and so on, registered, each"
          + " with a small model of its own on the hub and a commitment to it.",
      "The models are not trained: they differ by their seeds, and serve to try a validator out."
          + " The miners of assay demo learn."
    },
    footer = {"", "  assay localnet miners --count 3"})
final class MinersCommand implements Callable<Integer> {
  private static final String COMPETITION = "b1";
  private static final LlamaShape SHAPE =
      new LlamaShape(ByteTokenizer.VOCABULARY, 64, 176, 2, 2, 2, 512);

  @Mixin private ListingOutput output;
  @Mixin private LocalnetTarget target;

  @Option(
      names = "--count",
      paramLabel = "N",
      defaultValue = "3",
      description = "How many, 1 to 64 (default: ${DEFAULT-VALUE}).")
  private int count;

  record Answer(int netuid, List<Miner> miners) {}

  /** One of them, and the block that holds its commitment. */
  record Miner(String wallet, String hotkey, int uid, String repository, long block) {}

  @Override
  public Integer call() throws IOException, InterruptedException {
    Ranges.within("--count", count, 1, 64);
    Answer answer = target.run(this::filled);
    Listing listing =
        new Listing()
            .column("uid", Kind.NUMBER)
            .column("wallet", Kind.TEXT)
            .column("hotkey", Kind.ACCOUNT)
            .column("repository", Kind.TEXT)
            .column("block", Kind.NUMBER);
    for (Miner miner : answer.miners()) {
      listing.row(
          Cell.of(miner.uid()),
          Cell.of(miner.wallet()),
          Cell.of(miner.hotkey()),
          Cell.of(miner.repository()),
          Cell.of(miner.block()));
    }
    output.print(answer, List.of(), listing);
    return ExitCode.DONE;
  }

  private Answer filled(AssayConfiguration settings, Subtensor chain, Newcomers newcomers)
      throws IOException, InterruptedException {
    HubClient hub =
        HubAccess.of(settings.hub())
            .client(settings.secrets().hubToken().or(() -> Optional.of(LocalnetCommand.OPEN)));
    List<Miner> miners = new ArrayList<>();
    try (OutputFolder folder = OutputFolder.temporary()) {
      for (int number = 1; number <= count; number++) {
        Wallet keys = settings.submit().keys();
        Wallet wallet = new Wallet(keys.root(), "miner-" + number, "default");
        Newcomers.complete(wallet);
        int uid = newcomers.register(wallet);
        Path checkpoint = checkpoint(folder.path(), number);
        CommittedModel model =
            new Publication(hub)
                .publish(
                    new RepositoryId(LocalnetCommand.OPEN, wallet.name()),
                    checkpoint,
                    wallet.hotkeyAccount(),
                    COMPETITION);
        long block = committed(settings, chain, wallet, model);
        Console.standardError().line("%s: uid %d, block %d".formatted(wallet.name(), uid, block));
        miners.add(
            new Miner(
                wallet.name(),
                wallet.hotkeyAccount().ss58(),
                uid,
                model.repository().toString(),
                block));
      }
    }
    return new Answer(settings.chain().netuid(), miners);
  }

  private static Path checkpoint(Path folder, int number) throws IOException {
    Path tokenizer = folder.resolve(FineTuning.TOKENIZER);
    ByteTokenizer.write(tokenizer);
    Path checkpoint = folder.resolve("miner-" + number);
    Initialisation.write(
        checkpoint, SHAPE, number, Map.of(FineTuning.TOKENIZER, Files.readAllBytes(tokenizer)));
    return checkpoint;
  }

  private static long committed(
      AssayConfiguration settings, Subtensor chain, Wallet wallet, CommittedModel model) {
    OnceCommitted.Result result =
        new OnceCommitted(
                chain,
                settings.chain().netuid(),
                wallet.hotkey(
                    () -> {
                      throw new IllegalStateException("a hotkey of a localnet has no password");
                    }))
            .commit(model);
    if (result instanceof OnceCommitted.Result.Held held) {
      return held.block();
    }
    if (result instanceof OnceCommitted.Result.NotHeld refused) {
      return Sent.done(refused.outcome(), "the commitment of " + wallet.name()).number();
    }
    throw new IllegalStateException(
        "the chain takes no more commitments of " + wallet.name() + " in this epoch");
  }
}
