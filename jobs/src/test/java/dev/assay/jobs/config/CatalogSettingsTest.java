package dev.assay.jobs.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.assay.jobs.config.tables.CatalogSettings;
import dev.assay.jobs.config.tables.WarehouseSettings;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CatalogSettingsTest {
  private static final String MARKER = "s3cr3t-m4rk3r";

  @TempDir private Path folder;

  private AssayConfiguration load(String yaml) throws Exception {
    return AssayConfiguration.load(
        Files.writeString(folder.resolve("assay.yaml"), yaml),
        Map.of("ASSAY_CATALOG_PASSWORD", MARKER));
  }

  @Test
  void withoutASettingTablesRememberThemselves() throws Exception {
    assertThat(load("").catalog()).isEqualTo(CatalogSettings.FOLDER);
  }

  @Test
  void aDatabaseIsReadAndItsPasswordShownNowhere() throws Exception {
    AssayConfiguration read =
        load("catalog: {type: jdbc, uri: 'jdbc:postgresql://db:5432/assay?ssl=true', user: a}");

    assertThat(read.warehouse().catalog().uri())
        .isEqualTo("jdbc:postgresql://db:5432/assay?ssl=true");
    assertThat(read.secrets().catalogPassword()).contains(MARKER);
    assertThat(read.toString() + read.effective() + read.secrets()).doesNotContain(MARKER);
    assertThat(read.effective()).as("published with bundles").doesNotContain("postgresql");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "jdbc:postgresql://assay:s3cr3t-m4rk3r@db/assay",
        "jdbc:postgresql://db/assay?password=s3cr3t-m4rk3r",
        "jdbc:postgresql://db/assay?ssl=true&sslPassword=s3cr3t-m4rk3r",
        "jdbc:postgresql://db/assay?user=s3cr3t-m4rk3r",
        "jdbc:postgresql:s3cr3t-m4rk3r",
        "jdbc:mysql://db/s3cr3t-m4rk3r",
        "jdbc:sqlite::memory:",
        "jdbc:sqlite:",
        "jdbc:sqlite:/",
        "jdbc:sqlite:file:s3cr3t-m4rk3r",
        "jdbc:sqlite:tables.db?key=s3cr3t-m4rk3r",
        ""
      })
  void anAddressThatIsNoneIsRefusedWithoutBeingShown(String uri) {
    assertThatThrownBy(() -> load("catalog: {type: jdbc, uri: '" + uri + "'}"))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("assay.yaml: catalog.uri is ")
        .hasMessageContaining("jdbc:sqlite:FILE, or jdbc:postgresql://HOST:PORT/DATABASE")
        .hasMessageNotContaining(MARKER);
  }

  @Test
  void settingsThatHaveNoEffectAreRefused() {
    assertThatThrownBy(() -> load("catalog: {uri: 'jdbc:sqlite:a.db'}"))
        .hasMessageContaining("catalog.uri is set and catalog.type is not jdbc");
    assertThatThrownBy(() -> load("catalog: {type: jdbc, uri: 'jdbc:sqlite:a.db', user: me}"))
        .hasMessageContaining("catalog.user is set and catalog.uri is no PostgreSQL");
    assertThatThrownBy(() -> load("catalog: {type: rest}"))
        .hasMessageContaining("catalog.type is rest; hadoop or jdbc");
    assertThatThrownBy(() -> load("catalog: {password: " + MARKER + "}"))
        .hasMessageContaining("unknown key catalog.password")
        .hasMessageNotContaining(MARKER);
  }

  @ParameterizedTest
  @ValueSource(strings = {"S3://bucket/tables", "gs://bucket/tables"})
  void anObjectStoreThatNothingWritesToIsRefused(String location) {
    assertThatThrownBy(() -> load("paths: {warehouse: '" + location + "'}"))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("assay.yaml: paths.warehouse is " + location + ", an object store")
        .hasMessageEndingWith("; give it a folder, or s3a://BUCKET/FOLDER");
  }

  @Test
  void aBucketNeedsACatalogInADatabase() throws Exception {
    String bucket = "paths: {warehouse: 's3a://bucket/tables'}";

    assertThatThrownBy(() -> load(bucket))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("paths.warehouse is s3a://bucket/tables, an object store")
        .hasMessageContaining("; set catalog.type: jdbc, or give it a folder");
    assertThat(load(bucket + "\ncatalog: {type: jdbc, uri: 'jdbc:sqlite:a.db'}").warehouse())
        .matches(WarehouseSettings::inBucket);
  }

  @Test
  void pathsAreWholeForProgramsThatStartElsewhere() {
    CatalogSettings relative = new CatalogSettings("jdbc", "jdbc:sqlite:a/../b.db", "", "", "n");

    assertThat(relative.absolute().uri())
        .isEqualTo("jdbc:sqlite:" + Path.of("b.db").toAbsolutePath());
  }
}
