package dev.assay.jobs.catalog;

import dev.assay.jobs.config.tables.CatalogSettings;
import dev.assay.jobs.config.tables.WarehouseSettings;
import dev.assay.jobs.database.JdbcTables;
import dev.assay.jobs.tables.TableDefinition;
import dev.assay.jobs.tables.Warehouse;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.iceberg.CatalogProperties;
import org.apache.iceberg.spark.SparkCatalog;
import org.apache.spark.sql.catalyst.analysis.NoSuchNamespaceException;
import org.apache.spark.sql.catalyst.analysis.NoSuchTableException;
import org.apache.spark.sql.catalyst.analysis.NoSuchViewException;
import org.apache.spark.sql.connector.catalog.Identifier;
import org.apache.spark.sql.connector.catalog.NamespaceChange;
import org.apache.spark.sql.connector.catalog.SupportsNamespaces;
import org.apache.spark.sql.connector.catalog.Table;
import org.apache.spark.sql.connector.catalog.TableCatalog;
import org.apache.spark.sql.connector.catalog.TableChange;
import org.apache.spark.sql.connector.catalog.View;
import org.apache.spark.sql.connector.catalog.ViewCatalog;
import org.apache.spark.sql.connector.catalog.ViewChange;
import org.apache.spark.sql.connector.expressions.Transform;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.sql.util.CaseInsensitiveStringMap;

/**
 * A validator's warehouse in Spark, read-only. Its tables have one namespace, {@code default},
 * which may be left out: {@code assay.losses} and {@code assay.default.losses} are one table. Its
 * views need Iceberg's extension of SQL, {@link #EXTENSION}.
 */
public final class WarehouseCatalog implements TableCatalog, ViewCatalog, SupportsNamespaces {
  /** For {@code spark.sql.extensions}. */
  public static final String EXTENSION =
      "org.apache.iceberg.spark.extensions.IcebergSparkSessionExtensions";

  private static final String NAME = "assay";
  private static final String NAMESPACE = "default";
  private static final String USER = "user";
  private static final String PASSWORD_FILE = "password-file";
  private static final String DATABASE_NAME = "name";

  private final SparkCatalog tables = new SparkCatalog();
  private String name = NAME;

  /** Made by Spark, by the name in {@code spark.sql.catalog.assay}. */
  public WarehouseCatalog() {}

  /**
   * Spark's settings, the extension apart, by which a session knows a warehouse as {@code assay}. A
   * database's password isn't among them: the driver reads it from a file or its environment.
   */
  public static Map<String, String> settings(WarehouseSettings warehouse) {
    String catalog = "spark.sql.catalog." + NAME;
    Map<String, String> settings = new TreeMap<>();
    settings.put(catalog, WarehouseCatalog.class.getName());
    settings.put(
        catalog + "." + CatalogProperties.WAREHOUSE_LOCATION,
        Warehouse.catalogProperties(warehouse).get(CatalogProperties.WAREHOUSE_LOCATION));
    if (warehouse.catalog().inDatabase()) {
      CatalogSettings database = warehouse.catalog().absolute();
      settings.put(catalog + "." + CatalogProperties.URI, database.uri());
      settings.put(catalog + "." + USER, database.user());
      settings.put(catalog + "." + PASSWORD_FILE, database.passwordFile());
      settings.put(catalog + "." + DATABASE_NAME, database.name());
      settings.values().removeIf(String::isEmpty);
    }
    return settings;
  }

  @Override
  public void initialize(String catalog, CaseInsensitiveStringMap options) {
    name = catalog;
    WarehouseSettings warehouse = warehouse(catalog, options);
    Map<String, String> settings = new HashMap<>(options.asCaseSensitiveMap());
    if (warehouse.catalog().inDatabase()) {
      settings.put(CatalogProperties.CATALOG_IMPL, JdbcTables.class.getName());
    } else {
      settings.put("type", "hadoop");
    }
    settings.put("cache-enabled", "false");
    settings.putAll(Warehouse.catalogProperties(warehouse));
    tables.initialize(catalog, new CaseInsensitiveStringMap(settings));
  }

  private static WarehouseSettings warehouse(String catalog, CaseInsensitiveStringMap options) {
    String location = options.get(CatalogProperties.WAREHOUSE_LOCATION);
    if (location == null || location.isBlank()) {
      throw new IllegalArgumentException(
          "spark.sql.catalog." + catalog + ".warehouse is not set; give it paths.warehouse");
    }
    String uri = options.getOrDefault(CatalogProperties.URI, "");
    return new WarehouseSettings(
        location,
        uri.isEmpty()
            ? CatalogSettings.FOLDER
            : new CatalogSettings(
                "jdbc",
                uri,
                options.getOrDefault(USER, ""),
                options.getOrDefault(PASSWORD_FILE, ""),
                options.getOrDefault(DATABASE_NAME, NAME)));
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public String[] defaultNamespace() {
    return new String[] {NAMESPACE};
  }

  private static boolean isRoot(String[] namespace) {
    return namespace.length == 0 || Arrays.equals(namespace, new String[] {NAMESPACE});
  }

  /** As Iceberg names it: tables are at the root, and what Iceberg knows of one is below it. */
  private static Identifier inner(Identifier identifier) {
    String[] namespace = identifier.namespace();
    return namespace.length > 0 && namespace[0].equals(NAMESPACE)
        ? Identifier.of(Arrays.copyOfRange(namespace, 1, namespace.length), identifier.name())
        : identifier;
  }

  @Override
  public Identifier[] listTables(String[] namespace) throws NoSuchNamespaceException {
    requireRoot(namespace);
    return Warehouse.TABLES.stream()
        .map(TableDefinition::name)
        .sorted()
        .filter(table -> tables.tableExists(Identifier.of(new String[0], table)))
        .map(table -> Identifier.of(namespace, table))
        .toArray(Identifier[]::new);
  }

  @Override
  public Table loadTable(Identifier identifier) throws NoSuchTableException {
    return new ReadOnlyTable(tables.loadTable(inner(identifier)));
  }

  @Override
  public Table loadTable(Identifier identifier, String version) throws NoSuchTableException {
    return new ReadOnlyTable(tables.loadTable(inner(identifier), version));
  }

  @Override
  public Table loadTable(Identifier identifier, long timestamp) throws NoSuchTableException {
    return new ReadOnlyTable(tables.loadTable(inner(identifier), timestamp));
  }

  @Override
  public boolean tableExists(Identifier identifier) {
    return tables.tableExists(inner(identifier));
  }

  @Override
  public Identifier[] listViews(String... namespace) throws NoSuchNamespaceException {
    requireRoot(namespace);
    return WarehouseView.of(name).stream()
        .map(view -> Identifier.of(namespace, view.name()))
        .toArray(Identifier[]::new);
  }

  @Override
  public View loadView(Identifier identifier) throws NoSuchViewException {
    List<WarehouseView> views = WarehouseView.of(name);
    return views.stream()
        .filter(view -> isRoot(identifier.namespace()) && view.name().equals(identifier.name()))
        .findFirst()
        .orElseThrow(() -> new NoSuchViewException(identifier));
  }

  @Override
  public String[][] listNamespaces() {
    return new String[][] {{NAMESPACE}};
  }

  @Override
  public String[][] listNamespaces(String[] namespace) throws NoSuchNamespaceException {
    requireRoot(namespace);
    return namespace.length == 0 ? listNamespaces() : new String[0][];
  }

  @Override
  public boolean namespaceExists(String[] namespace) {
    return isRoot(namespace);
  }

  @Override
  public Map<String, String> loadNamespaceMetadata(String[] namespace)
      throws NoSuchNamespaceException {
    requireRoot(namespace);
    return Map.of(SupportsNamespaces.PROP_COMMENT, "the tables and views of one validator");
  }

  private static void requireRoot(String[] namespace) throws NoSuchNamespaceException {
    if (!isRoot(namespace)) {
      throw new NoSuchNamespaceException(namespace);
    }
  }

  private UnsupportedOperationException readOnly() {
    return new UnsupportedOperationException(
        "the catalog " + name + " is read-only: Assay alone writes its tables; write into another");
  }

  // Spark 3.5 still declares it abstract.
  @SuppressWarnings("deprecation")
  @Override
  public Table createTable(
      Identifier identifier,
      StructType schema,
      Transform[] partitions,
      Map<String, String> properties) {
    throw readOnly();
  }

  @Override
  public Table alterTable(Identifier identifier, TableChange... changes) {
    throw readOnly();
  }

  @Override
  public boolean dropTable(Identifier identifier) {
    throw readOnly();
  }

  @Override
  public void renameTable(Identifier from, Identifier to) {
    throw readOnly();
  }

  @Override
  public View createView(
      Identifier identifier,
      String sql,
      String currentCatalog,
      String[] currentNamespace,
      StructType schema,
      String[] queryColumnNames,
      String[] columnAliases,
      String[] columnComments,
      Map<String, String> properties) {
    throw readOnly();
  }

  @Override
  public View alterView(Identifier identifier, ViewChange... changes) {
    throw readOnly();
  }

  @Override
  public boolean dropView(Identifier identifier) {
    throw readOnly();
  }

  @Override
  public void renameView(Identifier from, Identifier to) {
    throw readOnly();
  }

  @Override
  public void createNamespace(String[] namespace, Map<String, String> metadata) {
    throw readOnly();
  }

  @Override
  public void alterNamespace(String[] namespace, NamespaceChange... changes) {
    throw readOnly();
  }

  @Override
  public boolean dropNamespace(String[] namespace, boolean cascade) {
    throw readOnly();
  }
}
