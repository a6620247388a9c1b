package dev.assay.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.jobs.config.AssayConfiguration;
import dev.assay.localnet.Localnet;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DemoConfigurationIT {
  @TempDir private Path temporary;

  @Test
  void aFolderMayBeCalledAnything() throws Exception {
    Path folder = Files.createDirectories(temporary.resolve("a \"quoted\" \\ 100% ü: #folder"));
    Participants participants = Participants.of(1, DemoScale.FAST, DemoPolicy.RANKED);
    DemoOptions options = new DemoOptions(1, true, DemoPolicy.RANKED, Optional.empty(), 0, 0, 0);
    try (Localnet localnet = Localnet.start(participants.localnet(options, folder))) {
      AssayConfiguration read =
          new DemoConfiguration(folder, localnet, Participants.NETUID, DemoPolicy.RANKED)
              .of(participants.validators().get(0));

      assertThat(read.chain().endpoints()).containsExactly(localnet.chain().toString());
      assertThat(read.feed().endpoint()).isEqualTo(localnet.feed().toString());
      assertThat(read.paths().warehouse()).isEqualTo(folder.resolve("tables").toString());
      assertThat(read.paths().bundles()).isEqualTo(folder.resolve("bundles").toString());
      assertThat(read.submit().wallets()).isEqualTo(folder.resolve("wallets").toString());
      assertThat(read.window().blocks()).isEqualTo(DemoConfiguration.WINDOW);
    }
  }
}
