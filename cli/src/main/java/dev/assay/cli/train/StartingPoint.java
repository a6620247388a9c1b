package dev.assay.cli.train;

import dev.assay.chain.subtensor.BlockView;
import dev.assay.chain.subtensor.Subtensor;
import dev.assay.cli.settings.ChainOptions;
import dev.assay.cli.terminal.Console;
import dev.assay.cli.terminal.UsageException;
import dev.assay.cli.terminal.Waiting;
import dev.assay.jobs.chain.ChainAccess;
import dev.assay.jobs.config.AssayConfiguration;
import dev.assay.jobs.judge.HubAccess;
import dev.assay.miner.CommittedModels;
import dev.assay.model.hub.CheckpointSource;
import dev.assay.model.hub.DownloadLimits;
import dev.assay.model.hub.HubClient;
import dev.assay.model.hub.RepositoryId;
import dev.assay.model.hub.Revision;
import dev.assay.model.hub.http.HubException;
import dev.assay.model.train.BaseName;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The option that says which model training begins with, and where the model comes from. */
public final class StartingPoint {
  private static final DownloadLimits LIMITS =
      new DownloadLimits(64L << 30, 64L << 30, 256, Duration.ofHours(6));

  @Option(
      names = "--from",
      required = true,
      paramLabel = "MODEL",
      description =
          "What to begin with: a folder, NAMESPACE/NAME or NAMESPACE/NAME@COMMIT of the hub, uid:N"
              + " for what that UID has committed, or best for the model that earns most.")
  private String from;

  @Mixin private ChainOptions chain;

  /**
   * A checkpoint on this machine.
   *
   * @param base how an adapter names it
   */
  public record Model(BaseName base, Path folder) {

    /** What it is, for a person. */
    public String name() {
      return base.name() + base.revision().map(commit -> "@" + commit).orElse("");
    }
  }

  /** The settings by which models elsewhere are found. */
  public AssayConfiguration settings() {
    return chain.load();
  }

  /**
   * Finds the model, and brings it here where it is elsewhere.
   *
   * @throws UsageException if there is none of that name
   */
  public Model obtain() throws IOException, InterruptedException {
    Path folder = Path.of(from);
    if (Files.isDirectory(folder)) {
      return new Model(new BaseName(from, Optional.empty()), folder);
    }
    AssayConfiguration settings = chain.load();
    if (from.equals("best") || from.matches("uid:[0-9]{1,5}")) {
      CommittedModels.Standing standing = committed(settings);
      return downloaded(
          settings, standing.model().repository(), Optional.of(standing.model().revision()));
    }
    String[] parts = from.split("@", 2);
    String[] names = parts[0].split("/", -1);
    if (names.length != 2) {
      throw new UsageException(
          "--from: '%s' is neither a folder nor NAMESPACE/NAME, uid:N or best".formatted(from));
    }
    try {
      return downloaded(
          settings,
          new RepositoryId(names[0], names[1]),
          parts.length == 2 ? Optional.of(parts[1]) : Optional.empty());
    } catch (IllegalArgumentException unfit) {
      throw new UsageException("--from: " + unfit.getMessage(), unfit);
    }
  }

  private CommittedModels.Standing committed(AssayConfiguration settings) {
    int netuid = settings.chain().netuid();
    try (Subtensor subtensor = ChainAccess.connect(settings)) {
      BlockView block = subtensor.at(subtensor.finalizedHead());
      ChainAccess.requireSubnet(block, "the netuid", netuid);
      String old = settings.competitions().competitionOfOldCommitments();
      CommittedModels models = CommittedModels.at(block, netuid, old);
      Optional<CommittedModels.Standing> found =
          from.equals("best")
              ? models.best()
              : models.of(Integer.parseInt(from.substring("uid:".length())));
      return found.orElseThrow(
          () ->
              new UsageException(
                  "--from %s: on subnet %d at block %d %s; see assay commitments"
                      .formatted(
                          from,
                          netuid,
                          block.number(),
                          from.equals("best")
                              ? "no committed model earns anything"
                              : "that UID has committed no model")));
    }
  }

  private static Model downloaded(
      AssayConfiguration settings, RepositoryId repository, Optional<String> commit)
      throws IOException, InterruptedException {
    HubClient hub = HubAccess.of(settings.hub()).client(settings.secrets().hubToken());
    try {
      Revision revision =
          commit.isPresent() ? new Revision(commit.get()) : hub.info(repository).revision();
      Path cache = Path.of(settings.evaluation().cache());
      Path folder =
          Waiting.ifLong(
              "downloading " + repository,
              Console.standardError(),
              () ->
                  CheckpointSource.hub(hub, cache).fetch(repository, revision, LIMITS).directory());
      return new Model(
          new BaseName(repository.toString(), Optional.of(revision.toString())), folder);
    } catch (HubException.NotFound none) {
      throw new UsageException(
          "--from: %s; correct the name, or set ASSAY_HUB_TOKEN if it is private"
              .formatted(none.getMessage()),
          none);
    } catch (HubException.MutableRevision branch) {
      throw new UsageException(
          "--from: %s is no commit of 40 hex digits; a branch may name other files tomorrow"
              .formatted(commit.orElse("")),
          branch);
    }
  }
}
