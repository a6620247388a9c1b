package dev.assay.cli.miner;

import dev.assay.chain.keys.Keypair;
import dev.assay.chain.subtensor.BlockView;
import dev.assay.chain.subtensor.Subtensor;
import dev.assay.cli.chain.Sent;
import dev.assay.cli.settings.ChainOptions;
import dev.assay.cli.settings.WalletOptions;
import dev.assay.cli.terminal.Console;
import dev.assay.cli.terminal.ExitCode;
import dev.assay.cli.terminal.Output;
import dev.assay.cli.terminal.Ranges;
import dev.assay.cli.terminal.UsageException;
import dev.assay.cli.wallet.KeyPasswords;
import dev.assay.jobs.NotReadyException;
import dev.assay.jobs.chain.ChainAccess;
import dev.assay.jobs.config.AssayConfiguration;
import dev.assay.jobs.judge.HubAccess;
import dev.assay.miner.OnceCommitted;
import dev.assay.miner.Receipt;
import dev.assay.model.hub.CommittedModel;
import dev.assay.model.hub.HubClient;
import dev.assay.score.rules.Competition;
import dev.assay.score.sampling.Window;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "commit",
    description = {
      "Says on the chain which model the hotkey stands for: what assay publish left beside the"
          + " checkpoint. It replaces what the hotkey committed to before.",
      "The commitment contains the hotkey, so that a copy of it is of no use to another one. While"
          + " the chain limits the rate, it is tried again. It is read back from its block; then a"
          + " private repository becomes public."
    },
    footer = {
      "",
      "  assay commit my-model --wallet bob --netuid 6",
      "",
      "Safe to repeat and to kill: it looks at the chain first, and commits once. A commitment that"
          + " is there already ends with exit code 3."
    })
public final class CommitCommand implements Callable<Integer> {
  /** The chain counts by epochs; a look in between costs nothing. */
  private static final int BLOCKS_TO_NEXT_TRY = 20;

  @Mixin private Output output;
  @Mixin private ChainOptions chain;
  @Mixin private WalletOptions wallet;
  @Mixin private KeyPasswords passwords;

  @Parameters(paramLabel = "DIR", description = "Folder of the published checkpoint.")
  private Path checkpoint;

  @Option(names = "--keep-private", description = "Leave a private repository private.")
  private boolean keepPrivate;

  @Option(
      names = "--retries",
      paramLabel = "N",
      defaultValue = "30",
      description =
          "How often it is tried again while the chain limits the rate, 20 blocks apart, 0 to 1000"
              + " (default: ${DEFAULT-VALUE}).")
  private int retries;

  /**
   * A commitment.
   *
   * @param window the first in which it is judged; null where its competition isn't open
   * @param fromBlock that window's first block
   */
  record Answer(
      int netuid,
      String hotkey,
      long block,
      String commitment,
      Long window,
      Long fromBlock,
      boolean isPublic) {}

  @Override
  public Integer call() throws IOException, InterruptedException {
    Ranges.within("--retries", retries, 0, 1_000);
    AssayConfiguration settings = wallet.in(chain.load());
    Receipt receipt = receipt();
    requireOwn(settings, receipt);
    OnceCommitted.Result.Held held;
    Answer answer;
    try (Subtensor subtensor = ChainAccess.connect(settings)) {
      requireRegistered(subtensor, settings, receipt);
      Keypair hotkey = passwords.hotkey(settings.submit().keys());
      held = committed(subtensor, settings, receipt.model(), hotkey);
      answer = answer(settings, receipt, held, isShown(settings, receipt));
    }
    output.print(answer, () -> lines(answer, held));
    return held.already() ? ExitCode.NOTHING_TO_DO : ExitCode.DONE;
  }

  private Receipt receipt() throws IOException {
    return Receipt.of(checkpoint)
        .orElseThrow(
            () ->
                new UsageException(
                    "nothing was published of " + checkpoint + "; run assay publish first"));
  }

  private static void requireOwn(AssayConfiguration settings, Receipt receipt) {
    String own = settings.submit().keys().hotkeyAccount().ss58();
    if (!own.equals(receipt.hotkey())) {
      throw new UsageException(
          "the model was published for the hotkey %s, and the wallet's is %s; publish it anew or"
                  .formatted(receipt.hotkey(), own)
              + " name the other one by --wallet and --hotkey");
    }
  }

  private static void requireRegistered(
      Subtensor subtensor, AssayConfiguration settings, Receipt receipt) {
    int netuid = settings.chain().netuid();
    BlockView now = subtensor.at(subtensor.finalizedHead());
    ChainAccess.requireSubnet(now, "the netuid", netuid);
    boolean registered =
        now.metagraph(netuid).neurons().stream()
            .anyMatch(neuron -> neuron.hotkey().ss58().equals(receipt.hotkey()));
    if (!registered) {
      throw new UsageException(
          "the hotkey %s is not registered on subnet %d; run assay register first"
              .formatted(receipt.hotkey(), netuid));
    }
  }

  private OnceCommitted.Result.Held committed(
      Subtensor subtensor, AssayConfiguration settings, CommittedModel model, Keypair hotkey)
      throws InterruptedException {
    OnceCommitted committing = new OnceCommitted(subtensor, settings.chain().netuid(), hotkey);
    for (int attempt = 0; ; attempt++) {
      OnceCommitted.Result result = committing.commit(model);
      if (result instanceof OnceCommitted.Result.Held held) {
        return held;
      }
      if (result instanceof OnceCommitted.Result.NotHeld refused) {
        Sent.done(refused.outcome(), "the commitment");
      }
      if (attempt == retries) {
        throw new NotReadyException(
            "the chain limits how often a hotkey commits (%s); run the same command again in the"
                    .formatted(((OnceCommitted.Result.Limited) result).words())
                + " subnet's next epoch");
      }
      Console.standardError()
          .line(
              "the chain takes no more commitments of this hotkey now; trying again in %d blocks"
                  .formatted(BLOCKS_TO_NEXT_TRY));
      await(subtensor, settings);
    }
  }

  private static void await(Subtensor subtensor, AssayConfiguration settings)
      throws InterruptedException {
    long until = subtensor.at(subtensor.finalizedHead()).number() + BLOCKS_TO_NEXT_TRY;
    while (subtensor.at(subtensor.finalizedHead()).number() < until) {
      Thread.sleep(settings.chain().poll().toMillis());
    }
  }

  /** Shows the repository, unless it is to stay private; whether everybody sees it then. */
  private boolean isShown(AssayConfiguration settings, Receipt receipt)
      throws InterruptedException {
    HubClient hub = HubAccess.of(settings.hub()).client(settings.secrets().hubToken());
    if (hub.info(receipt.model().repository()).isPrivate()) {
      if (keepPrivate) {
        return false;
      }
      hub.makePublic(receipt.model().repository());
    }
    return true;
  }

  private static Answer answer(
      AssayConfiguration settings,
      Receipt receipt,
      OnceCommitted.Result.Held held,
      boolean isPublic) {
    Optional<Competition> competition =
        settings.competitions().schedule().find(held.block(), receipt.model().competition());
    Optional<Window> window =
        competition.map(
            open ->
                Window.firstToAdmit(
                    held.block(), settings.window().blocks(), open.policy().sampling()));
    return new Answer(
        settings.chain().netuid(),
        receipt.hotkey(),
        held.block(),
        receipt.model().text(),
        window.map(Window::number).orElse(null),
        window.map(Window::firstBlock).orElse(null),
        isPublic);
  }

  private static List<String> lines(Answer answer, OnceCommitted.Result.Held held) {
    List<String> lines = new ArrayList<>();
    lines.add(
        "%s %s in block %d of subnet %d"
            .formatted(
                answer.hotkey(),
                held.already() ? "had committed already" : "committed",
                answer.block(),
                answer.netuid()));
    lines.add(
        answer.window() == null
            ? "the competition is not open, as far as this configuration knows"
            : "it takes part from window %d on, block %d"
                .formatted(answer.window(), answer.fromBlock()));
    lines.add(
        answer.isPublic()
            ? "the repository is public"
            : "the repository is private; validators can't download it until you show it");
    return lines;
  }
}
