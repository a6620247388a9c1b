package dev.assay.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.chain.keys.Wallet;
import dev.assay.chain.rpc.HttpRpcClient;
import dev.assay.chain.rpc.RpcClient;
import dev.assay.chain.rpc.RpcLimits;
import dev.assay.chain.subtensor.Subtensor;
import dev.assay.localnet.Localnet;
import dev.assay.miner.OnceCommitted;
import dev.assay.miner.Receipt;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Miners that are killed before any of their steps, and started again. */
class MineIT {
  @TempDir private Path folder;

  @Tag("long")
  @Test
  void whateverIsKilledIsCommittedOnceAndTheNextRoundGoesOnFromThere() throws Exception {
    try (MiningPlace place = MiningPlace.start(folder)) {
      Localnet localnet = place.localnet();
      String said = said(place.configuration(), place.model(1));

      List<String> miners = said.lines().filter(line -> line.startsWith("miner ")).toList();
      assertThat(miners).as(said).hasSizeGreaterThan(8).allMatch(line -> line.endsWith("exit 0"));
      assertThat(miners).anyMatch(line -> line.contains("killed before assay commit"));
      assertThat(miners).anyMatch(line -> line.contains("killed before record ENDED"));
      for (int miner = 0; miner < miners.size(); miner++) {
        requireCommittedOnce(localnet, "w" + miner);
      }
      assertThat(said).as("the first miner's second round").contains("again exit ");
      assertThat(Files.readString(folder.resolve("mined/w0/journal.jsonl")).lines())
          .anyMatch(line -> line.contains("\"round\":2,") && line.contains("w0/round-0001/model"));
    }
  }

  private void requireCommittedOnce(Localnet localnet, String miner) throws Exception {
    Wallet wallet = new Wallet(folder.resolve("wallets"), miner, "default");
    Path work = folder.resolve("mined").resolve(miner);
    int rounds = miner.equals("w0") ? 2 : 1;
    Path journal = work.resolve("journal.jsonl");
    long committed =
        Files.readAllLines(journal).stream().filter(line -> line.contains("COMMITTED")).count();
    try (Subtensor chain = Subtensor.connect(List.of(localnet.chain()));
        RpcClient rpc = new HttpRpcClient(localnet.chain(), RpcLimits.DEFAULT)) {
      String hotkey = wallet.hotkeyAccount().ss58();
      assertThat(rpc.call("system_accountNextIndex", hotkey).asLong())
          .as("what %s has signed", miner)
          .isEqualTo(committed)
          .isBetween(1L, (long) rounds);
      Path newest = work.resolve("round-000%d".formatted(committed)).resolve("model");
      assertThat(
              OnceCommitted.heldAt(
                  chain.at(chain.finalizedHead()),
                  MiningPlace.NETUID,
                  Receipt.of(newest).orElseThrow().model(),
                  wallet.hotkeyAccount()))
          .as("the commitment of %s", miner)
          .isPresent();
    }
  }

  private String said(Path configuration, Path model) throws Exception {
    ProcessBuilder builder =
        new ProcessBuilder(
                System.getProperty("java.home") + "/bin/java",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                MineKills.class.getName(),
                configuration.toString(),
                folder.resolve("mined").toString(),
                model.toString())
            .redirectErrorStream(true);
    builder.environment().put("ASSAY_HUB_TOKEN", "localnet");
    Process process = builder.start();
    process.getOutputStream().close();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    process.waitFor();
    return said;
  }
}
