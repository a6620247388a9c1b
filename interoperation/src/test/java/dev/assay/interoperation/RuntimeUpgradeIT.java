package dev.assay.interoperation;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.assay.localnet.chain.genesis.DevelopmentAccounts;
import dev.assay.localnet.chain.genesis.Genesis;
import dev.assay.localnet.chain.genesis.SubnetGenesis;
import dev.assay.localnet.node.ChainNode;
import dev.assay.localnet.node.Sealing;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A runtime upgrade of the localnet's chain as @polkadot/api goes through it. */
class RuntimeUpgradeIT {
  private static final int UPGRADE = 8;

  @Test
  void theClientFollowsAndStillReadsOldBlocks() throws Exception {
    Genesis genesis =
        new Genesis(
                7,
                1_767_225_600_000L,
                DevelopmentAccounts.account("Alice"),
                DevelopmentAccounts.balances(),
                List.of(SubnetGenesis.of(ValidatorDay.NETUID)))
            .withUpgradeAt(UPGRADE);
    try (ChainNode node = ChainNode.start(genesis, Sealing.INSTANT, 0)) {
      JsonNode answer =
          NodeScripts.installed()
              .run(
                  "upgrade.mjs",
                  Map.of(
                      "endpoint",
                      node.webSocket().toString(),
                      "netuid",
                      ValidatorDay.NETUID,
                      "coldkey",
                      "//Bob",
                      "hotkey",
                      ValidatorDay.HOTKEY,
                      "upgradeBlock",
                      UPGRADE),
                  240);

      assertThat(answer.path("before").toString()).isEqualTo("{\"spec\":425,\"index\":0}");
      assertThat(answer.path("after").toString()).isEqualTo("{\"spec\":426,\"index\":9}");
      assertThat(ValidatorDay.texts(answer.path("commitments")))
          .containsExactly("before", "afterwards");
      assertThat(ValidatorDay.texts(answer.path("events"))).contains("system.CodeUpdated");
    }
  }
}
