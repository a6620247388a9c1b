package dev.assay.jobs.snapshot;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.chain.keys.Keypair;
import dev.assay.chain.rpc.HttpRpcClient;
import dev.assay.chain.rpc.RpcClient;
import dev.assay.chain.rpc.RpcLimits;
import dev.assay.chain.subtensor.Subtensor;
import dev.assay.jobs.config.AssayConfiguration;
import dev.assay.jobs.progress.Progress;
import dev.assay.jobs.tables.SampleRow;
import dev.assay.jobs.tables.Warehouse;
import dev.assay.jobs.wandb.RunsService;
import dev.assay.jobs.wandb.RunsSource;
import dev.assay.localnet.chain.genesis.DevelopmentAccounts;
import dev.assay.localnet.chain.genesis.Genesis;
import dev.assay.localnet.chain.genesis.SubnetGenesis;
import dev.assay.localnet.node.ChainNode;
import dev.assay.localnet.node.Sealing;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Logged runs beside a chain that knows when its blocks were made. */
class RunsSnapshotIT {
  private static final Keypair ALICE = Keypair.fromUri("//Alice");
  private static final int BLOCKS = 15;

  @TempDir private Path folder;

  @Test
  void whatWasLoggedIsOfTheBlockTwoMinutesLater() throws Exception {
    Genesis genesis =
        new Genesis(
            1,
            1_767_225_600_000L,
            DevelopmentAccounts.account("Alice"),
            DevelopmentAccounts.balances(),
            List.of(SubnetGenesis.of(1)));
    try (ChainNode node = ChainNode.start(genesis, Sealing.INSTANT, 0);
        RpcClient rpc = new HttpRpcClient(node.http(), RpcLimits.DEFAULT);
        Subtensor chain = Subtensor.connect(List.of(node.http()));
        RunsService service = RunsService.start()) {
      for (int i = 0; i < BLOCKS; i++) {
        rpc.call("engine_createBlock", true, true);
      }
      for (long block : List.of(3L, 11L)) {
        double time = chain.at(block).storage("Timestamp", "Now").orElseThrow().asLong() / 1e3;
        service.logSigned(ALICE, "run" + block, time - RunsSource.DELAY.toSeconds());
      }

      SnapshotReport report =
          Snapshot.run(
              configuration(node.http().toString(), service.address()),
              OptionalLong.of(1),
              Progress.silent());

      assertThat(report.refusals()).isEmpty();
      assertThat(report.written()).isEqualTo(2);
      try (Warehouse warehouse =
          Warehouse.open(folder.resolve("tables").toString(), new Configuration())) {
        assertThat(warehouse.table(SampleRow.TABLE).rows())
            .extracting(SampleRow::block)
            .containsExactlyInAnyOrder(3L, 11L);
      }
    }
  }

  private AssayConfiguration configuration(String chain, String runs) throws Exception {
    Path file =
        Files.writeString(
            folder.resolve("assay.yaml"),
            """
            chain: {endpoints: ["%s"], netuid: 1}
            feed:
              endpoints: ["wandb+%s"]
              sources: ["%s"]
              filters: {near_duplicates: {resemblance: 0}}
            window: {blocks: 10}
            paths: {warehouse: "%s"}
            """
                .formatted(chain, runs, ALICE.account().ss58(), folder.resolve("tables")));
    return AssayConfiguration.load(file, Map.of());
  }
}
