package dev.assay.interoperation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.chain.metadata.Metadata;
import dev.assay.chain.metadata.MetadataParser;
import dev.assay.chain.metadata.Pallet;
import dev.assay.chain.metadata.StorageEntry;
import dev.assay.localnet.chain.runtime.NodeRuntime;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Metadata of version 14, as the main network had it at spec version 219 and a wallet ships it. */
class PublishedMetadataIT {

  // The magic word "meta" and the version.
  private static final Pattern METADATA_14 = Pattern.compile("0x(6d6574610e[0-9a-f]+)");
  private static Metadata published;

  @BeforeAll
  static void read() throws Exception {
    Path file =
        NodeScripts.unpacked("@bitgo/sdk-coin-tao", "1.16.4")
            .resolve(Path.of("dist", "src", "resources", "mainnet.js"));
    Matcher hex = METADATA_14.matcher(Files.readString(file));
    assertThat(hex.find()).isTrue();
    published = MetadataParser.parse(HexFormat.of().parseHex(hex.group(1)));
  }

  @Test
  void theClientReadsIt() {
    assertThat(published.version()).isEqualTo(14);
    assertThat(published.pallet("SubtensorModule").index()).isEqualTo(7);
    assertThat(published.hasCall("SubtensorModule", "set_weights")).isTrue();
    assertThat(published.extensions()).isNotEmpty();
  }

  @Test
  void theNodesStorageKeysAreStillThose() {
    Metadata ours = MetadataParser.parse(NodeRuntime.first().metadata(14).orElseThrow());
    int compared = 0;
    for (Pallet pallet : published.pallets().values()) {
      Map<String, StorageEntry> served =
          ours.pallets().containsKey(pallet.name())
              ? ours.pallet(pallet.name()).storage()
              : Map.of();
      for (StorageEntry entry : pallet.storage().values()) {
        if (served.containsKey(entry.name())) {
          assertThat(served.get(entry.name()).hashers())
              .as(pallet.name() + "." + entry.name())
              .isEqualTo(entry.hashers());
          compared++;
        }
      }
    }
    assertThat(compared).isGreaterThan(50);
  }
}
