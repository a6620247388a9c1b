package dev.assay.cli;

import static dev.assay.cli.SmallSubnet.TEMPO;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.assay.cli.failure.Failures;
import dev.assay.cli.terminal.ExitCode;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** Two validators who judge for themselves and one who sets what he reads on the chain. */
class WeightCopyingIT {
  private static final int EPOCHS = 4;
  private static final int COPIER = 2;

  @AutoClose private static SmallSubnet subnet;

  @TempDir private Path folder;

  @BeforeAll
  static void live() throws Exception {
    subnet = SmallSubnet.start(List.of(600, 500, 300), 3);
    for (int epoch = 0; epoch <= EPOCHS; epoch++) {
      Map<Integer, Integer> copied = new HashMap<>();
      List<Long> consensus = subnet.stored("Consensus");
      for (int uid = 3; uid < consensus.size(); uid++) {
        if (consensus.get(uid) > 0) {
          copied.put(uid, consensus.get(uid).intValue());
        }
      }
      if (!copied.isEmpty()) {
        subnet.setWeights(COPIER, copied);
      }
      int best = 3 + epoch % 3;
      int second = 3 + (epoch + 1) % 3;
      subnet.setWeights(0, Map.of(best, 65_535, second, 9_000));
      subnet.setWeights(1, Map.of(best, 65_535, second, 11_000));
      subnet.seal(TEMPO);
    }
  }

  @Test
  void whoSetsTheLastConsensusStandsFirst() throws Exception {
    String config = SmallSubnet.configuration(folder, subnet.address());
    JsonNode answer =
        new ObjectMapper()
            .readTree(
                SmallSubnet.run(
                    "weight-copying",
                    "--config",
                    config,
                    "--at",
                    String.valueOf(subnet.head().number()),
                    "--epochs",
                    String.valueOf(EPOCHS),
                    "--json"));

    assertThat(answer.get("epochs")).hasSize(EPOCHS);
    assertThat(answer.get("pruned_at").isNull()).isTrue();
    JsonNode first = answer.get("validators").get(0);
    assertThat(first.get("hotkey").asText()).isEqualTo(SmallSubnet.key(COPIER).account().ss58());
    assertThat(first.get("lag").asDouble()).isGreaterThan(0.5);
    assertThat(first.get("nearer_previous").asDouble()).isEqualTo(1);
    for (int honest = 1; honest <= 2; honest++) {
      assertThat(answer.get("validators").get(honest).get("lag").asDouble()).isNegative();
    }
  }

  @Test
  void anEndpointThatHasDroppedTheStateIsNamedAsTheReason() throws Exception {
    long head = subnet.head().number();
    try (PruningEndpoint endpoint =
        PruningEndpoint.start(subnet.address(), hashesBefore(head - 2L * TEMPO))) {
      String text = run(endpoint, head);
      assertThat(text)
          .contains("of the 10 requested epochs")
          .contains("name an archive endpoint in chain.endpoints")
          .contains("like the last");
    }
    try (PruningEndpoint endpoint =
        PruningEndpoint.start(subnet.address(), hashesBefore(head - 1))) {
      StringWriter err = new StringWriter();
      int exit =
          new CommandLine(new Assay())
              .setExecutionExceptionHandler(Failures::onExecution)
              .setErr(new PrintWriter(err))
              .execute(words(endpoint, head));
      assertThat(exit).isEqualTo(ExitCode.USAGE);
      assertThat(err.toString()).contains("the endpoint no longer has the state of that block");
    }
  }

  private String run(PruningEndpoint endpoint, long head) throws Exception {
    return SmallSubnet.run(words(endpoint, head));
  }

  private String[] words(PruningEndpoint endpoint, long head) throws Exception {
    String config = SmallSubnet.configuration(folder, endpoint.address());
    return new String[] {"weight-copying", "--config", config, "--at", String.valueOf(head)};
  }

  private static Set<String> hashesBefore(long block) {
    Set<String> hashes = new HashSet<>();
    for (long number = 1; number < block; number++) {
      hashes.add(subnet.blockHash(number));
    }
    return hashes;
  }
}
