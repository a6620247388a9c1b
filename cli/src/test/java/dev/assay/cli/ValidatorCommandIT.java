package dev.assay.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.assay.chain.keys.Wallet;
import dev.assay.cli.terminal.ExitCode;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A validator in a window that wants nothing of it, which takes no Spark. */
class ValidatorCommandIT {
  @AutoClose private static SmallSubnet subnet;

  @TempDir private Path folder;
  private final StringWriter err = new StringWriter();

  @BeforeAll
  static void start() throws Exception {
    subnet = SmallSubnet.start(List.of(1_000), 2);
  }

  private int validate(Path site) throws Exception {
    new Wallet(folder.resolve("wallets"), "default", "default").storeHotkey(SmallSubnet.key(0));
    Path file =
        Files.writeString(
            folder.resolve("assay.yaml"),
            """
            chain: {endpoints: ["%s"], netuid: %d}
            window: {blocks: 1000000}
            submit: {wallets: "%s"}
            paths: {warehouse: "%s", bundles: "%s"}
            validator: {poll: 100ms, leaderboard: "%s"}
            """
                .formatted(
                    subnet.address(),
                    SmallSubnet.NETUID,
                    folder.resolve("wallets"),
                    folder.resolve("tables"),
                    folder.resolve("bundles"),
                    site));
    return Main.commandLine()
        .setErr(new PrintWriter(err))
        .execute("validator", "--windows", "1", "--config", file.toString());
  }

  @Test
  void aServedWindowRenewsTheLeaderboard() throws Exception {
    Path site = folder.resolve("site");

    assertThat(validate(site)).isEqualTo(ExitCode.DONE);

    JsonNode board = new ObjectMapper().readTree(site.resolve("leaderboard.json").toFile());
    assertThat(board.at("/subnet/members")).hasSize(3);
    assertThat(board.at("/banner/chain_block").asLong()).isPositive();
    assertThat(site.resolve("index.html")).exists();
  }

  @Test
  void aFolderOfSomethingElseIsRefusedBeforeAnythingIsDone() throws Exception {
    Path notes = Files.createDirectory(folder.resolve("notes"));
    Files.writeString(notes.resolve("mine.txt"), "mine");

    assertThat(validate(notes)).isEqualTo(ExitCode.USAGE);

    assertThat(err.toString()).contains("validator.leaderboard is " + notes).hasLineCount(1);
    assertThat(folder.resolve("tables")).doesNotExist();
  }
}
