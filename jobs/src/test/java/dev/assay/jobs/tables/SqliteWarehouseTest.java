package dev.assay.jobs.tables;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.assay.jobs.config.ConfigurationException;
import dev.assay.jobs.config.tables.CatalogSettings;
import dev.assay.jobs.config.tables.WarehouseSettings;
import dev.assay.jobs.database.JdbcTables;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.iceberg.catalog.Catalog;
import org.junit.jupiter.api.Test;

/** What a warehouse in a folder promises, kept by a catalog in SQLite, and what is its own. */
class SqliteWarehouseTest extends WarehouseTableTest {
  @Override
  WarehouseSettings settings(Path at) {
    return settings(at, at.resolve("catalog.db"), "assay");
  }

  private static WarehouseSettings settings(Path at, Path file, String name) {
    return new WarehouseSettings(
        at.toString(), new CatalogSettings("jdbc", "jdbc:sqlite:" + file, "", "", name));
  }

  @Override
  Catalog catalog() {
    JdbcTables catalog = new JdbcTables();
    catalog.setConf(new Configuration());
    catalog.initialize("any", Warehouse.catalogProperties(settings(folder)));
    return catalog;
  }

  private static Warehouse open(WarehouseSettings settings) {
    return Warehouse.open(settings, new Configuration());
  }

  @Test
  void upkeepMergesAndKeepsEveryRow() {
    try (Warehouse warehouse = open(settings(folder))) {
      WarehouseTable<LossRow> losses = warehouse.table(LossRow.TABLE);
      for (int row = 0; row < 20; row++) {
        losses.append(List.of(loss("m", "s" + row, row)));
      }

      assertThat(warehouse.maintain(Instant.now())).hasSize(1);
      assertThat(losses.rows()).hasSize(20);
    }
  }

  @Test
  void tablesMoveWithTheirFolderAndTheFileInIt() throws Exception {
    Path here = folder.resolve("here");
    Path there = folder.resolve("there");
    try (Warehouse warehouse = open(settings(here))) {
      warehouse.table(LossRow.TABLE).append(List.of(loss("m", "s", 1)));
    }
    Files.move(here, there);

    try (Warehouse warehouse = open(settings(there))) {
      warehouse.table(LossRow.TABLE).append(List.of(loss("m", "s", 1), loss("m", "t", 1)));
      assertThat(warehouse.table(LossRow.TABLE).rows()).hasSize(2);
    }
    assertThat(here).doesNotExist();
  }

  @Test
  void oneDatabaseHoldsSeveralWarehousesByName() {
    Path file = folder.resolve("shared.db");
    try (Warehouse one = open(settings(folder.resolve("1"), file, "one"));
        Warehouse two = open(settings(folder.resolve("2"), file, "two"))) {
      one.table(LossRow.TABLE).append(List.of(loss("m", "s", 1)));
      assertThat(two.table(LossRow.TABLE).rows()).isEmpty();
    }
    try (Warehouse elsewhere = open(settings(folder.resolve("3"), file, "one"))) {
      assertThatThrownBy(() -> elsewhere.table(LossRow.TABLE))
          .isInstanceOf(ConfigurationException.class)
          .hasMessageContaining("knows a table losses whose files aren't in paths.warehouse")
          .hasMessageContaining("give a new warehouse another catalog.name");
    }
  }

  @Test
  void tablesOfAnotherCatalogAreNeitherHiddenNorMixed() {
    Path plain = folder.resolve("plain");
    Path database = folder.resolve("database");
    try (Warehouse warehouse = Warehouse.open(plain.toString(), new Configuration())) {
      warehouse.table(LossRow.TABLE).append(List.of(loss("m", "s", 1)));
    }
    try (Warehouse warehouse = open(settings(database))) {
      warehouse.table(LossRow.TABLE).append(List.of(loss("m", "s", 1)));
    }

    try (Warehouse asDatabase = open(settings(plain));
        Warehouse asPlain = Warehouse.open(database.toString(), new Configuration());
        Warehouse asOther = open(settings(database, folder.resolve("other.db"), "assay"))) {
      for (Warehouse wrong : List.of(asDatabase, asPlain, asOther)) {
        assertThatThrownBy(() -> wrong.table(LossRow.TABLE))
            .isInstanceOf(ConfigurationException.class)
            .hasMessageContaining("holds a table losses that catalog.")
            .hasMessageContaining("set the section catalog to what has written it");
      }
    }
  }

  @Test
  void aTableWhoseMakingWasCutShortIsMadeAgain() throws Exception {
    Path metadata = Files.createDirectories(folder.resolve("losses").resolve("metadata"));
    Files.writeString(metadata.resolve("00000-0123.metadata.json"), "{");

    try (Warehouse warehouse = open(settings(folder))) {
      assertThat(warehouse.table(LossRow.TABLE).append(List.of(loss("m", "s", 1)))).isEqualTo(1);
    }
  }

  @Test
  void aFileThatIsNoDatabaseAndAFolderThatIsNotThereAreNamed() throws Exception {
    Path text = Files.writeString(folder.resolve("text.db"), "no database ".repeat(1000));

    for (Path wrong : List.of(text, folder.resolve("none").resolve("catalog.db"))) {
      assertThatThrownBy(() -> open(settings(folder, wrong, "assay")))
          .isInstanceOf(ConfigurationException.class)
          .hasMessageStartingWith("catalog.uri jdbc:sqlite:" + wrong + " can't be used: ")
          .hasMessageEndingWith("; correct it, or give another")
          .hasMessageNotContaining("\n");
    }
    assertThat(folder.resolve("losses")).doesNotExist();
  }
}
