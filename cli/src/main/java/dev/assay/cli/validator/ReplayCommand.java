package dev.assay.cli.validator;

import dev.assay.cli.terminal.Console;
import dev.assay.cli.terminal.ExitCode;
import dev.assay.cli.terminal.Output;
import dev.assay.cli.terminal.Ranges;
import dev.assay.cli.terminal.Waiting;
import dev.assay.jobs.bundle.BundleFolder;
import dev.assay.jobs.candidates.TokenizerSource;
import dev.assay.jobs.config.Secrets;
import dev.assay.jobs.replay.LossReplay;
import dev.assay.model.hub.CheckpointSource;
import dev.assay.model.hub.HubClient;
import dev.assay.model.hub.http.AccessToken;
import dev.assay.report.replay.ReplayReport;
import dev.assay.report.replay.ReplayText;
import dev.assay.score.bundle.Replay;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
    name = "replay",
    description =
        "Recomputes an evaluation's weights from its bundle, bit for bit, and some of its losses"
            + " within the kernels' tolerance.",
    footer = {"", "  assay replay loop/bundles/* --losses 20 --checkpoints loop/miners"})
public final class ReplayCommand implements Callable<Integer> {
  @Mixin private Output output;

  @Mixin private BundleArgument bundle;

  @Option(
      names = "--losses",
      paramLabel = "N",
      defaultValue = "0",
      description = "Recompute N losses, chosen at random.")
  private int losses;

  @Option(
      names = "--seed",
      paramLabel = "S",
      description = "Seed of that choice (default: random).")
  private Long seed;

  @Option(
      names = "--checkpoints",
      paramLabel = "DIR",
      description = "Read checkpoints from NAMESPACE/NAME in this folder instead of the hub.")
  private Path checkpoints;

  @Option(
      names = "--hub",
      paramLabel = "URL",
      description = "Address of the hub (default: from the bundle's configuration).")
  private URI hub;

  @Option(
      names = "--cache",
      paramLabel = "DIR",
      defaultValue = ".assay/cache",
      description = "Folder for downloads (default: ${DEFAULT-VALUE}).")
  private Path cache;

  @Option(
      names = "--threads",
      paramLabel = "N",
      defaultValue = "1",
      description = "Threads per operation (default: ${DEFAULT-VALUE}).")
  private int threads;

  @Override
  public Integer call() throws IOException, InterruptedException {
    Ranges.threads("--threads", threads);
    Ranges.atLeast("--losses", losses, 0);
    ReplayReport report =
        Waiting.ifLong("replaying", Console.standardError(), () -> replay(bundle.open()));
    output.print(report, () -> ReplayText.lines(report));
    return report.same() ? ExitCode.DONE : ExitCode.FAILED;
  }

  private ReplayReport replay(BundleFolder folder) throws IOException, InterruptedException {
    List<String> damaged = folder.damaged();
    Optional<String> difference =
        damaged.isEmpty() ? folder.replay().map(Replay.Difference::toString) : Optional.empty();
    if (!damaged.isEmpty() || difference.isPresent() || losses == 0) {
      return ReplayReport.of(folder, damaged, new LossReplay.Result(0, 0, difference), 0);
    }
    // The bundle's author must not know which losses will be checked.
    long chosen = seed == null ? new SecureRandom().nextLong() : seed;
    return ReplayReport.of(folder, damaged, ofLosses(folder).run(folder, losses, chosen), chosen);
  }

  private LossReplay ofLosses(BundleFolder folder) {
    HubClient client = client(folder);
    return new LossReplay(
        checkpoints == null
            ? CheckpointSource.hub(client, cache)
            : CheckpointSource.folders(checkpoints.toAbsolutePath()),
        new TokenizerSource(client, cache),
        threads);
  }

  /** The token goes only to a hub that the user has named: a bundle may name anybody's. */
  private HubClient client(BundleFolder folder) {
    if (hub == null) {
      return HubClient.of(URI.create(folder.configuration().hub()));
    }
    return Secrets.of(System.getenv(), hub.toString())
        .hubToken()
        .map(token -> HubClient.of(hub, AccessToken.of(token)))
        .orElseGet(() -> HubClient.of(hub));
  }
}
