package dev.assay.cli.demo;

import dev.assay.chain.subtensor.Subtensor;
import dev.assay.cli.participants.Participant;
import dev.assay.cli.terminal.Console;
import dev.assay.jobs.feed.EarlierSamples;
import dev.assay.jobs.feed.FeedSample;
import dev.assay.localnet.Localnet;
import dev.assay.miner.ModelCommitment;
import dev.assay.miner.Publication;
import dev.assay.model.hub.CommittedModel;
import dev.assay.model.hub.HubClient;
import dev.assay.model.hub.RepositoryId;
import dev.assay.model.hub.http.AccessToken;
import dev.assay.model.rejection.RejectedCheckpointException;
import dev.assay.model.text.EncodedSample;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What all miners do: train on the feed's samples so far, publish, commit. */
final class MinersWork {
  private static final String COMPETITION = "b1";

  /** As many on each machine: a sum's last bits depend on how many threads take part in it. */
  private static final int THREADS = 2;

  private final DemoOptions options;
  private final Localnet localnet;
  private final Console console;
  private final Subtensor chain;
  private final Workshop workshop;

  MinersWork(DemoOptions options, Path folder, Localnet localnet, Subtensor chain, Console console)
      throws IOException {
    this.options = options;
    this.localnet = localnet;
    this.console = console;
    this.chain = chain;
    workshop = new Workshop(folder.resolve("miners"), options.seed(), THREADS, console);
  }

  void run(Participants participants, long head)
      throws IOException, InterruptedException, RejectedCheckpointException {
    List<FeedSample> earlier = EarlierSamples.of(1, head, localnet.feed());
    List<EncodedSample> samples = workshop.encoded(earlier);
    console.line("%,d samples of blocks 1 to %d to train on".formatted(samples.size(), head));
    Path base = workshop.base(options.scale().base(), samples);
    Map<String, Path> checkpoints = new HashMap<>();
    for (MinerPlan plan : participants.plans()) {
      Path checkpoint = checkpoint(plan, participants, base, samples, checkpoints);
      checkpoints.put(plan.name(), checkpoint);
      long block = publish(participants.miners().get(plan.name()), checkpoint);
      console.line("%-10s published and committed in block %d".formatted(plan.name(), block));
    }
  }

  /** Publishes and commits; returns the block that holds the commitment. */
  private long publish(Participant miner, Path checkpoint)
      throws IOException, InterruptedException {
    HubClient hub = HubClient.of(localnet.hub(), AccessToken.of(Participants.token(miner.name())));
    CommittedModel model =
        new Publication(hub)
            .publish(
                new RepositoryId(miner.name(), Workshop.MODEL),
                checkpoint,
                miner.hotkey().account(),
                COMPETITION);
    return ModelCommitment.commit(chain, Participants.NETUID, model, miner.hotkey())
        .orThrow("the commitment of " + miner)
        .number();
  }

  private Path checkpoint(
      MinerPlan plan,
      Participants participants,
      Path base,
      List<EncodedSample> samples,
      Map<String, Path> checkpoints)
      throws IOException, RejectedCheckpointException {
    return switch (plan.work()) {
      case FINE_TUNES -> workshop.fineTuned(plan, base, samples);
      case COPIES ->
          workshop.copy(plan, checkpoints.get(MinerPlan.best(participants.plans()).name()));
      case BREAKS -> workshop.broken(plan, base);
    };
  }
}
