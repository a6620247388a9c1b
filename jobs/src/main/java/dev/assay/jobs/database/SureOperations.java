package dev.assay.jobs.database;

import dev.assay.jobs.NotReadyException;
import dev.assay.jobs.config.ConfigurationException;
import java.util.HashSet;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.TableMetadata;
import org.apache.iceberg.TableOperations;
import org.apache.iceberg.encryption.EncryptionManager;
import org.apache.iceberg.exceptions.CommitFailedException;
import org.apache.iceberg.exceptions.CommitStateUnknownException;
import org.apache.iceberg.exceptions.NotFoundException;
import org.apache.iceberg.io.FileIO;
import org.apache.iceberg.io.LocationProvider;
import org.apache.iceberg.jdbc.UncheckedSQLException;

/**
 * A table's operations by a database, which look whether a commit that failed was made after all. A
 * connection can break between the database's commit and its answer; the pool then asks again, and
 * finds that somebody has committed, which is itself. Taken as a lost race, this would delete files
 * that the table holds.
 */
final class SureOperations implements TableOperations {
  private final TableOperations database;
  private final String table;
  private final DatabaseFault fault;

  SureOperations(TableOperations database, String table, DatabaseFault fault) {
    this.database = database;
    this.table = table;
    this.fault = fault;
  }

  @Override
  public TableMetadata current() {
    return worded(database::current);
  }

  @Override
  public TableMetadata refresh() {
    return worded(database::refresh);
  }

  private TableMetadata worded(Supplier<TableMetadata> read) {
    try {
      return read.get();
    } catch (UncheckedSQLException failed) {
      throw fault.worded(failed);
    } catch (NotFoundException elsewhere) {
      throw new ConfigurationException(
          "catalog.uri %s knows a table %s whose files aren't in paths.warehouse: %s; correct"
                  .formatted(fault.uri(), table, elsewhere.getMessage())
              + " paths.warehouse, or give a new warehouse another catalog.name",
          elsewhere);
    }
  }

  /**
   * Commits.
   *
   * @throws CommitFailedException if another writer has won
   * @throws CommitStateUnknownException if it can't be known whether the commit was made
   * @throws ConfigurationException if the database refuses it
   */
  @Override
  public void commit(TableMetadata base, TableMetadata metadata) {
    try {
      database.commit(base, metadata);
    } catch (CommitFailedException lost) {
      if (!isMade(base, metadata, lost)) {
        throw lost;
      }
    } catch (UncheckedSQLException broken) {
      if (!isMade(base, metadata, broken)) {
        throw unmade(fault.worded(broken));
      }
    }
  }

  /** What was refused wasn't made; what wasn't answered, the database may still be at. */
  private static RuntimeException unmade(RuntimeException told) {
    return told instanceof NotReadyException ? new CommitStateUnknownException(told) : told;
  }

  private boolean isMade(TableMetadata base, TableMetadata metadata, RuntimeException failure) {
    TableMetadata now;
    try {
      now = database.refresh();
    } catch (RuntimeException unreadable) {
      failure.addSuppressed(unreadable);
      throw new CommitStateUnknownException(failure);
    }
    if (now == null) {
      return false;
    }
    if (base == null) {
      return now.uuid().equals(metadata.uuid());
    }
    Set<Long> added = new HashSet<>(snapshots(metadata));
    added.removeAll(snapshots(base));
    return !added.isEmpty() && snapshots(now).containsAll(added);
  }

  private static Set<Long> snapshots(TableMetadata metadata) {
    return metadata.snapshots().stream().map(Snapshot::snapshotId).collect(Collectors.toSet());
  }

  @Override
  public FileIO io() {
    return database.io();
  }

  @Override
  public EncryptionManager encryption() {
    return database.encryption();
  }

  @Override
  public String metadataFileLocation(String fileName) {
    return database.metadataFileLocation(fileName);
  }

  @Override
  public LocationProvider locationProvider() {
    return database.locationProvider();
  }

  @Override
  public TableOperations temp(TableMetadata uncommitted) {
    return database.temp(uncommitted);
  }
}
