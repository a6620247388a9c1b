package dev.assay.cli.miner;

import dev.assay.chain.keys.AccountId;
import dev.assay.cli.settings.ConfigurationOption;
import dev.assay.cli.settings.WalletOptions;
import dev.assay.cli.terminal.Console;
import dev.assay.cli.terminal.ExitCode;
import dev.assay.cli.terminal.Output;
import dev.assay.cli.terminal.UsageException;
import dev.assay.cli.terminal.Waiting;
import dev.assay.jobs.config.AssayConfiguration;
import dev.assay.jobs.judge.HubAccess;
import dev.assay.miner.ModelCard;
import dev.assay.miner.Publication;
import dev.assay.miner.Receipt;
import dev.assay.model.checkpoint.Checkpoint;
import dev.assay.model.checkpoint.CheckpointLimits;
import dev.assay.model.hub.CommittedModel;
import dev.assay.model.hub.HubClient;
import dev.assay.model.hub.RepositoryId;
import dev.assay.model.hub.http.HubException;
import dev.assay.model.rejection.RejectedCheckpointException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "publish",
    description = {
      "Puts a checkpoint on the hub, compares what the hub then lists with the files, and keeps"
          + " beside the checkpoint what assay commit needs.",
      "A new repository is private until assay commit has the commitment on the chain, so that"
          + " nobody can copy the model first; --public shows it at once. In one that is public"
          + " already everybody sees the model before it is committed, so use another one for each"
          + " model. Without a README.md the checkpoint gets a model card."
    },
    footer = {
      "",
      "  assay publish my-model --repository localnet/gloss --competition b1 --wallet bob",
      "",
      "The hub's token is read from ASSAY_HUB_TOKEN or HF_TOKEN. A publication that broke off is"
          + " repeated with the same words: what the hub has is not sent again."
    })
public final class PublishCommand implements Callable<Integer> {
  @Mixin private Output output;
  @Mixin private ConfigurationOption configuration;
  @Mixin private WalletOptions wallet;

  @Parameters(paramLabel = "DIR", description = "Folder of the checkpoint.")
  private Path checkpoint;

  @Option(
      names = "--repository",
      paramLabel = "NAMESPACE/NAME",
      required = true,
      description = "Where on the hub; it is created where there is none.")
  private String repository;

  @Option(
      names = "--competition",
      paramLabel = "ID",
      required = true,
      description = "The competition that the model takes part in.")
  private String competition;

  @Option(names = "--public", description = "Show the repository at once.")
  private boolean atOnce;

  @Option(
      names = "--figure",
      paramLabel = "NAME=VALUE",
      description = "A figure for the model card, such as loss=2.46; may be repeated.")
  private Map<String, String> figures = Map.of();

  /**
   * What was published.
   *
   * @param commitment the text that assay commit puts on the chain
   */
  record Answer(
      String repository, String revision, String hotkey, String commitment, boolean isPrivate) {}

  @Override
  public Integer call() throws IOException, InterruptedException, RejectedCheckpointException {
    AssayConfiguration settings = wallet.in(configuration.load());
    RepositoryId target = committable(repository, competition);
    AccountId hotkey = settings.submit().keys().hotkeyAccount();
    requireFolder();
    requireToken(settings);
    Checkpoint opened = Checkpoint.open(checkpoint, CheckpointLimits.defaults());
    Console console = Console.standardError();
    if (ModelCard.write(opened, target, competition, figures)) {
      console.line("model card: " + checkpoint.resolve(ModelCard.FILE));
    }
    console.line("%s: %,d bytes of weights".formatted(target, opened.bytes()));
    HubClient hub = HubAccess.of(settings.hub()).client(settings.secrets().hubToken());
    if (!atOnce && isShown(hub, target)) {
      console.line(
          ("warning: %s is public already, so everybody sees the model before assay commit, and may"
                  + " commit to it first; name a new --repository, which is private until then")
              .formatted(target));
    }
    CommittedModel model =
        Waiting.ifLong(
            "publishing " + target,
            console,
            () -> new Publication(hub).publish(target, checkpoint, hotkey, competition, !atOnce));
    if (atOnce && hub.info(target).isPrivate()) {
      hub.makePublic(target);
    }
    new Receipt(model, hotkey.ss58()).keep(checkpoint);
    Answer answer =
        new Answer(
            target.toString(),
            model.revision(),
            hotkey.ss58(),
            model.text(),
            hub.info(target).isPrivate());
    output.print(answer, () -> lines(answer));
    return ExitCode.DONE;
  }

  private static boolean isShown(HubClient hub, RepositoryId target) throws InterruptedException {
    try {
      return !hub.info(target).isPrivate();
    } catch (HubException.NotFound none) {
      return false;
    }
  }

  /**
   * The repository of a name, whose commitment fits what the chain takes.
   *
   * @throws UsageException if it is no name, or too long a one with this competition
   */
  public static RepositoryId committable(String repository, String competition) {
    String[] parts = repository.split("/", -1);
    if (parts.length != 2) {
      throw new UsageException("--repository is '" + repository + "'; write namespace/name");
    }
    try {
      RepositoryId target = new RepositoryId(parts[0], parts[1]);
      requireCommittable(target, competition);
      return target;
    } catch (IllegalArgumentException unfit) {
      throw new UsageException("--repository: " + unfit.getMessage(), unfit);
    }
  }

  private void requireFolder() {
    if (!Files.isDirectory(checkpoint)) {
      throw new UsageException(checkpoint + " is no folder; name the folder of the checkpoint");
    }
  }

  private static void requireToken(AssayConfiguration settings) {
    if (settings.secrets().hubToken().isEmpty()) {
      throw new UsageException(
          "ASSAY_HUB_TOKEN is not set, nor HF_TOKEN for this hub; make a token that may write on"
              + " the hub's pages, and set it");
    }
  }

  /** The chain takes 128 bytes. */
  private static void requireCommittable(RepositoryId target, String competition) {
    String text =
        new CommittedModel(target, "0".repeat(40), "A".repeat(43) + "=", competition).text();
    if (CommittedModel.parse(text, competition)
        instanceof CommittedModel.Parsed.Malformed malformed) {
      throw new UsageException(
          malformed.reason() + "; choose a shorter repository or another competition");
    }
  }

  private static List<String> lines(Answer answer) {
    return List.of(
        "%s at %s, verified".formatted(answer.repository(), answer.revision()),
        "to commit: " + answer.commitment(),
        answer.isPrivate()
            ? "the repository is private; assay commit shows it once the chain has the commitment"
            : "the repository is public: run assay commit before somebody else commits to it");
  }
}
