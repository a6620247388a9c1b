package dev.assay.jobs.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.assay.jobs.config.tables.CatalogSettings;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import org.apache.hadoop.conf.Configuration;
import org.apache.iceberg.BaseTable;
import org.apache.iceberg.CatalogProperties;
import org.apache.iceberg.DataFiles;
import org.apache.iceberg.PartitionSpec;
import org.apache.iceberg.Schema;
import org.apache.iceberg.TableMetadata;
import org.apache.iceberg.TableOperations;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.encryption.EncryptionManager;
import org.apache.iceberg.exceptions.CommitFailedException;
import org.apache.iceberg.exceptions.CommitStateUnknownException;
import org.apache.iceberg.io.FileIO;
import org.apache.iceberg.io.LocationProvider;
import org.apache.iceberg.jdbc.UncheckedSQLException;
import org.apache.iceberg.types.Types;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Commits whose answer is lost, on a table in a real catalog. */
class SureOperationsTest {
  @TempDir private Path folder;
  private JdbcTables catalog;
  private TableOperations real;

  @BeforeEach
  void create() {
    catalog = new JdbcTables();
    catalog.setConf(new Configuration());
    Map<String, String> properties =
        new TreeMap<>(
            JdbcTables.properties(
                new CatalogSettings("jdbc", "jdbc:sqlite:" + folder + "/c.db", "", "", "assay")));
    properties.put(CatalogProperties.WAREHOUSE_LOCATION, folder.toUri().toString());
    catalog.initialize("assay", properties);
    BaseTable table =
        (BaseTable)
            catalog.createTable(
                TableIdentifier.of("t"),
                new Schema(Types.NestedField.required(1, "a", Types.LongType.get())));
    real = table.operations();
  }

  @AfterEach
  void close() throws Exception {
    catalog.close();
  }

  /** A table whose commits go otherwise. */
  private BaseTable table(BiConsumer<TableMetadata, TableMetadata> commit) {
    return new BaseTable(
        new SureOperations(
            new Otherwise(real, commit), "t", new DatabaseFault("jdbc:sqlite:c.db", "")),
        "t");
  }

  private void append(BaseTable table) {
    table
        .newAppend()
        .appendFile(
            DataFiles.builder(PartitionSpec.unpartitioned())
                .withPath("file:/t/data/a.parquet")
                .withFileSizeInBytes(1)
                .withRecordCount(1)
                .build())
        .commit();
  }

  private int commits() {
    int count = 0;
    for (Object ignored : real.refresh().snapshots()) {
      count++;
    }
    return count;
  }

  @Test
  void aCommitWhoseAnswerIsLostIsMadeOnce() {
    append(
        table(
            (base, metadata) -> {
              real.commit(base, metadata);
              throw new UncheckedSQLException(new SQLException("cut", "08006"), "Unknown failure");
            }));

    assertThat(commits()).isEqualTo(1);
  }

  @Test
  void aCommitThatLosesAgainstItselfIsMadeOnce() {
    append(
        table(
            (base, metadata) -> {
              real.commit(base, metadata);
              throw new CommitFailedException("Failed to update table t");
            }));

    assertThat(commits()).isEqualTo(1);
  }

  @Test
  void aCommitOfWhichNothingIsThereIsUnknown() {
    assertThatThrownBy(
            () ->
                append(
                    table(
                        (base, metadata) -> {
                          throw new UncheckedSQLException(
                              new SQLException("cut", "08006"), "Unknown failure");
                        })))
        .isInstanceOf(CommitStateUnknownException.class)
        .cause()
        .hasMessageStartingWith("catalog.uri jdbc:sqlite:c.db does not answer: cut;");
    assertThat(commits()).isZero();
  }

  private record Otherwise(TableOperations real, BiConsumer<TableMetadata, TableMetadata> otherwise)
      implements TableOperations {
    @Override
    public TableMetadata current() {
      return real.current();
    }

    @Override
    public TableMetadata refresh() {
      return real.refresh();
    }

    @Override
    public void commit(TableMetadata base, TableMetadata metadata) {
      otherwise.accept(base, metadata);
    }

    @Override
    public FileIO io() {
      return real.io();
    }

    @Override
    public EncryptionManager encryption() {
      return real.encryption();
    }

    @Override
    public String metadataFileLocation(String fileName) {
      return real.metadataFileLocation(fileName);
    }

    @Override
    public LocationProvider locationProvider() {
      return real.locationProvider();
    }
  }
}
