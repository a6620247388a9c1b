package dev.assay.jobs.tables;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.assay.jobs.config.ConfigurationException;
import dev.assay.jobs.config.tables.WarehouseSettings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.iceberg.Schema;
import org.apache.iceberg.catalog.Catalog;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.expressions.Expressions;
import org.apache.iceberg.hadoop.HadoopCatalog;
import org.apache.iceberg.types.Types;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WarehouseTableTest {
  @TempDir Path folder;
  private Warehouse warehouse;

  @BeforeEach
  void open() {
    warehouse = Warehouse.open(settings(folder), new Configuration());
  }

  /** A warehouse in a folder; other catalogs keep the same promises. */
  WarehouseSettings settings(Path at) {
    return WarehouseSettings.of(at.toString());
  }

  /** The same tables in Iceberg's own words. */
  Catalog catalog() {
    HadoopCatalog catalog = new HadoopCatalog();
    catalog.setConf(new Configuration());
    catalog.initialize("assay", Warehouse.catalogProperties(settings(folder)));
    return catalog;
  }

  @AfterEach
  void close() {
    warehouse.close();
  }

  static LossRow loss(String model, String sample, double sum) {
    return new LossRow(model, sample, "t", "plain", 512, "f32", "k1", "OK", sum, 7, 100);
  }

  @Test
  void whatIsAppendedIsRead() {
    WarehouseTable<LossRow> losses = warehouse.table(LossRow.TABLE);
    List<LossRow> rows = List.of(loss("a", "1", 1.25), loss("b", "1", Double.NaN));

    assertThat(losses.append(rows)).isEqualTo(2);
    assertThat(losses.rows()).containsExactlyElementsOf(rows);
    assertThat(losses.rows(Expressions.equal("model_digest", "b"))).containsExactly(rows.get(1));
  }

  /** Two columns of a loss, in another order than the table's. */
  public record Part(int tokens, String sampleId) {}

  @Test
  void someColumnsAreReadAloneAndOthersFilter() {
    WarehouseTable<LossRow> losses = warehouse.table(LossRow.TABLE);
    losses.append(List.of(loss("a", "1", 1), loss("b", "2", 2)));

    assertThat(losses.rows(Part.class, Expressions.equal("model_digest", "b")))
        .containsExactly(new Part(7, "2"));
  }

  @Test
  void appendingTwiceWritesNothingTwice() {
    WarehouseTable<LossRow> losses = warehouse.table(LossRow.TABLE);
    losses.append(List.of(loss("a", "1", 1), loss("a", "2", 2)));

    int appended = losses.append(List.of(loss("a", "2", 99), loss("a", "3", 3), loss("a", "3", 4)));

    assertThat(appended).isEqualTo(1);
    assertThat(losses.rows())
        .containsExactlyInAnyOrder(loss("a", "1", 1), loss("a", "2", 2), loss("a", "3", 3));
    assertThat(losses.append(List.of(loss("a", "1", 1)))).isZero();
    assertThat(losses.commits()).isEqualTo(2);
  }

  @Test
  void everyPartOfTheKeyTellsRowsApart() {
    WarehouseTable<LossRow> losses = warehouse.table(LossRow.TABLE);
    losses.append(
        List.of(
            new LossRow("m", "s", "t", "plain", 512, "f32", "k1", "OK", 1, 1, 100),
            new LossRow("m", "s", "u", "plain", 512, "f32", "k1", "OK", 1, 1, 100),
            new LossRow("m", "s", "t", "llama", 512, "f32", "k1", "OK", 1, 1, 100),
            new LossRow("m", "s", "t", "plain", 511, "f32", "k1", "OK", 1, 1, 100),
            new LossRow("m", "s", "t", "plain", 512, "bf16", "k1", "OK", 1, 1, 100),
            new LossRow("m", "s", "t", "plain", 512, "f32", "k2", "OK", 1, 1, 100)));

    assertThat(losses.rows()).hasSize(6);
  }

  @Test
  void keysAreRespectedBeyondTheValuesThatPruningCompares() {
    WarehouseTable<SampleRow> samples = warehouse.table(SampleRow.TABLE);
    List<SampleRow> rows =
        IntStream.range(0, 500)
            .mapToObj(
                i -> new SampleRow("id" + i, "p" + i, "r" + i, "source", i, Instant.EPOCH, "ab"))
            .toList();

    assertThat(samples.append(rows)).isEqualTo(500);
    assertThat(samples.append(rows)).isZero();
  }

  private static EvidenceRow evidence(String evaluation, String later) {
    return new EvidenceRow(
        evaluation, "b1", "earlier", later, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, true);
  }

  @Test
  void whatAnIdHasLeftIsDiscardedWhateverStatisticsSayOfIt() {
    // As long as ids are, and alike in what Iceberg keeps of them.
    String debris = "0123456789abcdef".repeat(4);
    String other = "0123456789abcdef".repeat(3) + "fedcba9876543210";
    WarehouseTable<EvidenceRow> table = warehouse.table(EvidenceRow.TABLE);
    table.discard(Expressions.equal("evaluation", debris));
    table.append(List.of(evidence(other, "a")));
    table.append(List.of(evidence(debris, "a"), evidence(debris, "b")));

    table.discard(Expressions.equal("evaluation", debris));

    assertThat(table.rows()).containsExactly(evidence(other, "a"));
    assertThat(table.append(List.of(evidence(debris, "a")))).isEqualTo(1);
  }

  @Test
  void whatSharesAFileWithDiscardedRowsStays() {
    WarehouseTable<EvidenceRow> table = warehouse.table(EvidenceRow.TABLE);
    table.append(List.of(evidence("done", "a"), evidence("debris", "a"), evidence("debris", "b")));

    table.discard(Expressions.equal("evaluation", "debris"));
    table.discard(Expressions.equal("evaluation", "debris"));

    assertThat(table.rows()).containsExactly(evidence("done", "a"));
    assertThat(table.commits()).isEqualTo(2);
  }

  @Test
  void aClockThatWasSetBackStopsNoCommit() {
    WarehouseTable<EvidenceRow> table = warehouse.table(EvidenceRow.TABLE);
    table.append(List.of(evidence("first", "a")));
    table.append(List.of(evidence("second", "a")));
    shiftTimes("evidence", 86_400_000);

    WarehouseTable<EvidenceRow> reopened =
        Warehouse.open(settings(folder), new Configuration()).table(EvidenceRow.TABLE);
    reopened.append(List.of(evidence("third", "a")));
    reopened.discard(Expressions.equal("evaluation", "first"));

    assertThat(reopened.rows())
        .containsExactlyInAnyOrder(evidence("second", "a"), evidence("third", "a"));
  }

  /** What is on disk after commits by a clock that went ahead. */
  private void shiftTimes(String name, long milliseconds) {
    Path metadata = folder.resolve(name).resolve("metadata");
    try (Stream<Path> files = Files.list(metadata)) {
      for (Path file : files.filter(each -> each.toString().endsWith(".json")).toList()) {
        String shifted =
            Pattern.compile("(\"(?:timestamp|last-updated)-ms\" ?: ?)(\\d+)")
                .matcher(Files.readString(file))
                .replaceAll(time -> time.group(1) + (Long.parseLong(time.group(2)) + milliseconds));
        Files.writeString(file, shifted);
        Files.deleteIfExists(metadata.resolve("." + file.getFileName() + ".crc"));
      }
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
  }

  @Test
  void aRestartedDriverFindsItsRows() {
    WeightRow row =
        new WeightRow(
            6,
            0,
            "5Hotkey",
            12,
            "INTENT",
            0,
            "evaluation",
            List.of(1, 2),
            List.of(65_535, 1),
            2,
            Optional.empty(),
            Optional.of(77L),
            Optional.of("0xab"),
            99,
            "",
            Instant.parse("2026-01-02T03:04:05.678901Z"),
            Optional.of("0xcd"),
            List.of(65_535, 0),
            Optional.empty(),
            Optional.of("0xef"),
            Optional.of("0102"));
    warehouse.table(WeightRow.TABLE).append(List.of(row));

    try (Warehouse reopened = Warehouse.open(settings(folder), new Configuration())) {
      assertThat(reopened.table(WeightRow.TABLE).rows()).containsExactly(row);
    }
  }

  @Test
  void aTableOfAnEarlierReleaseGetsTheColumnsThatWereAddedSince() {
    List<Types.NestedField> columns = WeightRow.TABLE.schema().columns();
    Schema earlier = new Schema(columns.subList(0, columns.size() - 2));
    catalog().createTable(TableIdentifier.of("weights"), earlier);

    WarehouseTable<WeightRow> weights = warehouse.table(WeightRow.TABLE);

    assertThat(weights.rows()).isEmpty();
    assertThat(columns.subList(columns.size() - 2, columns.size()))
        .extracting(Types.NestedField::name)
        .containsExactly("genesis", "extrinsic");
  }

  /** The columns of 07de487. */
  record EarlierCommitment(
      int netuid,
      long block,
      String blockHash,
      String hotkey,
      int uid,
      long registeredBlock,
      long committedBlock,
      String data,
      Optional<String> text) {}

  @Test
  void commitmentsOfAnEarlierReleaseAreReadAndAddedTo() {
    List<String> key = CommitmentRow.TABLE.key();
    warehouse
        .table(new TableDefinition<>("commitments", EarlierCommitment.class, key))
        .append(List.of(new EarlierCommitment(6, 9, "0x", "5A", 1, 2, 3, "61", Optional.of("a"))));
    CommitmentRow flag =
        new CommitmentRow(
            6, 10, "0x", "5A", 1, 2, 4, "", Optional.empty(), Optional.of("ResetBondsFlag"));

    WarehouseTable<CommitmentRow> commitments = warehouse.table(CommitmentRow.TABLE);
    commitments.append(List.of(flag));

    assertThat(commitments.rows())
        .containsExactlyInAnyOrder(
            flag,
            new CommitmentRow(6, 9, "0x", "5A", 1, 2, 3, "61", Optional.of("a"), Optional.empty()));
  }

  @Test
  void aTableOfAnotherReleaseIsNamedInsteadOfMisread() {
    catalog()
        .createTable(
            TableIdentifier.of("weights"),
            new Schema(Types.NestedField.required(1, "netuid", Types.IntegerType.get())));

    assertThatThrownBy(() -> warehouse.table(WeightRow.TABLE))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining(
            "weights has the columns [netuid], this release writes [netuid, mech");
  }

  @Test
  void racingWritersTogetherWriteEachRowOnce() throws Exception {
    ExecutorService writers = Executors.newFixedThreadPool(4);
    try {
      List<Future<Integer>> counts =
          IntStream.range(0, 4)
              .mapToObj(
                  writer ->
                      writers.submit(
                          () -> {
                            try (Warehouse own =
                                Warehouse.open(settings(folder), new Configuration())) {
                              return own.table(LossRow.TABLE)
                                  .append(
                                      IntStream.range(0, 50)
                                          .mapToObj(i -> loss("m", "s" + i, i))
                                          .toList());
                            }
                          }))
              .toList();
      int total = 0;
      for (Future<Integer> count : counts) {
        total += count.get();
      }

      assertThat(total).isEqualTo(50);
      assertThat(warehouse.table(LossRow.TABLE).rows()).hasSize(50);
    } finally {
      writers.shutdownNow();
    }
  }

  @Test
  void everyTableOfTheDesignHasItsKey() {
    assertThat(Warehouse.TABLES)
        .extracting(TableDefinition::name)
        .containsExactly(
            "samples",
            "commitments",
            "checkpoints",
            "verdicts",
            "losses",
            "attempts",
            "fingerprints",
            "scores",
            "evidence",
            "weights",
            "evaluations",
            "chain");
    for (TableDefinition<?> table : Warehouse.TABLES) {
      assertThat(table.schema().select(table.key()).columns())
          .as(table.name())
          .hasSameSizeAs(table.key())
          .allMatch(Types.NestedField::isRequired);
    }
  }

  @Test
  void columnsAreNamedInSnakeCaseInTheRowsOrder() {
    assertThat(WeightRow.TABLE.schema().columns())
        .extracting(Types.NestedField::name)
        .startsWith("netuid", "mechanism", "hotkey", "window")
        .contains("version_key", "extrinsic_hash", "recorded_at");
    assertThat(ScoreRow.TABLE.schema().findField("weight_u16")).isNotNull();
  }
}
