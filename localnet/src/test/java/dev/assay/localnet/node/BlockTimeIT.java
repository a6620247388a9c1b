package dev.assay.localnet.node;

import static dev.assay.localnet.node.TestChain.NETUID;
import static dev.assay.localnet.node.TestChain.key;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.assay.chain.extrinsic.Outcome;
import dev.assay.chain.subtensor.Calls;
import dev.assay.chain.subtensor.Subtensor;
import dev.assay.localnet.chain.genesis.SubnetGenesis;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The fastest chain that there is: a block every 50 ms. */
class BlockTimeIT {
  private static final int BLOCKS = 20;

  @Test
  void headsComeInTheirOrderAndExtrinsicsAreIncludedMeanwhile() throws Exception {
    Sealing fastest = Sealing.every(Duration.ofMillis(50));
    try (TestChain chain = TestChain.start(fastest, SubnetGenesis.of(NETUID));
        Subtensor client = chain.client();
        TestSocket socket = TestSocket.connect(chain)) {
      socket.ask("chain_subscribeFinalizedHeads", "[]");

      Outcome outcome =
          client.submit(Calls.burnedRegister(NETUID, key("//Hot").account()), key("//Alice"));
      List<JsonNode> heads = new ArrayList<>();
      for (int i = 0; i < BLOCKS; i++) {
        heads.add(socket.told());
      }

      assertThat(outcome.succeeded()).as("%s", outcome).isTrue();
      for (int i = 1; i < BLOCKS; i++) {
        long before = number(heads.get(i - 1));
        assertThat(number(heads.get(i))).isEqualTo(before + 1);
        assertThat(heads.get(i).get("parentHash"))
            .isEqualTo(chain.result("chain_getBlockHash", before));
      }
    }
  }

  private static long number(JsonNode head) {
    return Long.decode(head.get("number").asText());
  }
}
