package dev.assay.jobs.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.jobs.HomeFolder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HomeFolderTest {
  private static final Map<String, String> MOVED = Map.of("HOME", "/moved");

  @Test
  void aTildeFollowsHome() {
    assertThat(HomeFolder.expanded("~/wallets", MOVED)).isEqualTo("/moved/wallets");
    assertThat(HomeFolder.expanded("~/wallets", Map.of()))
        .isEqualTo(System.getProperty("user.home") + "/wallets");
    assertThat(HomeFolder.expanded("a/~/b", MOVED)).isEqualTo("a/~/b");
    assertThat(HomeFolder.expanded("~other/b", MOVED)).isEqualTo("~other/b");
  }

  @Test
  void allFoldersOfAConfigurationFollowHome(@TempDir Path folder) throws Exception {
    Path file =
        Files.writeString(
            folder.resolve("assay.yaml"),
            "paths: {warehouse: ~/tables, bundles: ~/bundles}\nevaluation: {cache: ~/cache}\n"
                + "validator: {leaderboard: ~/site}\n");
    AssayConfiguration read = AssayConfiguration.load(file, MOVED);

    assertThat(read.paths().warehouse()).isEqualTo("/moved/tables");
    assertThat(read.paths().bundles()).isEqualTo("/moved/bundles");
    assertThat(read.evaluation().cache()).isEqualTo("/moved/cache");
    assertThat(read.validator().site()).hasValue(Path.of("/moved/site"));
  }

  @Test
  void whatABundlePublishesNamesNoHomeFolderOfWallets() {
    assertThat(AssayConfiguration.defaults(MOVED).effective()).doesNotContain("/moved");
  }
}
