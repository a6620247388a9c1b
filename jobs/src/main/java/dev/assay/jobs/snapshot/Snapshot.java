package dev.assay.jobs.snapshot;

import dev.assay.chain.subtensor.BlockView;
import dev.assay.chain.subtensor.Neuron;
import dev.assay.chain.subtensor.Subtensor;
import dev.assay.jobs.chain.ChainAccess;
import dev.assay.jobs.chain.WarehouseChain;
import dev.assay.jobs.config.AssayConfiguration;
import dev.assay.jobs.config.ConfigurationException;
import dev.assay.jobs.config.FeedSettings;
import dev.assay.jobs.config.filter.QuotaSettings;
import dev.assay.jobs.feed.FeedException;
import dev.assay.jobs.feed.SampleSource;
import dev.assay.jobs.progress.Progress;
import dev.assay.jobs.tables.SampleRow;
import dev.assay.jobs.tables.Warehouse;
import dev.assay.jobs.tables.WarehouseTable;
import dev.assay.score.sampling.Window;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.hadoop.conf.Configuration;
import org.apache.iceberg.expressions.Expressions;

/** Takes what the source has since the last snapshot, up to the last finalised block. */
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
    if (feed.endpoint().isBlank()) {
      throw new ConfigurationException("feed.endpoint is empty; give it the address of a feed");
    }
    int netuid = feed.netuidOr(configuration.chain().netuid());
    SampleSource source = SampleSources.at(feed.endpoint(), netuid, configuration.s3());
    try (Subtensor chain = ChainAccess.connect(configuration);
        Warehouse warehouse = Warehouse.open(configuration.warehouse(), new Configuration())) {
      WarehouseChain.claim(warehouse, chain, configuration);
      BlockView head = chain.at(chain.finalizedHead());
      ChainAccess.requireSubnet(head, "chain.netuid", configuration.chain().netuid());
      ChainAccess.requireSubnet(head, "feed.netuid", netuid);
      WarehouseTable<SampleRow> table = warehouse.table(SampleRow.TABLE);
      long missing = firstMissing(table, configuration, head.number());
      Set<String> trusted = Intake.configured(feed).orElseGet(() -> validators(head, netuid));
      WholeWindows windows =
          new WholeWindows(
              feed.quotas(),
              configuration.window().blocks(),
              block -> quotas(feed.quotas(), chain, block, netuid, trusted));
      long from = windows.first(Math.max(1, Math.min(missing, fromBlock.orElse(missing))));
      long to = windows.last(head.number());
      progress.stage("snapshot", "blocks %d to %d".formatted(from, to));
      source.require(chain.genesisHash().toString(), trusted);
      Resemblances resemblances =
          new Resemblances(
              feed.filters().nearDuplicates(),
              configuration.window().blocks(),
              table,
              WindowSeed.of(chain));
      return take(
          source,
          new Intake(feed, trusted),
          windows,
          resemblances,
          table,
          from,
          to,
          feed.maxSamples());
    }
  }

  /** What of a window its quotas leave, by the state of the first block after it. */
  private static WindowQuotas quotas(
      QuotaSettings settings, Subtensor chain, long block, int netuid, Set<String> sources) {
    Map<String, Long> stakes =
        settings.byStake() == 0
            ? Map.of()
            : chain.at(block).metagraph(netuid).neurons().stream()
                .filter(neuron -> sources.contains(neuron.hotkey().ss58()))
                .collect(Collectors.toMap(neuron -> neuron.hotkey().ss58(), Neuron::stake));
    return new WindowQuotas(settings, new WindowSeed(chain.blockHash(block)), stakes);
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

  private static Set<String> validators(BlockView block, int netuid) {
    return block.metagraph(netuid).neurons().stream()
        .filter(neuron -> neuron.validatorPermit())
        .map(neuron -> neuron.hotkey().ss58())
        .collect(Collectors.toSet());
  }

  static SnapshotReport take(
      SampleSource source,
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
      SampleSource.Page page = source.samples(next, to);
      long last = page.nextBlock().isPresent() ? page.nextBlock().getAsLong() - 1 : to;
      List<SampleRow> offered =
          windows.due(intake.rows(page.offers(), next, last), last, composition);
      List<SampleRow> unchanged = before.unchanged(offered);
      composition.refused(Refusal.REWRITTEN, offered, unchanged);
      List<SampleRow> taken = resemblances.without(unchanged, before);
      composition.refused(Refusal.NEAR_DUPLICATE, unchanged, taken);
      rows += taken.size();
      written += table.append(taken);
      if (last < next) {
        // The source has not come so far yet.
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
    return composition.report(from, Math.max(from - 1, end), rows, written);
  }
}
