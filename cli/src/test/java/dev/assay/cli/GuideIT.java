package dev.assay.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.assay.chain.keys.Keypair;
import dev.assay.cli.localnet.LocalnetConfiguration;
import dev.assay.localnet.Localnet;
import dev.assay.localnet.LocalnetOptions;
import dev.assay.localnet.LocalnetPorts;
import dev.assay.localnet.feed.SampleSubnet;
import dev.assay.localnet.node.Sealing;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Every command of the guides, as printed, from an empty home against a localnet. */
@Tag("long")
class GuideIT {
  private static final int NETUID = 6;
  private static final String PASSWORD = "planted-password-7";

  /** They start Spark; CI runs the same words as an example of the command's help. */
  private static final Set<String> ON_SPARK =
      Set.of(
          "evaluate --config conf/assay.yaml --no-submit",
          "submit --evaluation latest --config conf/assay.yaml");

  /** Done, or nothing to do. */
  private static final Set<String> FINE = Set.of("exit 0", "exit 3");

  @TempDir private Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"miner.md", "validator.md"})
  void everyCommandOfAGuideDoesWhatTheGuideSays(String guide) throws Exception {
    List<String> commands =
        commands(guide).stream().filter(each -> !ON_SPARK.contains(each)).toList();
    try (Localnet localnet = localnet()) {
      configure(localnet);

      String said =
          OwnProcess.said(
              folder,
              Map.of(
                  "HOME",
                  folder.toString(),
                  "ASSAY_COLDKEY_PASSWORD",
                  PASSWORD,
                  "ASSAY_HUB_TOKEN",
                  "localnet"),
              commands.stream().map(each -> List.of(each.split(" "))).toList(),
              List.of());

      List<String> exits = said.lines().filter(each -> each.startsWith("exit ")).toList();
      assertThat(exits).as(said).hasSize(commands.size()).allMatch(FINE::contains);
      assertThat(said).doesNotContain(PASSWORD);
    }
  }

  @Test
  void whatTheGuidesRunOnSparkIsAnExampleThatCiRuns() throws Exception {
    assertThat(ON_SPARK)
        .allSatisfy(
            line ->
                assertThat(CommandRun.of(List.of("--help"), line.split(" ", -1)[0]).ending(0).out())
                    .contains("  assay " + line));
    assertThat(commands("validator.md")).containsAll(ON_SPARK);
  }

  private static List<String> commands(String guide) throws IOException {
    List<String> commands = new ArrayList<>();
    boolean block = false;
    String text = Files.readString(Path.of("..", "docs", guide)).replaceAll("\\\\\n *", "");
    for (String line : text.lines().toList()) {
      block ^= line.startsWith("```");
      if (block && line.startsWith("./assay ")) {
        commands.add(line.substring("./assay ".length()));
      }
    }
    return commands;
  }

  private void configure(Localnet localnet) throws IOException {
    ObjectNode settings = LocalnetConfiguration.tree(localnet, NETUID, 4, folder);
    settings.withObject("/chain").put("poll", "20ms");
    settings
        .withObject("/feed")
        .putArray("sources")
        .add(Keypair.fromUri("//Alice").account().ss58());
    settings.putObject("submit").put("wallet", "validator");
    settings.withObject("/paths").put("warehouse", ".assay/warehouse");
    Path file = Files.createDirectories(folder.resolve("conf")).resolve("assay.yaml");
    Files.writeString(file, LocalnetConfiguration.yaml(settings));
  }

  private Localnet localnet() throws IOException {
    return Localnet.start(
        new LocalnetOptions(
            folder.resolve("localnet"),
            1,
            Instant.parse("2026-01-01T00:00:00Z"),
            NETUID,
            20,
            Sealing.INSTANT,
            16,
            SampleSubnet.withoutMiners(NETUID, List.of(Keypair.fromUri("//Alice"))),
            Map.of("localnet", "localnet"),
            LocalnetPorts.ANY,
            false,
            OptionalLong.empty(),
            false));
  }
}
