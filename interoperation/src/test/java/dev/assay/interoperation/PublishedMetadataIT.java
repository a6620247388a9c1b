package dev.assay.interoperation;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.assay.chain.metadata.Metadata;
import dev.assay.chain.metadata.MetadataParser;
import dev.assay.chain.metadata.Pallet;
import dev.assay.chain.metadata.RuntimeApi;
import dev.assay.chain.metadata.StorageEntry;
import dev.assay.chain.metadata.TransactionExtension;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The client's parser on real metadata that npm packages ship, beside what polkadot.js reads. */
class PublishedMetadataIT {
  @Test
  void versionFourteenAsAWalletShipsIt() throws Exception {
    Metadata metadata = MetadataParser.parse(PublishedMetadata.ofWallet());

    assertThat(metadata.version()).isEqualTo(14);
    assertThat(metadata.pallet("SubtensorModule").index()).isEqualTo(7);
    assertThat(metadata.hasCall("SubtensorModule", "set_weights")).isTrue();
    assertThat(metadata.extensions()).isNotEmpty();
    assertThat(decoded(metadata)).isGreaterThan(100);
  }

  /** The files stay under the build's folder, for the benchmark of the parser. */
  @ParameterizedTest
  @CsvSource({
    "15,asset-hub-polkadot,550000",
    "15,asset-hub-kusama,600000",
    "15,substrate,680000",
    "16,substrate,690000"
  })
  void aLargeRuntimeIsReadAsPolkadotJsReadsIt(int version, String name, int bytes)
      throws Exception {
    byte[] file = PublishedMetadata.of(name, version);
    Path kept = Files.createDirectories(Places.target().resolve("metadata"));
    Files.write(kept.resolve(name + "-v" + version + ".scale"), file);

    Metadata metadata = MetadataParser.parse(file);

    assertThat(file.length).isGreaterThan(bytes);
    assertThat(metadata.version()).isEqualTo(version);
    assertThat(decoded(metadata)).isGreaterThan(300);
    if (version == 15) {
      assertSame(metadata, name);
    }
  }

  private static void assertSame(Metadata metadata, String name) throws Exception {
    JsonNode theirs = PublishedMetadata.asJson(name + "-json").at("/metadata/v15");
    JsonNode theirTypes = PublishedMetadata.asJson(name + "-types");

    assertThat(metadata.types().size()).isEqualTo(theirTypes.size());
    for (int type = 0; type < theirTypes.size(); type++) {
      assertThat(metadata.types().type(type).path())
          .containsExactlyElementsOf(texts(theirTypes.get(type).at("/type/path")));
    }
    assertThat(metadata.extensions())
        .extracting(TransactionExtension::identifier)
        .containsExactlyElementsOf(texts(theirs.at("/extrinsic/signedExtensions"), "identifier"));
    assertThat(metadata.pallets().keySet())
        .containsExactlyInAnyOrderElementsOf(texts(theirs.path("pallets"), "name"));
    for (JsonNode their : theirs.path("pallets")) {
      Pallet pallet = metadata.pallet(their.path("name").asText());
      assertThat(pallet.index()).isEqualTo(their.path("index").asInt());
      assertThat(pallet.storage().keySet())
          .containsExactlyInAnyOrderElementsOf(texts(their.at("/storage/items"), "name"));
      assertThat(pallet.constants().keySet())
          .containsExactlyInAnyOrderElementsOf(texts(their.path("constants"), "name"));
    }
    for (JsonNode their : theirs.path("apis")) {
      RuntimeApi api = metadata.apis().get(their.path("name").asText());
      assertThat(api.methods().keySet())
          .containsExactlyInAnyOrderElementsOf(texts(their.path("methods"), "name"));
    }
  }

  /** How many constants and defaults there are; all of them must decode by their types. */
  private static int decoded(Metadata metadata) {
    int count = 0;
    for (Pallet pallet : metadata.pallets().values()) {
      for (String constant : pallet.constants().keySet()) {
        assertThat(metadata.constant(pallet.name(), constant)).isNotNull();
        count++;
      }
      for (StorageEntry entry : pallet.storage().values()) {
        Optional<?> fallback = metadata.storageValue(pallet.name(), entry.name(), Optional.empty());
        assertThat(fallback.isEmpty()).isEqualTo(entry.optional());
        count++;
      }
    }
    return count;
  }

  private static List<String> texts(JsonNode array) {
    List<String> texts = new ArrayList<>();
    array.forEach(each -> texts.add(each.asText()));
    return texts;
  }

  private static List<String> texts(JsonNode array, String field) {
    List<String> texts = new ArrayList<>();
    array.forEach(each -> texts.add(each.path(field).asText()));
    return texts;
  }
}
