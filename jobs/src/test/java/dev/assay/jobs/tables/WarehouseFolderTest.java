package dev.assay.jobs.tables;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.assay.jobs.config.ConfigurationException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.iceberg.expressions.Expressions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Where a warehouse's tables are, under whichever name and wherever they are taken. */
class WarehouseFolderTest {
  @TempDir private Path folder;

  private static FingerprintRow row(String digest) {
    return new FingerprintRow("seed", digest, List.of(1.0));
  }

  private static void append(Path warehouse, String digest) {
    try (Warehouse opened = Warehouse.open(warehouse.toString(), new Configuration())) {
      opened.table(FingerprintRow.TABLE).append(List.of(row(digest)));
    }
  }

  private static void appendEach(Path warehouse, int rows) {
    try (Warehouse opened = Warehouse.open(warehouse.toString(), new Configuration())) {
      WarehouseTable<FingerprintRow> table = opened.table(FingerprintRow.TABLE);
      for (int i = 0; i < rows; i++) {
        table.append(List.of(row(warehouse.getFileName() + "-" + i)));
      }
    }
  }

  private static List<FingerprintRow> rows(Path warehouse) {
    try (Warehouse opened = Warehouse.open(warehouse.toString(), new Configuration())) {
      return opened.table(FingerprintRow.TABLE).rows();
    }
  }

  private static Set<Path> files(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      return files.collect(Collectors.toSet());
    }
  }

  private static void copy(Path from, Path to) throws IOException {
    for (Path file : files(from).stream().sorted().toList()) {
      Files.copy(file, to.resolve(from.relativize(file).toString()));
    }
  }

  @Test
  void tablesMoveWithTheirFolder() throws Exception {
    Path here = folder.resolve("here");
    Path there = folder.resolve("there");
    append(here, "first");
    append(here, "second");
    Files.move(here, there);

    append(there, "third");
    try (Warehouse opened = Warehouse.open(there.toString(), new Configuration())) {
      opened.table(FingerprintRow.TABLE).discard(Expressions.equal("model_digest", "second"));
    }
    Path again = folder.resolve("again");
    Files.move(there, again);

    assertThat(rows(again)).containsExactlyInAnyOrder(row("first"), row("third"));
    assertThat(folder).isDirectoryContaining(path -> path.equals(again));
    assertThat(here).doesNotExist();
    assertThat(there).doesNotExist();
  }

  @Test
  void aCopyHasNothingToDoWithItsOriginal() throws Exception {
    Path original = folder.resolve("original");
    Path copy = folder.resolve("copy");
    appendEach(original, 3);
    copy(original, copy);
    Set<Path> before = files(original);

    // Beyond the 20 that are kept, every commit deletes a table's oldest description.
    appendEach(copy, 22);

    assertThat(files(original)).isEqualTo(before);
    assertThat(rows(copy)).hasSize(25);
    assertThat(rows(original)).hasSize(3);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a b", "50%", "a%20b", "%", "ü", "日本", "a#b", "a?b", "[a]", "{a,b}", "*", "a:b", "a\\b",
        "a+b", "a&b=c", "'a'", "\"a\"", "$a", "~a", "-a", " a ", "a\tb"
      })
  void everyLegalPathIsUsedAsItIsSpelled(String name) throws Exception {
    Path warehouse = folder.resolve(name).resolve("tables");
    append(warehouse, "first");
    append(warehouse, "second");

    assertThat(rows(warehouse)).containsExactlyInAnyOrder(row("first"), row("second"));
    assertThat(warehouse.resolve("fingerprints/metadata")).isDirectory();
    try (Stream<Path> entries = Files.list(folder)) {
      assertThat(entries).containsExactly(folder.resolve(name));
    }
  }

  @Test
  void tablesThatAnEarlierReleaseHasMisplacedAreNamed() {
    Path spelled = folder.resolve("a b");
    Path escaped = folder.resolve("a%20b");
    append(escaped, "first");

    assertThatThrownBy(() -> append(spelled, "second"))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("tables fingerprints of paths.warehouse into " + escaped);
    assertThat(spelled).doesNotExist();
  }
}
