package dev.assay.cli;

import static dev.assay.cli.SmallSubnet.TEMPO;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.assay.cli.failure.Failures;
import dev.assay.cli.terminal.ExitCode;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** What the leaderboard shows of a chain, of one that prunes, and of one that is away. */
class LeaderboardIT {
  @AutoClose private static SmallSubnet subnet;

  @TempDir private Path folder;
  private final StringWriter err = new StringWriter();

  @BeforeAll
  static void live() throws Exception {
    subnet = SmallSubnet.start(List.of(600, 300), 3);
    subnet.setWeights(0, Map.of(2, 65_535, 3, 65_535));
    subnet.setWeights(1, Map.of(2, 65_535));
    subnet.seal(2 * TEMPO);
  }

  private int run(URI endpoint, String... words) throws Exception {
    Files.createDirectories(folder.resolve("tables"));
    String config = SmallSubnet.configuration(folder, endpoint);
    Files.writeString(
        Path.of(config),
        Files.readString(Path.of(config))
            + "paths: {warehouse: \"%1$s/tables\", bundles: \"%1$s/bundles\"}%n".formatted(folder)
            + "submit: {wallets: \"%s/wallets\"}%n".formatted(folder));
    List<String> all =
        new java.util.ArrayList<>(
            List.of("leaderboard", "--config", config, "--out", folder.resolve("site").toString()));
    all.addAll(List.of(words));
    return new CommandLine(new Assay())
        .setExecutionExceptionHandler(Failures::onExecution)
        .setOut(new PrintWriter(new StringWriter()))
        .setErr(new PrintWriter(err))
        .execute(all.toArray(String[]::new));
  }

  @Test
  void allUidsAreShownWithWhatTheChainKnowsOfThem() throws Exception {
    assertThat(run(subnet.address())).isZero();

    JsonNode board = new ObjectMapper().readTree(folder.resolve("site/leaderboard.json").toFile());
    JsonNode members = board.at("/subnet/members");
    assertThat(members).hasSize(5);
    assertThat(members.get(0).get("hotkey").asText())
        .isEqualTo(SmallSubnet.key(0).account().ss58());
    assertThat(members.get(0).get("stake").asLong()).isPositive();
    assertThat(members.get(2).get("incentive").asDouble()).isGreaterThan(0.5);
    assertThat(members.get(2).get("daily_reward").asLong()).isPositive();
    assertThat(board.at("/validators")).hasSize(2);
    assertThat(board.at("/validators/1/to_consensus").asDouble()).isBetween(0.0, 1.0);
    assertThat(board.at("/subnet/epoch/neurons")).hasSize(5);
    assertThat(folder.resolve("site/subnet.html"))
        .content()
        .contains("All UIDs", "What if: the next epoch", SmallSubnet.key(1).account().ss58());
  }

  @Test
  void aPrunedBlockIsToldInOneLineAndLeavesNoPage() throws Exception {
    long old = subnet.head().number() - 3;
    try (PruningEndpoint endpoint =
        PruningEndpoint.start(subnet.address(), Set.of(subnet.blockHash(old)))) {
      assertThat(run(endpoint.address(), "--at", String.valueOf(old))).isEqualTo(ExitCode.FAILED);
    }

    assertThat(err.toString()).contains("no longer has the state of that block").hasLineCount(1);
    assertThat(folder.resolve("site")).doesNotExist();
  }

  @Test
  void withoutAChainThatAnswersTheRestIsShown() throws Exception {
    assertThat(run(URI.create("http://127.0.0.1:1"))).isZero();

    assertThat(folder.resolve("site/index.html"))
        .content()
        .contains("The chain could not be read, so stake, consensus and emission are left out");
  }
}
