package dev.assay.jobs.tables;

import dev.assay.jobs.config.ConfigurationException;
import dev.assay.jobs.upkeep.TableTimes;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.iceberg.Schema;
import org.apache.iceberg.Table;
import org.apache.iceberg.TableProperties;
import org.apache.iceberg.Transaction;
import org.apache.iceberg.UpdateProperties;
import org.apache.iceberg.UpdateSchema;
import org.apache.iceberg.types.Types.NestedField;

/** From a table as an earlier release has left it to one as this release writes it. */
final class TableEvolution {
  /**
   * Of the tables that this release writes. It goes up when an earlier release would misread them.
   */
  static final int FORMAT = 1;

  static final String FORMAT_PROPERTY = "assay.format";

  /** By which Spark knows a table's comment. */
  private static final String COMMENT = "comment";

  private TableEvolution() {}

  /** What a table says about itself, and how Iceberg keeps it. */
  static Map<String, String> properties(TableDefinition<?> definition) {
    return Map.of(
        TableProperties.FORMAT_VERSION,
        "2",
        TableProperties.METADATA_DELETE_AFTER_COMMIT_ENABLED,
        "true",
        TableProperties.METADATA_PREVIOUS_VERSIONS_MAX,
        "20",
        // A commit writes what is new alone; upkeep merges.
        TableProperties.MANIFEST_MERGE_ENABLED,
        "false",
        FORMAT_PROPERTY,
        Integer.toString(FORMAT),
        COMMENT,
        definition.comment());
  }

  /**
   * The table with the columns, comments and properties of this release, changed by one commit
   * where it lacks some.
   *
   * @throws ConfigurationException if a newer release has written it, or it has other columns
   */
  static Table evolved(Table table, TableDefinition<?> definition) {
    requireKnown(table, definition);
    Map<String, String> properties = missing(table, properties(definition));
    boolean schemaChanges = changesSchema(table.schema(), definition.schema());
    if (schemaChanges || !properties.isEmpty()) {
      TableTimes.bringBack(table, System.currentTimeMillis());
      Transaction change = table.newTransaction();
      if (schemaChanges) {
        changeSchema(change.updateSchema(), table.schema(), definition.schema());
      }
      UpdateProperties update = change.updateProperties();
      properties.forEach(update::set);
      update.commit();
      change.commitTransaction();
      table.refresh();
    }
    return table;
  }

  private static void requireKnown(Table table, TableDefinition<?> definition) {
    String format = table.properties().getOrDefault(FORMAT_PROPERTY, "0");
    List<String> columns = names(table.schema());
    List<String> expected = names(definition.schema());
    boolean extended =
        columns.size() > expected.size() && columns.subList(0, expected.size()).equals(expected);
    if (extended || !format.matches("\\d{1,9}") || Integer.parseInt(format) > FORMAT) {
      throw new ConfigurationException(
          ("%s was written by a newer release (format %s%s; this one writes format %d); run that"
                  + " release, or give paths.warehouse another folder")
              .formatted(
                  table.location(),
                  format,
                  extended ? ", columns " + columns.subList(expected.size(), columns.size()) : "",
                  FORMAT));
    }
    boolean addable =
        columns.size() <= expected.size()
            && expected.subList(0, columns.size()).equals(columns)
            && definition.schema().columns().subList(columns.size(), expected.size()).stream()
                .allMatch(NestedField::isOptional);
    if (!addable) {
      throw new ConfigurationException(
          "%s has the columns %s, this release writes %s; give paths.warehouse another folder"
              .formatted(table.location(), columns, expected));
    }
  }

  private static Map<String, String> missing(Table table, Map<String, String> wanted) {
    Map<String, String> missing = new HashMap<>(wanted);
    // Iceberg takes it when a table is made, and keeps it elsewhere.
    missing.remove(TableProperties.FORMAT_VERSION);
    missing
        .entrySet()
        .removeIf(each -> each.getValue().equals(table.properties().get(each.getKey())));
    return missing;
  }

  private static boolean changesSchema(Schema present, Schema wanted) {
    return wanted.columns().stream()
        .anyMatch(
            column -> {
              NestedField there = present.findField(column.name());
              return there == null || isBetterDescribed(there, column);
            });
  }

  private static void changeSchema(UpdateSchema update, Schema present, Schema wanted) {
    for (NestedField column : wanted.columns()) {
      NestedField there = present.findField(column.name());
      if (there == null) {
        update.addColumn(column.name(), column.type(), column.doc());
      } else if (isBetterDescribed(there, column)) {
        update.updateColumnDoc(column.name(), column.doc());
      }
    }
    update.commit();
  }

  private static boolean isBetterDescribed(NestedField present, NestedField wanted) {
    return wanted.doc() != null && !Objects.equals(present.doc(), wanted.doc());
  }

  private static List<String> names(Schema schema) {
    return schema.columns().stream().map(NestedField::name).toList();
  }
}
