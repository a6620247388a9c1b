package dev.assay.jobs.tables;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.jobs.upkeep.TableUpkeep;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.iceberg.expressions.Expressions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MaintenanceTest {
  private static final int COMMITS = 30;

  @TempDir private Path folder;

  private static LossRow loss(int number) {
    return new LossRow(
        "m", "s" + number, "t", "plain", 8, "f32", "k", "OK", number, 1, number / 10);
  }

  private static void fill(Warehouse warehouse, int from) {
    WarehouseTable<LossRow> losses = warehouse.table(LossRow.TABLE);
    for (int number = from; number < from + COMMITS; number++) {
      losses.append(List.of(loss(number)));
    }
  }

  private static TableUpkeep maintained(Warehouse warehouse, Instant now) {
    List<TableUpkeep> done = warehouse.maintain(now);
    assertThat(done).hasSize(1);
    return done.get(0);
  }

  private static List<Path> files(Path table, String part) throws Exception {
    try (Stream<Path> files = Files.list(table.resolve(part))) {
      return files.filter(file -> !file.getFileName().toString().startsWith(".")).toList();
    }
  }

  @Test
  void manyCommitsBecomeFewFilesAndNoRowChanges() throws Exception {
    try (Warehouse warehouse = Warehouse.open(folder.toString(), new Configuration())) {
      fill(warehouse, 0);
      List<LossRow> before = warehouse.table(LossRow.TABLE).rows();

      TableUpkeep done = maintained(warehouse, Instant.now().plus(Duration.ofHours(1)));

      assertThat(done.filesBefore()).isEqualTo(COMMITS);
      assertThat(done.files()).isEqualTo(1);
      assertThat(done.snapshots()).isEqualTo(20);
      assertThat(warehouse.table(LossRow.TABLE).rows()).containsExactlyInAnyOrderElementsOf(before);
      assertThat(warehouse.table(LossRow.TABLE).append(before)).isZero();
    }
  }

  private static List<LossRow> losses(int from, int count) {
    return IntStream.range(from, from + count).mapToObj(MaintenanceTest::loss).toList();
  }

  @Test
  void aFileOfManyRowsIsWrittenAgainOnceAsManyMoreHaveCome() throws Exception {
    Instant later = Instant.now().plus(Duration.ofHours(1));
    try (Warehouse warehouse = Warehouse.open(folder.toString(), new Configuration())) {
      warehouse.table(LossRow.TABLE).append(losses(100_000, 60_000));
      fill(warehouse, 0);

      assertThat(maintained(warehouse, later).files()).isEqualTo(2);

      WarehouseTable<LossRow> table = warehouse.table(LossRow.TABLE);
      for (int commit = 0; commit < 17; commit++) {
        table.append(losses(200_000 + 5_000 * commit, 5_000));
      }
      assertThat(maintained(warehouse, later).files()).isEqualTo(1);
      assertThat(table.rows()).hasSize(60_000 + COMMITS + 17 * 5_000);
    }
  }

  @Test
  void metadataStaysSmallHoweverManyRoundsThereAre() throws Exception {
    try (Warehouse warehouse = Warehouse.open(folder.toString(), new Configuration())) {
      fill(warehouse, 0);
      long once = maintained(warehouse, Instant.now().plus(Duration.ofHours(1))).metadataBytes();
      for (int round = 1; round <= 4; round++) {
        fill(warehouse, round * COMMITS);
        maintained(warehouse, Instant.now().plus(Duration.ofHours(1)));
      }

      TableUpkeep last = maintained(warehouse, Instant.now().plus(Duration.ofHours(1)));
      assertThat(last.metadataBytes()).isLessThan(once * 3 / 2).isLessThan(50_000);
      assertThat(files(folder.resolve("losses"), "metadata")).hasSizeLessThan(150);
      assertThat(warehouse.table(LossRow.TABLE).rows()).hasSize(5 * COMMITS);
    }
  }

  @Test
  void snapshotsThatReadersMayBeAtStay() {
    try (Warehouse warehouse = Warehouse.open(folder.toString(), new Configuration())) {
      fill(warehouse, 0);

      TableUpkeep done = maintained(warehouse, Instant.now());

      assertThat(done.snapshots()).isEqualTo(COMMITS + 1);
    }
  }

  @Test
  void whatAKilledWriterLeftGoesAfterADayAndACopysOriginalIsLeftAlone() throws Exception {
    Path original = folder.resolve("original");
    Path copy = folder.resolve("copy");
    try (Warehouse warehouse = Warehouse.open(original.toString(), new Configuration())) {
      fill(warehouse, 0);
    }
    copy(original, copy);
    try (Warehouse warehouse = Warehouse.open(original.toString(), new Configuration())) {
      warehouse.table(LossRow.TABLE).append(List.of(loss(1_000)));
    }
    Path debris = Files.writeString(copy.resolve("losses/data/debris.parquet"), "half a file");
    Path young = Files.writeString(copy.resolve("losses/data/young.parquet"), "half a file");
    for (Path file : files(original.resolve("losses"), "data")) {
      Files.setLastModifiedTime(file, FileTime.from(Instant.EPOCH));
    }
    Files.setLastModifiedTime(debris, FileTime.from(Instant.EPOCH));

    try (Warehouse warehouse = Warehouse.open(copy.toString(), new Configuration())) {
      assertThat(maintained(warehouse, Instant.now()).orphans()).isEqualTo(1);
      assertThat(warehouse.table(LossRow.TABLE).rows()).hasSize(COMMITS);
    }
    assertThat(debris).doesNotExist();
    assertThat(young).exists();
    try (Warehouse warehouse = Warehouse.open(original.toString(), new Configuration())) {
      assertThat(warehouse.table(LossRow.TABLE).rows()).hasSize(COMMITS + 1);
    }
  }

  @Test
  void oldFilesThatOnlyAnOldSnapshotHasStayWithIt() throws Exception {
    try (Warehouse warehouse = Warehouse.open(folder.toString(), new Configuration())) {
      WarehouseTable<LossRow> losses = warehouse.table(LossRow.TABLE);
      losses.append(List.of(loss(1), loss(2)));
      losses.discard(Expressions.equal("sample_id", "s1"));
      List<Path> before = files(folder.resolve("losses"), "data");
      for (Path file : before) {
        Files.setLastModifiedTime(file, FileTime.from(Instant.EPOCH));
      }

      assertThat(maintained(warehouse, Instant.now()).orphans()).isZero();

      assertThat(before).hasSize(2).allMatch(Files::exists);
    }
  }

  private static void copy(Path from, Path to) throws Exception {
    try (Stream<Path> files = Files.walk(from)) {
      for (Path file : files.toList()) {
        Files.copy(file, to.resolve(from.relativize(file)));
      }
    }
  }

  @Test
  void anotherWritersRowsAreSeenByOneThatKeepsKeys() {
    try (Warehouse one = Warehouse.open(folder.toString(), new Configuration());
        Warehouse other = Warehouse.open(folder.toString(), new Configuration())) {
      WarehouseTable<LossRow> first = one.table(LossRow.TABLE);
      first.append(List.of(loss(1)));
      other.table(LossRow.TABLE).append(List.of(loss(2)));

      assertThat(first.append(List.of(loss(1), loss(2), loss(3)))).isEqualTo(1);
      first.discard(Expressions.equal("sample_id", "s3"));
      assertThat(first.append(List.of(loss(3)))).isEqualTo(1);
    }
  }
}
