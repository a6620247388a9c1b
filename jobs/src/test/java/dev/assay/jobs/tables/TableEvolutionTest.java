package dev.assay.jobs.tables;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.assay.jobs.EarlierWarehouse;
import dev.assay.jobs.config.ConfigurationException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.iceberg.Table;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.hadoop.HadoopCatalog;
import org.apache.iceberg.types.Types.NestedField;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TableEvolutionTest {
  @TempDir private Path folder;

  @Test
  void everyTableAndColumnSaysWhatItHolds() {
    for (TableDefinition<?> table : Warehouse.TABLES) {
      assertThat(table.comment()).as(table.name()).isNotBlank();
      assertThat(table.schema().columns())
          .allSatisfy(
              column ->
                  assertThat(column.doc()).as(table.name() + "." + column.name()).isNotBlank());
    }
  }

  @Test
  void tablesOfAnEarlierReleaseGetThisOnesColumnsAndComments() throws Exception {
    EarlierWarehouse.unpack(folder);
    Path warehouse = folder.resolve("tables");
    try (Warehouse opened = Warehouse.open(warehouse.toString(), new Configuration())) {
      for (TableDefinition<?> definition : Warehouse.TABLES) {
        int before = opened.table(definition).rows().size();
        assertThat(opened.table(definition).rows()).hasSize(before);
      }
      assertThat(opened.table(EvaluationRow.TABLE).rows())
          .extracting(EvaluationRow::genesis)
          .hasSize(1);
      assertThat(opened.table(VerdictRow.TABLE).rows()).isNotEmpty();
    }

    try (HadoopCatalog catalog =
        new HadoopCatalog(new Configuration(), warehouse.toUri().toString())) {
      for (TableDefinition<?> definition : Warehouse.TABLES) {
        Table table = catalog.loadTable(TableIdentifier.of(definition.name()));
        assertThat(table.properties()).containsEntry("comment", definition.comment());
        assertThat(table.schema().columns())
            .extracting(NestedField::doc)
            .containsExactlyElementsOf(
                definition.schema().columns().stream().map(NestedField::doc).toList());
      }
    }
  }

  @Test
  void aTableThatIsUpToDateIsNotCommittedTo() throws Exception {
    try (Warehouse opened = Warehouse.open(folder.toString(), new Configuration());
        HadoopCatalog catalog = new HadoopCatalog(new Configuration(), folder.toUri().toString())) {
      opened.table(LossRow.TABLE);
      Table table = catalog.loadTable(TableIdentifier.of("losses"));
      long updated = lastUpdated(table);

      opened.table(LossRow.TABLE);

      table.refresh();
      assertThat(lastUpdated(table)).isEqualTo(updated);
    }
  }

  private static long lastUpdated(Table table) {
    return ((org.apache.iceberg.HasTableOperations) table)
        .operations()
        .current()
        .lastUpdatedMillis();
  }

  @Test
  void aTableOfANewerFormatIsRefused() throws Exception {
    try (Warehouse opened = Warehouse.open(folder.toString(), new Configuration());
        HadoopCatalog catalog = new HadoopCatalog(new Configuration(), folder.toUri().toString())) {
      opened.table(LossRow.TABLE);
      catalog
          .loadTable(TableIdentifier.of("losses"))
          .updateProperties()
          .set(TableEvolution.FORMAT_PROPERTY, "2")
          .commit();

      assertThatThrownBy(() -> opened.table(LossRow.TABLE))
          .isInstanceOf(ConfigurationException.class)
          .hasMessageContaining(
              "losses was written by a newer release (format 2; this one writes format 1); run"
                  + " that release, or give paths.warehouse another folder");
    }
  }

  /** As a later release may have it. */
  record LaterChain(int row, String genesis, int netuid, Optional<String> name) {}

  @Test
  void aTableWithColumnsOfANewerReleaseIsRefused() {
    try (Warehouse opened = Warehouse.open(folder.toString(), new Configuration())) {
      opened.table(new TableDefinition<>("chain", LaterChain.class, List.of("row")));

      assertThatThrownBy(() -> opened.table(ChainRow.TABLE))
          .isInstanceOf(ConfigurationException.class)
          .hasMessageContaining("was written by a newer release (format 1, columns [name];");
    }
  }
}
