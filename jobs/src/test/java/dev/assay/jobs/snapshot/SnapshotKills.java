package dev.assay.jobs.snapshot;

import dev.assay.chain.keys.Keypair;
import dev.assay.chain.rpc.HttpRpcClient;
import dev.assay.chain.rpc.RpcClient;
import dev.assay.chain.rpc.RpcLimits;
import dev.assay.jobs.KillScenario;
import dev.assay.jobs.config.AssayConfiguration;
import dev.assay.jobs.progress.Progress;
import dev.assay.jobs.tables.SampleRow;
import dev.assay.jobs.tables.Warehouse;
import dev.assay.localnet.chain.genesis.DevelopmentAccounts;
import dev.assay.localnet.chain.genesis.Genesis;
import dev.assay.localnet.chain.genesis.SubnetGenesis;
import dev.assay.localnet.corpus.Corpus;
import dev.assay.localnet.feed.FeedOptions;
import dev.assay.localnet.feed.FeedServer;
import dev.assay.localnet.feed.SampleSubnet;
import dev.assay.localnet.node.ChainNode;
import dev.assay.localnet.node.Sealing;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;

/** A snapshot of several pages. */
public final class SnapshotKills implements KillScenario {
  private static final Keypair SOURCE = Keypair.fromUri("//Alice");
  private static final int BLOCKS = 30;

  private final ChainNode chain;
  private final FeedServer feed;

  private SnapshotKills(ChainNode chain, FeedServer feed) {
    this.chain = chain;
    this.feed = feed;
  }

  /** Starts a chain of a few blocks, and a feed that fills some pages with their samples. */
  public static SnapshotKills start() throws Exception {
    Genesis genesis =
        new Genesis(
            1,
            1_767_225_600_000L,
            DevelopmentAccounts.account("Alice"),
            DevelopmentAccounts.balances(),
            List.of(SubnetGenesis.of(1)));
    ChainNode chain = ChainNode.start(genesis, Sealing.INSTANT, 0);
    try (RpcClient rpc = new HttpRpcClient(chain.http(), RpcLimits.DEFAULT)) {
      for (int i = 0; i < BLOCKS; i++) {
        rpc.call("engine_createBlock", true, true);
      }
    }
    FeedOptions options =
        new FeedOptions(
            "127.0.0.1",
            0,
            chain.http(),
            SampleSubnet.withoutMiners(1, List.of(SOURCE)),
            42,
            250,
            Instant.EPOCH,
            Duration.ofSeconds(12));
    return new SnapshotKills(chain, FeedServer.start(options, Corpus.read()));
  }

  @Override
  public String name() {
    return "snapshot";
  }

  @Override
  public void prepare(Path folder, int number) throws Exception {
    Files.writeString(
        folder.resolve("assay.yaml"),
        """
        chain: {endpoints: ["%s"], netuid: 1}
        feed: {endpoint: "%s", sources: ["%s"]}
        window: {blocks: 100}
        paths: {warehouse: "%s", bundles: "%s"}
        """
            .formatted(
                chain.http(),
                feed.address(),
                SOURCE.account().ss58(),
                folder.resolve("tables"),
                folder.resolve("bundles")));
  }

  private static AssayConfiguration configuration(Path folder) throws Exception {
    return AssayConfiguration.load(folder.resolve("assay.yaml"), Map.of());
  }

  /** Takes a snapshot. */
  public static void run(Path folder) throws Exception {
    Snapshot.run(configuration(folder), Progress.silent());
  }

  @Override
  public boolean attempt(Path folder) throws Exception {
    run(folder);
    return true;
  }

  @Override
  public void pass(Path folder) {}

  @Override
  public String outcome(Path folder) throws Exception {
    try (Warehouse warehouse =
        Warehouse.open(configuration(folder).paths().warehouse(), new Configuration())) {
      List<String> rows =
          warehouse.table(SampleRow.TABLE).rows().stream().map(Record::toString).sorted().toList();
      return rows.size() + " samples, digest " + rows.hashCode();
    }
  }

  @Override
  public void close() {
    feed.close();
    chain.close();
  }
}
