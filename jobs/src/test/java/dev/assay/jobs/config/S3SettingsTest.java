package dev.assay.jobs.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.assay.jobs.config.tables.S3Settings;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class S3SettingsTest {
  private static final String MARKER = "s3cr3t-m4rk3r";

  @TempDir private Path folder;

  private AssayConfiguration load(String text) throws Exception {
    return AssayConfiguration.load(Files.writeString(folder.resolve("assay.yaml"), text), Map.of());
  }

  @Test
  void amazonsStoreNeedsNoSettings() throws Exception {
    assertThat(load("{}").s3()).isEqualTo(S3Settings.AMAZON);
    assertThat(S3Settings.AMAZON.hadoop()).isEmpty();
    assertThat(load("s3: {region: eu-central-1}").s3().hadoop())
        .containsExactly(Map.entry("fs.s3a.endpoint.region", "eu-central-1"));
  }

  @Test
  void anotherStoreIsReachedByItsAddress() throws Exception {
    assertThat(load("s3: {endpoint: 'http://host:9000', path_style: true}").s3().hadoop())
        .containsOnly(
            Map.entry("fs.s3a.endpoint", "http://host:9000"),
            Map.entry("fs.s3a.endpoint.region", "us-east-1"),
            Map.entry("fs.s3a.connection.ssl.enabled", "false"),
            Map.entry("fs.s3a.path.style.access", "true"));
  }

  @Test
  void bundlesMayBeInABucketAndInNoOtherStore() throws Exception {
    assertThat(load("paths: {bundles: 's3a://bucket/bundles'}").paths().bundles())
        .isEqualTo("s3a://bucket/bundles");
    assertThatThrownBy(() -> load("paths: {bundles: 'gs://bucket/bundles'}"))
        .hasMessageContaining("paths.bundles is gs://bucket/bundles; a folder, or s3a://");
  }

  @Test
  void anAddressNamesAFolderOfABucketAndNoKeys() {
    for (String address :
        new String[] {
          "s3a://bucket",
          "s3a://bucket/",
          "s3a://bucket/a//b",
          "s3a://bucket/a/",
          "s3a://me:" + MARKER + "@bucket/tables",
          "s3a:///tables"
        }) {
      assertThatThrownBy(() -> load("paths: {bundles: '" + address + "'}"))
          .as(address)
          .isInstanceOf(ConfigurationException.class)
          .hasMessageEndingWith("paths.bundles is no folder of a bucket; s3a://BUCKET/FOLDER");
    }
  }

  /** Neither in an address nor under a key of its own, and bundles publish nothing of a store. */
  @Test
  void keysHaveNoPlaceInTheFile() throws Exception {
    for (String text :
        new String[] {
          "s3: {endpoint: 'https://me:" + MARKER + "@host'}",
          "s3: {endpoint: 'host'}",
          "s3: {secret_key: " + MARKER + "}"
        }) {
      assertThatThrownBy(() -> load(text))
          .isInstanceOf(ConfigurationException.class)
          .hasMessageContaining("s3.")
          .hasMessageNotContaining(MARKER);
    }
    assertThat(load("s3: {endpoint: 'http://host:9000'}").effective()).doesNotContain("host:9000");
  }
}
