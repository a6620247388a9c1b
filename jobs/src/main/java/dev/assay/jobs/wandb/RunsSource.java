package dev.assay.jobs.wandb;

import dev.assay.jobs.feed.BlockTimes;
import dev.assay.jobs.feed.FeedSample;
import dev.assay.jobs.feed.OfferedSample;
import dev.assay.jobs.feed.SampleSource;
import dev.assay.jobs.tables.SampleRow;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * The runs of a project in the original's shape: validators log what they asked and what was
 * answered, and sign the ids of their runs. What is logged belongs to the block that comes {@link
 * #DELAY} later, by when it has arrived.
 */
public final class RunsSource implements SampleSource {
  /** Between what is logged and the block that it belongs to. */
  public static final Duration DELAY = Duration.ofMinutes(2);

  /** Samples of one run for one block. */
  static final int MOST_SAMPLES = LoggedStep.MOST_TEXTS;

  /** Before a row's signature: it is the producer's, over the id of the run that stands between. */
  static final String RUN = "run:";

  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final RunHistories histories;
  private Optional<BlockTimes> times = Optional.empty();

  RunsSource(RunHistories histories) {
    this.histories = histories;
  }

  /**
   * The runs at an address.
   *
   * @param key of the user; a project that everybody may read needs none
   */
  public static SampleSource of(URI endpoint, Optional<String> key) {
    return of(endpoint, key, PATIENCE);
  }

  static RunsSource of(URI endpoint, Optional<String> key, Duration patience) {
    RunsAddress address = RunsAddress.of(endpoint);
    return new RunsSource(new RunHistories(address, new GraphQl(address.service(), key, patience)));
  }

  @Override
  public void follow(BlockTimes chain) {
    times = Optional.of(chain);
  }

  /** Without a chain's times it can be told whether the project is there, and nothing else. */
  @Override
  public Page samples(long fromBlock, long toBlock) throws InterruptedException {
    List<Optional<LoggedRun>> runs = histories.runs();
    List<Optional<OfferedSample>> offers = new ArrayList<>();
    if (times.isPresent()) {
      BlockSpan span = new BlockSpan(times.get(), fromBlock, toBlock);
      for (Optional<LoggedRun> run : runs) {
        if (run.isPresent()) {
          offers.addAll(offers(run.get(), span));
        } else {
          offers.add(Optional.empty());
        }
      }
    }
    return new Page(offers, OptionalLong.empty());
  }

  private List<Optional<OfferedSample>> offers(LoggedRun run, BlockSpan span)
      throws InterruptedException {
    List<LoggedStep> steps = new ArrayList<>(histories.steps(run, span.begin().minus(DELAY)));
    steps.sort(Comparator.comparingLong(LoggedStep::number));
    Map<Long, Integer> ofBlock = new HashMap<>();
    List<Optional<OfferedSample>> offers = new ArrayList<>();
    for (LoggedStep step : steps) {
      Instant arrived = step.time().plus(DELAY);
      OptionalLong block = span.block(arrived);
      if (block.isEmpty()) {
        continue;
      }
      for (LoggedStep.Text text : step.texts()) {
        if (ofBlock.merge(block.getAsLong(), 1, Integer::sum) <= MOST_SAMPLES) {
          offers.add(Optional.of(offer(run, step, block.getAsLong(), text)));
        }
      }
    }
    return offers;
  }

  private static OfferedSample offer(
      LoggedRun run, LoggedStep step, long block, LoggedStep.Text text) {
    return new OfferedSample(
        new SampleRow(
            FeedSample.idOf(text.prompt(), text.response()),
            text.prompt(),
            text.response(),
            run.hotkey(),
            block,
            step.time(),
            RUN + run.id() + ":" + run.signature()),
        run::isGenuine);
  }
}
