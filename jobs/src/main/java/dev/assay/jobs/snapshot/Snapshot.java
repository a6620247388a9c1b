package dev.assay.jobs.snapshot;

import dev.assay.chain.subtensor.BlockView;
import dev.assay.chain.subtensor.Neuron;
import dev.assay.chain.subtensor.Subtensor;
import dev.assay.jobs.chain.ChainAccess;
import dev.assay.jobs.chain.WarehouseChain;
import dev.assay.jobs.config.AssayConfiguration;
import dev.assay.jobs.config.ConfigurationException;
import dev.assay.jobs.config.FeedSettings;
import dev.assay.jobs.config.filter.SampleQuota;
import dev.assay.jobs.config.source.SourceSettings;
import dev.assay.jobs.feed.FeedException;
import dev.assay.jobs.origin.FeedPlace;
import dev.assay.jobs.origin.Origins;
import dev.assay.jobs.progress.Progress;
import dev.assay.jobs.tables.SampleRow;
import dev.assay.jobs.tables.Warehouse;
import dev.assay.jobs.tables.WarehouseTable;
import dev.assay.score.sampling.Window;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.hadoop.conf.Configuration;
import org.apache.iceberg.expressions.Expressions;

/** Takes what the sources have since the last snapshot, up to the last finalised block. */
public final class Snapshot {
  private Snapshot() {}

  /**
   * Takes what is new; idempotent. Needs no Spark.
   *
   * @throws FeedException if the feed cannot be asked
   * @throws ConfigurationException if no feed is configured
   */
  public static SnapshotReport run(AssayConfiguration configuration, Progress progress)
      throws InterruptedException {
    return run(configuration, OptionalLong.empty(), progress);
  }

  /**
   * Takes what is new, and reaches back.
   *
   * @param fromBlock where to begin; one later than that of the first missing sample changes
   *     nothing, for blocks are never skipped
   * @throws FeedException if the feed cannot be asked
   * @throws ConfigurationException if no feed is configured
   */
  public static SnapshotReport run(
      AssayConfiguration configuration, OptionalLong fromBlock, Progress progress)
      throws InterruptedException {
    FeedSettings feed = configuration.feed();
    if (feed.places().isEmpty()) {
      throw new ConfigurationException("feed.endpoint is empty; give it the address of a feed");
    }
    List<FeedPlace> places =
        feed.places().stream().map(each -> FeedPlace.of(each, configuration)).toList();
    int netuid = feed.netuidOr(configuration.chain().netuid());
    try (Subtensor chain = ChainAccess.connect(configuration);
        Warehouse warehouse = Warehouse.open(configuration.warehouse(), new Configuration())) {
      WarehouseChain.claim(warehouse, chain, configuration);
      BlockView head = chain.at(chain.finalizedHead());
      ChainAccess.requireSubnet(head, "chain.netuid", configuration.chain().netuid());
      places.forEach(place -> ChainAccess.requireSubnet(head, place.key(), place.netuid()));
      WarehouseTable<SampleRow> table = warehouse.table(SampleRow.TABLE);
      long missing = firstMissing(table, configuration, head.number());
      Origins origins =
          new Origins(
              places.stream().map(place -> place.origin(trusted(feed, place, head))).toList());
      WholeWindows windows =
          new WholeWindows(
              feed.hasQuotas(),
              configuration.window().blocks(),
              block -> quotas(feed, chain, block, netuid, origins.trusted()));
      long from = windows.first(Math.max(1, Math.min(missing, fromBlock.orElse(missing))));
      long to = windows.last(head.number());
      progress.stage("snapshot", "blocks %d to %d".formatted(from, to));
      origins.require(chain.genesisHash().toString());
      origins.follow(block -> time(chain.at(block)));
      Resemblances resemblances =
          new Resemblances(
              feed.filters().nearDuplicates(),
              configuration.window().blocks(),
              table,
              WindowSeed.of(chain));
      return take(
          origins,
          new Intake(feed, origins),
          windows,
          resemblances,
          table,
          from,
          to,
          feed.maxSamples());
    }
  }

  private static Instant time(BlockView block) {
    return Instant.ofEpochMilli(block.storage("Timestamp", "Now").orElseThrow().asLong());
  }

  /** What of a window its quotas leave, by the state of the first block after it. */
  private static WindowQuotas quotas(
      FeedSettings feed, Subtensor chain, long block, int netuid, Set<String> sources) {
    Map<String, Long> stakes =
        feed.quotas().byStake() == 0
            ? Map.of()
            : chain.at(block).metagraph(netuid).neurons().stream()
                .filter(neuron -> sources.contains(neuron.hotkey().ss58()))
                .collect(Collectors.toMap(neuron -> neuron.hotkey().ss58(), Neuron::stake));
    Map<String, SampleQuota> ofOrigins =
        feed.places().stream()
            .collect(Collectors.toMap(SourceSettings::name, SourceSettings::quota));
    return new WindowQuotas(
        feed.quotas(), new OriginQuotas(ofOrigins), new WindowSeed(chain.blockHash(block)), stakes);
  }

  /** Blocks are taken whole and in order, so the highest one in the table is the last complete. */
  private static long firstMissing(
      WarehouseTable<SampleRow> table, AssayConfiguration configuration, long head) {
    Window window = Window.containing(head, configuration.window().blocks());
    long known =
        table
            .rows(Expressions.greaterThanOrEqual("block", Math.max(0, window.firstSampleBlock())))
            .stream()
            .mapToLong(SampleRow::block)
            .max()
            .orElse(0);
    return Math.max(1, Math.max(window.firstSampleBlock(), known + 1));
  }

  private static Set<String> trusted(FeedSettings feed, FeedPlace place, BlockView head) {
    return feed.sources().isEmpty() ? validators(head, place.netuid()) : Set.copyOf(feed.sources());
  }

  private static Set<String> validators(BlockView block, int netuid) {
    return block.metagraph(netuid).neurons().stream()
        .filter(neuron -> neuron.validatorPermit())
        .map(neuron -> neuron.hotkey().ss58())
        .collect(Collectors.toSet());
  }

  static SnapshotReport take(
      Origins origins,
      Intake intake,
      WholeWindows windows,
      Resemblances resemblances,
      WarehouseTable<SampleRow> table,
      long from,
      long to,
      int mostSamples)
      throws InterruptedException {
    Composition composition = intake.composition();
    int rows = 0;
    int written = 0;
    GivenBefore before = GivenBefore.in(table, from);
    long next = from;
    while (next <= to && composition.received() < mostSamples) {
      Origins.Part part = origins.samples(next, to);
      long last = part.nextBlock().isPresent() ? part.nextBlock().getAsLong() - 1 : to;
      List<SampleRow> offered =
          windows.due(intake.rows(part.offers(), next, last), last, composition);
      List<SampleRow> unchanged = before.unchanged(offered);
      composition.refused(Refusal.REWRITTEN, offered, unchanged);
      List<SampleRow> taken = resemblances.without(unchanged, before);
      composition.refused(Refusal.NEAR_DUPLICATE, unchanged, taken);
      rows += taken.size();
      written += table.append(taken);
      if (last < next) {
        // A source has not come so far yet.
        break;
      }
      next = last + 1;
    }
    windows.leave(composition);
    long end = windows.first(next) - 1;
    if (windows.isInUse() && end < from && composition.received() >= mostSamples) {
      throw new ConfigurationException(
          "feed.max_samples is %d, and the source has more of the window from block %d on; raise it"
                  .formatted(mostSamples, from)
              + ": feed.quotas needs whole windows");
    }
    return composition.report(
        from,
        Math.max(from - 1, end),
        rows,
        written,
        address -> origins.reached(address).orElse(from - 1));
  }
}
