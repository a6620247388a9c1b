package dev.assay.cli.localnet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.chain.keys.Keypair;
import dev.assay.jobs.config.AssayConfiguration;
import dev.assay.localnet.Localnet;
import dev.assay.localnet.LocalnetOptions;
import dev.assay.localnet.LocalnetPorts;
import dev.assay.localnet.feed.SampleSubnet;
import dev.assay.localnet.node.Sealing;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LocalnetConfigurationIT {
  @TempDir Path temporary;

  @Test
  void whatIsWrittenIsReadyToUse() throws Exception {
    Path folder = Files.createDirectories(temporary.resolve("a \"quoted\" 100% ü folder"));
    Keypair source = Keypair.fromUri("//Alice");
    SampleSubnet samplers = SampleSubnet.withoutMiners(7, List.of(source));
    try (Localnet localnet = Localnet.start(options(folder, samplers))) {
      Path file = new LocalnetConfiguration(localnet, 7, 40, samplers).write(folder);

      AssayConfiguration read = AssayConfiguration.load(file, Map.of());
      assertThat(read.chain().netuid()).isEqualTo(7);
      assertThat(read.chain().endpoints()).containsExactly(localnet.chain().toString());
      assertThat(read.hub().endpoint()).isEqualTo(localnet.hub().toString());
      assertThat(read.feed().endpoint()).isEqualTo(localnet.feed().toString());
      assertThat(read.feed().sources()).containsExactly(source.account().ss58());
      assertThat(read.window().blocks()).isEqualTo(40);
      assertThat(read.paths().warehouse()).startsWith(folder.toString());
    }
  }

  private static LocalnetOptions options(Path folder, SampleSubnet samplers) {
    return new LocalnetOptions(
        folder,
        1,
        Instant.parse("2026-01-01T00:00:00Z"),
        7,
        40,
        Sealing.MANUAL,
        1,
        samplers,
        Map.of(),
        LocalnetPorts.ANY,
        false,
        OptionalLong.empty(),
        true);
  }
}
