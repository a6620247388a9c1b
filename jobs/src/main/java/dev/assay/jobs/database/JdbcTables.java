package dev.assay.jobs.database;

import dev.assay.jobs.config.tables.CatalogSettings;
import java.util.HashMap;
import java.util.Map;
import org.apache.iceberg.CatalogProperties;
import org.apache.iceberg.TableOperations;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.jdbc.JdbcCatalog;
import org.apache.iceberg.jdbc.UncheckedSQLException;

/**
 * Iceberg's catalog in a database. Its properties, which Iceberg hands on to executors and logs,
 * hold no password: a connection reads it when it is made.
 */
public final class JdbcTables extends JdbcCatalog {
  static final String USER = "assay.user";
  static final String PASSWORD_FILE = "assay.password-file";
  private static final String NAME = "assay.name";

  private String warehouse;
  private DatabaseFault fault;

  /** Made by Iceberg, by the name in {@code catalog-impl}. */
  public JdbcTables() {
    super(null, Connections::of, true);
  }

  /** By which it is initialised, besides the warehouse's own properties. */
  public static Map<String, String> properties(CatalogSettings settings) {
    CatalogSettings absolute = settings.absolute();
    return Map.of(
        CatalogProperties.URI,
        absolute.uri(),
        USER,
        absolute.user(),
        PASSWORD_FILE,
        absolute.passwordFile(),
        NAME,
        absolute.name());
  }

  /**
   * Connects, and makes the catalog's own tables where they aren't there.
   *
   * @param ignored the name by which Spark knows it; the database knows it by the setting's
   * @throws dev.assay.jobs.config.ConfigurationException if the database refuses what was asked
   * @throws dev.assay.jobs.NotReadyException if it doesn't answer
   */
  @Override
  public void initialize(String ignored, Map<String, String> properties) {
    warehouse = properties.get(CatalogProperties.WAREHOUSE_LOCATION);
    fault = DatabaseFault.of(properties);
    Map<String, String> own = new HashMap<>(properties);
    // The present form of the catalog's table; the form before it is for earlier engines.
    own.put("jdbc.schema-version", "V1");
    try {
      begin(own);
    } catch (UncheckedSQLException failed) {
      throw fault.worded(failed);
    }
  }

  private void begin(Map<String, String> properties) {
    String name = properties.get(NAME);
    try {
      super.initialize(name, properties);
    } catch (UncheckedSQLException raced) {
      if (!DatabaseFault.isColumnThere(raced)) {
        throw raced;
      }
      // Another process has brought the new table into its present form first.
      super.initialize(name, properties);
    }
  }

  @Override
  protected TableOperations newTableOps(TableIdentifier table) {
    return new SureOperations(super.newTableOps(table), table.name(), fault);
  }

  /** As in a warehouse without a database. */
  @Override
  protected String defaultWarehouseLocation(TableIdentifier table) {
    return warehouse + "/" + table.name();
  }
}
