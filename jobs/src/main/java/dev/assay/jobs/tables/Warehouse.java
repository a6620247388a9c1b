package dev.assay.jobs.tables;

import dev.assay.chain.rpc.Reason;
import dev.assay.jobs.FullDisk;
import dev.assay.jobs.NotReadyException;
import dev.assay.jobs.config.ConfigurationException;
import dev.assay.jobs.config.tables.WarehouseSettings;
import dev.assay.jobs.database.JdbcTables;
import dev.assay.jobs.database.TableFolder;
import dev.assay.jobs.storage.Lease;
import dev.assay.jobs.storage.Leases;
import dev.assay.jobs.storage.Place;
import dev.assay.jobs.storage.S3Client;
import dev.assay.jobs.upkeep.Maintenance;
import dev.assay.jobs.upkeep.TableTimes;
import dev.assay.jobs.upkeep.TableUpkeep;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.iceberg.BaseMetastoreCatalog;
import org.apache.iceberg.CatalogProperties;
import org.apache.iceberg.PartitionSpec;
import org.apache.iceberg.Table;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.exceptions.AlreadyExistsException;
import org.apache.iceberg.hadoop.HadoopCatalog;

/**
 * All tables of one validator, in an Iceberg catalog: files beside the tables, or a database. The
 * driver writes and reads it without a Spark job, so that a commit never waits for a slot behind
 * minutes of model work; Spark sees the same tables as {@code assay.samples} and so on.
 */
public final class Warehouse implements AutoCloseable {
  /** Every table. */
  public static final List<TableDefinition<?>> TABLES =
      List.of(
          SampleRow.TABLE,
          CommitmentRow.TABLE,
          CheckpointRow.TABLE,
          VerdictRow.TABLE,
          LossRow.TABLE,
          AttemptRow.TABLE,
          FingerprintRow.TABLE,
          ScoreRow.TABLE,
          EvidenceRow.TABLE,
          WeightRow.TABLE,
          EvaluationRow.TABLE,
          ChainRow.TABLE);

  private final BaseMetastoreCatalog catalog;
  private final boolean isDatabase;
  private final String address;
  private final Optional<Path> folder;
  private final Optional<Place> place;
  private final Leases leases;
  private final WriterLock lock;

  private Warehouse(
      BaseMetastoreCatalog catalog,
      boolean isDatabase,
      String address,
      Optional<Path> folder,
      Optional<Place> place) {
    this.catalog = catalog;
    this.isDatabase = isDatabase;
    this.address = address;
    this.folder = folder;
    this.place = place;
    this.leases = place.map(of -> of.leases(Clock.systemUTC())).orElse(Leases.UNGUARDED);
    this.lock =
        new WriterLock(
            folder.isPresent() ? leases : Leases.UNGUARDED,
            place.map(Place::address).orElse("paths.warehouse"));
  }

  /**
   * Opens a warehouse that remembers itself, in files beside its tables.
   *
   * @param location a folder, or the address of one
   * @param configuration Hadoop's
   * @throws ConfigurationException if nothing can be written there
   */
  public static Warehouse open(String location, Configuration configuration) {
    return open(settings(location), configuration);
  }

  private static WarehouseSettings settings(String location) {
    try {
      return WarehouseSettings.of(location);
    } catch (IllegalArgumentException refused) {
      throw new ConfigurationException(refused.getMessage(), refused);
    }
  }

  /**
   * Opens a warehouse; its tables appear as they are first used.
   *
   * @param settings where the tables are, and what remembers them
   * @param configuration Hadoop's
   * @throws ConfigurationException if nothing can be written there, or the database refuses
   * @throws NotReadyException if the database doesn't answer
   */
  public static Warehouse open(WarehouseSettings settings, Configuration configuration) {
    String location = settings.location();
    Optional<Path> folder = localFolder(location);
    folder.ifPresent(Warehouse::refuseMisspelled);
    folder.ifPresent(path -> requireWritable(location, path));
    Optional<Place> place =
        folder.isPresent() || settings.inBucket()
            ? Optional.of(
                Place.at(folder.map(Path::toString).orElse(location), settings.s3(), configuration))
            : Optional.empty();
    if (settings.inBucket()) {
      // An object store has no folders to make; whether it answers, it tells now.
      place.ifPresent(Place::requireReadable);
    }
    Configuration hadoop = S3Client.configuration(configuration, settings.s3());
    return new Warehouse(
        catalog(LocalFiles.configuration(hadoop), settings),
        settings.catalog().inDatabase(),
        catalogProperties(settings).get(CatalogProperties.WAREHOUSE_LOCATION),
        folder,
        place);
  }

  private static BaseMetastoreCatalog catalog(Configuration hadoop, WarehouseSettings settings) {
    Map<String, String> properties = catalogProperties(settings);
    if (settings.catalog().inDatabase()) {
      JdbcTables catalog = new JdbcTables();
      catalog.setConf(hadoop);
      catalog.initialize("assay", properties);
      return catalog;
    }
    HadoopCatalog catalog = new HadoopCatalog();
    catalog.setConf(hadoop);
    try {
      catalog.initialize("assay", properties);
      return catalog;
    } catch (RuntimeException unusable) {
      throw new ConfigurationException(
          "paths.warehouse is "
              + settings.location()
              + ", which can't be opened: "
              + WarehouseFault.reason(settings.location(), unusable),
          unusable);
    }
  }

  /** By which any of Iceberg's catalogs, Spark's as well, reads and writes a warehouse. */
  public static Map<String, String> catalogProperties(WarehouseSettings settings) {
    Map<String, String> properties = new HashMap<>();
    Optional<Path> folder = localFolder(settings.location());
    // Hadoop takes a path as it is spelled: nothing may be escaped.
    properties.put(
        CatalogProperties.WAREHOUSE_LOCATION,
        folder.map(path -> "file://" + path).orElse(settings.location()));
    folder.ifPresent(
        path -> properties.put(CatalogProperties.FILE_IO_IMPL, WarehouseFiles.class.getName()));
    if (settings.catalog().inDatabase()) {
      properties.putAll(JdbcTables.properties(settings.catalog()));
    }
    return properties;
  }

  /** Escaped folders of another name are where releases before 0.2 put their tables. */
  private static void refuseMisspelled(Path folder) {
    Path escaped = Path.of(folder.toUri().getRawPath());
    List<String> there =
        TABLES.stream()
            .map(TableDefinition::name)
            .filter(name -> Files.isDirectory(escaped.resolve(name).resolve("metadata")))
            .filter(name -> !Files.exists(folder.resolve(name)))
            .toList();
    if (!there.isEmpty()) {
      throw new ConfigurationException(
          "an earlier release has put the tables %s of paths.warehouse into %s; move them into %s"
              .formatted(String.join(", ", there), escaped, folder));
    }
  }

  private static void requireWritable(String location, Path folder) {
    try {
      Files.createDirectories(folder);
      Files.delete(Files.createTempFile(folder, ".writable", ""));
    } catch (IOException unwritable) {
      if (FullDisk.explains(unwritable)) {
        throw new NotReadyException(
            "the disk of paths.warehouse "
                + location
                + " takes nothing more; make room there, then run again",
            unwritable);
      }
      throw new ConfigurationException(
          "paths.warehouse is "
              + location
              + ", which can't be written: "
              + Reason.of(unwritable)
              + "; give it another folder",
          unwritable);
    }
  }

  /**
   * Keeps other processes from the same piece of work until closed; a process that dies gives it
   * back, in an object store after 75 s. Where such a lease is lost, nothing is written to these
   * tables any more.
   *
   * @param name of the work, a file name
   * @return empty if another one has it
   */
  public Optional<Lease> lease(String name) {
    return leases.take(leaseName(name)).map(lock::guardedBy);
  }

  /**
   * The process of this machine that a lease keeps the others from a piece of work for, to be told
   * to people.
   */
  public Optional<ProcessHandle> holder(String name) {
    return leases.holder(leaseName(name));
  }

  private static String leaseName(String work) {
    return "." + work + ".lease";
  }

  private static Optional<Path> localFolder(String location) {
    if (location.startsWith("file:")) {
      return Optional.of(Path.of(URI.create(location)));
    }
    return location.contains("://")
        ? Optional.empty()
        : Optional.of(Path.of(location).toAbsolutePath().normalize());
  }

  /** Where the warehouse is, when it is a folder of this machine. */
  public Optional<Path> folder() {
    return folder;
  }

  /** Where what decides between processes is kept, beside the tables. */
  public Optional<Place> place() {
    return place;
  }

  /**
   * Opens one table, created when it isn't there.
   *
   * <p>A table of an earlier release gets the columns that this one has added, whose values its
   * rows lack, and this release's comments.
   *
   * @throws ConfigurationException if a newer release has written it, or it has other columns
   */
  public <R extends Record> WarehouseTable<R> table(TableDefinition<R> definition) {
    TableIdentifier identifier = TableIdentifier.of(definition.name());
    Table table =
        lock.hold(
            () ->
                catalog.tableExists(identifier)
                    ? TableEvolution.evolved(catalog.loadTable(identifier), definition)
                    : create(identifier, definition));
    return new WarehouseTable<>(definition, table, lock);
  }

  /**
   * Merges small files, lets go of old snapshots and removes what killed writers have left, in
   * every table that is there. No row changes, and readers of the last ten minutes keep what they
   * read.
   *
   * @param now by which snapshots and leftovers are old
   * @return what was done, a table each
   */
  public List<TableUpkeep> maintain(Instant now) {
    List<TableUpkeep> done = new ArrayList<>();
    for (TableDefinition<?> definition : TABLES) {
      TableIdentifier identifier = TableIdentifier.of(definition.name());
      if (catalog.tableExists(identifier)) {
        String place = address + "/" + definition.name();
        done.add(
            lock.hold(
                () -> {
                  Table table = TableEvolution.evolved(catalog.loadTable(identifier), definition);
                  TableTimes.bringBack(table, System.currentTimeMillis());
                  return new Maintenance(table, definition.name(), place).run(now);
                }));
      }
    }
    return done;
  }

  private Table create(TableIdentifier identifier, TableDefinition<?> definition) {
    folder.ifPresent(path -> TableFolder.requireFree(path, definition.name(), isDatabase));
    try {
      return catalog.createTable(
          identifier,
          definition.schema(),
          PartitionSpec.unpartitioned(),
          TableEvolution.properties(definition));
    } catch (AlreadyExistsException raced) {
      return catalog.loadTable(identifier);
    }
  }

  @Override
  public void close() {
    try {
      catalog.close();
    } catch (java.io.IOException unclosable) {
      throw new java.io.UncheckedIOException("the warehouse cannot be closed", unclosable);
    }
  }
}
