package dev.assay.interoperation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.assay.jobs.NotReadyException;
import dev.assay.jobs.catalog.WarehouseCatalog;
import dev.assay.jobs.config.ConfigurationException;
import dev.assay.jobs.config.tables.CatalogSettings;
import dev.assay.jobs.config.tables.WarehouseSettings;
import dev.assay.jobs.database.JdbcTables;
import dev.assay.jobs.tables.FingerprintRow;
import dev.assay.jobs.tables.LossRow;
import dev.assay.jobs.tables.Warehouse;
import dev.assay.jobs.tables.WarehouseTable;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.iceberg.DataFiles;
import org.apache.iceberg.PartitionSpec;
import org.apache.iceberg.Table;
import org.apache.iceberg.TableProperties;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.expressions.Expressions;
import org.apache.spark.launcher.JavaModuleOptions;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A warehouse whose catalog is a real PostgreSQL, with what goes wrong there. */
class PostgresqlIT {
  private static final String PASSWORD = "s3cr3t-m4rk3r";
  private static final long SECONDS = 240;

  @TempDir private static Path folder;
  private static PostgresqlServer server;
  private static int warehouses;

  @BeforeAll
  static void start() throws Exception {
    server = PostgresqlServer.start();
    server.createDatabase("assay", PASSWORD);
    server.execute(
        "postgres", "CREATE USER poor PASSWORD '" + PASSWORD + "'", "CREATE DATABASE closed");
    Files.writeString(folder.resolve("password"), PASSWORD + "\n");
    Files.writeString(folder.resolve("wrong"), PASSWORD + "-not");
  }

  @AfterAll
  static void stop() throws Exception {
    server.close();
  }

  /** A new warehouse in the one database. */
  private static WarehouseSettings settings(int port) {
    warehouses++;
    return settings(
        "jdbc:postgresql://127.0.0.1:" + port + "/assay", "assay", "password", "w" + warehouses);
  }

  private static WarehouseSettings settings(String uri, String user, String file, String name) {
    return new WarehouseSettings(
        folder.resolve(name).toString(),
        new CatalogSettings("jdbc", uri, user, folder.resolve(file).toString(), name));
  }

  private static Warehouse open(WarehouseSettings settings) {
    return Warehouse.open(settings, new Configuration());
  }

  private static List<LossRow> losses(int from, int to) {
    return IntStream.range(from, to)
        .mapToObj(
            i -> new LossRow("m", "s" + i, "t", "plain", 512, "f32", "k", "OK", i * 0.5, 7, 100))
        .toList();
  }

  @Test
  void tablesKeepTheirPromises() {
    WarehouseSettings settings = settings(server.port());
    try (Warehouse warehouse = open(settings)) {
      WarehouseTable<LossRow> table = warehouse.table(LossRow.TABLE);
      assertThat(table.append(losses(0, 5))).isEqualTo(5);
      assertThat(table.append(losses(3, 8))).isEqualTo(3);
      for (int row = 8; row < 30; row++) {
        assertThat(table.append(losses(row, row + 1))).isEqualTo(1);
      }
      table.discard(Expressions.equal("sample_id", "s0"));
    }

    try (Warehouse reopened = open(settings)) {
      assertThat(reopened.maintain(Instant.now())).hasSize(1);
      assertThat(reopened.table(LossRow.TABLE).rows())
          .containsExactlyInAnyOrderElementsOf(losses(1, 30));
      assertThat(reopened.table(FingerprintRow.TABLE).rows()).isEmpty();
    }
  }

  @Test
  void racingDriversLoseNothingAndWriteNothingTwice() throws Exception {
    WarehouseSettings settings = settings(server.port());
    ExecutorService drivers = Executors.newFixedThreadPool(4);
    try {
      List<Future<Integer>> counts = new ArrayList<>();
      for (int driver = 0; driver < 4; driver++) {
        counts.add(
            drivers.submit(
                () -> {
                  try (Warehouse own = open(settings)) {
                    return own.table(LossRow.TABLE).append(losses(0, 50));
                  }
                }));
      }
      int total = 0;
      for (Future<Integer> count : counts) {
        total += count.get();
      }
      assertThat(total).isEqualTo(50);
    } finally {
      drivers.shutdownNow();
    }
    try (Warehouse warehouse = open(settings)) {
      assertThat(warehouse.table(LossRow.TABLE).rows()).hasSize(50);
    }
  }

  /** Without the lease of a folder: what the database alone promises. */
  @Test
  void commitsOfTwoDriversFollowEachOther() throws Exception {
    WarehouseSettings settings = settings(server.port());
    try (Warehouse warehouse = open(settings)) {
      warehouse.table(LossRow.TABLE);
    }
    ExecutorService drivers = Executors.newFixedThreadPool(2);
    try {
      List<Future<?>> both =
          Stream.of("one", "two")
              .<Future<?>>map(name -> drivers.submit(() -> commit(settings, name, 15)))
              .toList();
      for (Future<?> each : both) {
        each.get();
      }
    } finally {
      drivers.shutdownNow();
    }
    try (JdbcTables catalog = catalog(settings)) {
      Table table = catalog.loadTable(TableIdentifier.of("losses"));
      assertThat(table.currentSnapshot().summary()).containsEntry("total-data-files", "30");
    }
  }

  private static JdbcTables catalog(WarehouseSettings settings) {
    JdbcTables catalog = new JdbcTables();
    catalog.setConf(new Configuration());
    catalog.initialize("any", Warehouse.catalogProperties(settings));
    return catalog;
  }

  private static void commit(WarehouseSettings settings, String name, int commits) {
    try (JdbcTables catalog = catalog(settings)) {
      Table table = catalog.loadTable(TableIdentifier.of("losses"));
      table.updateProperties().set(TableProperties.COMMIT_NUM_RETRIES, "50").commit();
      for (int i = 0; i < commits; i++) {
        table
            .newFastAppend()
            .appendFile(
                DataFiles.builder(PartitionSpec.unpartitioned())
                    .withPath("file:/losses/data/" + name + i + ".parquet")
                    .withFileSizeInBytes(1)
                    .withRecordCount(1)
                    .build())
            .commit();
      }
    }
  }

  @Test
  void aCommitWhoseAnswerIsLostIsMadeOnceAndItsFileStays() throws Exception {
    try (CutConnections way = new CutConnections(server.port());
        Warehouse warehouse = open(settings(way.port()))) {
      WarehouseTable<LossRow> table = warehouse.table(LossRow.TABLE);
      table.append(losses(0, 2));
      way.cutAfter("UPDATE iceberg_tables");

      int appended = table.append(losses(0, 5));

      assertThat(way.hasCut()).isTrue();
      assertThat(appended).isEqualTo(3);
      assertThat(table.rows()).containsExactlyInAnyOrderElementsOf(losses(0, 5));
      assertThat(table.commits()).isEqualTo(2);
    }
  }

  @Test
  void aServerThatStartsAgainIsWaitedFor() throws Exception {
    try (Warehouse warehouse = open(settings(server.port()))) {
      WarehouseTable<LossRow> table = warehouse.table(LossRow.TABLE);
      table.append(losses(0, 2));
      server.pause();
      Thread again =
          new Thread(
              () -> {
                try {
                  Thread.sleep(2_000);
                  server.resume();
                } catch (Exception failed) {
                  throw new IllegalStateException(failed);
                }
              });
      again.start();

      try {
        assertThat(table.append(losses(0, 4))).isEqualTo(2);
      } finally {
        again.join();
      }
      assertThat(table.rows()).hasSize(4);
    }
  }

  private static Throwable refusal(WarehouseSettings settings) {
    try {
      open(settings).close();
      throw new AssertionError("it opens");
    } catch (RuntimeException refused) {
      assertThat(refused.getMessage()).doesNotContain("\n");
      for (Throwable cause = refused; cause != null; cause = cause.getCause()) {
        assertThat(cause.toString()).doesNotContain(PASSWORD);
      }
      try (Stream<Path> left = Files.list(Path.of(settings.location()))) {
        assertThat(left).isEmpty();
      } catch (java.io.IOException none) {
        // Nothing was made at all.
      }
      return refused;
    }
  }

  @Test
  void whatTheServerRefusesIsOneSentenceWithTheNextStep() {
    String uri = server.uri("assay");

    assertThat(refusal(settings(uri, "assay", "wrong", "no1")))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageStartingWith("catalog.uri " + uri + " refuses the login of assay: ")
        .hasMessageContaining("correct catalog.user, or its password in ASSAY_CATALOG_PASSWORD");
    assertThat(refusal(settings(uri, "nobody", "password", "no2")))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("refuses the login of nobody");
    assertThat(refusal(settings(server.uri("none"), "assay", "password", "no3")))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("/none has no such database")
        .hasMessageEndingWith("; create it");
    assertThat(refusal(settings(server.uri("closed"), "poor", "password", "no4")))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("refuses poor a right: ")
        .hasMessageContaining("GRANT it USAGE and CREATE");
    assertThat(refusal(settings("jdbc:postgresql://127.0.0.1:1/a", "assay", "password", "no5")))
        .isInstanceOf(NotReadyException.class)
        .hasMessageContaining(":1/a does not answer: ");
    assertThat(refusal(settings(uri, "assay", "missing", "no6")))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("missing, which can't be read: it does not exist; correct it");
  }

  @Test
  void aReaderWithoutTheRightToWriteIsToldSo() throws Exception {
    WarehouseSettings settings = settings(server.port());
    try (Warehouse warehouse = open(settings)) {
      warehouse.table(LossRow.TABLE).append(losses(0, 2));
    }
    server.execute("assay", "GRANT SELECT ON iceberg_tables, iceberg_namespace_properties TO poor");
    CatalogSettings own = settings.catalog();
    WarehouseSettings poor =
        new WarehouseSettings(
            settings.location(),
            new CatalogSettings("jdbc", own.uri(), "poor", own.passwordFile(), own.name()));

    try (Warehouse warehouse = open(poor)) {
      WarehouseTable<LossRow> table = warehouse.table(LossRow.TABLE);
      assertThat(table.rows()).hasSize(2);
      assertThatThrownBy(() -> table.append(losses(0, 4)))
          .isInstanceOf(ConfigurationException.class)
          .hasMessageContaining("refuses poor a right: ");
      assertThat(table.rows()).hasSize(2);
    }
  }

  @Test
  void thePasswordIsInNothingThatIsWritten() throws Exception {
    WarehouseSettings settings = settings(server.port());
    try (Warehouse warehouse = open(settings)) {
      warehouse.table(LossRow.TABLE).append(losses(0, 2));
      assertThat(settings.toString() + Warehouse.catalogProperties(settings))
          .doesNotContain(PASSWORD);
    }
    try (JdbcTables catalog = catalog(settings)) {
      assertThat(catalog.loadTable(TableIdentifier.of("losses")).io().properties().toString())
          .doesNotContain(PASSWORD);
    }
    List<Path> written;
    try (Stream<Path> files = Files.walk(Path.of(settings.location()))) {
      written = files.filter(Files::isRegularFile).toList();
    }
    assertThat(written).isNotEmpty().allMatch(file -> !holds(file));
    assertThat(holds(folder.resolve("password"))).isTrue();
  }

  @Test
  void aSessionOfSparkReadsWithThePasswordOfItsEnvironmentAndWritesItNowhere() throws Exception {
    WarehouseSettings settings = settings(server.port());
    try (Warehouse warehouse = open(settings)) {
      warehouse.table(LossRow.TABLE).append(losses(0, 3));
    }
    CatalogSettings own = settings.catalog();
    WarehouseSettings reader =
        new WarehouseSettings(
            settings.location(),
            new CatalogSettings("jdbc", own.uri(), own.user(), "", own.name()));
    Path events = Files.createDirectory(folder.resolve("events"));
    Path output = folder.resolve("reader.log");
    List<String> words = new ArrayList<>(List.of("java"));
    words.addAll(List.of(JavaModuleOptions.defaultModuleOptions().split(" ")));
    words.addAll(List.of("-cp", System.getProperty("java.class.path")));
    words.add(CatalogReader.class.getName());
    words.addAll(List.of("spark.eventLog.enabled=true", "spark.eventLog.dir=" + events.toUri()));
    WarehouseCatalog.settings(reader).forEach((key, value) -> words.add(key + "=" + value));

    ProcessBuilder program = new ProcessBuilder(words).redirectErrorStream(true);
    program.environment().put("ASSAY_CATALOG_PASSWORD", PASSWORD);
    program.environment().put("SPARK_LOCAL_IP", "127.0.0.1");
    Process spark = program.redirectOutput(output.toFile()).start();
    boolean ended = spark.waitFor(SECONDS, TimeUnit.SECONDS);
    spark.destroyForcibly().waitFor();

    assertThat(ended).isTrue();
    assertThat(Files.readString(output)).contains("losses: 3", own.uri()).contains("DEBUG");
    assertThat(words).noneMatch(word -> word.contains(PASSWORD));
    List<Path> written;
    try (Stream<Path> files = Files.walk(events)) {
      written = files.filter(Files::isRegularFile).toList();
    }
    assertThat(written).hasSizeGreaterThanOrEqualTo(1).allMatch(file -> !holds(file));
    assertThat(holds(output)).isFalse();
  }

  private static boolean holds(Path file) {
    try {
      return new String(Files.readAllBytes(file), java.nio.charset.StandardCharsets.ISO_8859_1)
          .contains(PASSWORD);
    } catch (java.io.IOException unreadable) {
      throw new java.io.UncheckedIOException(unreadable);
    }
  }

  /** Of an empty folder and of one with tables: every commit is one statement of the database. */
  @Test
  void commitsTakeNoLongerThanAsked() {
    try (Warehouse warehouse = open(settings(server.port()))) {
      WarehouseTable<LossRow> table = warehouse.table(LossRow.TABLE);
      table.append(losses(0, 1));
      long[] milliseconds = new long[40];
      for (int i = 0; i < milliseconds.length; i++) {
        long start = System.nanoTime();
        table.append(losses(i + 1, i + 2));
        milliseconds[i] = (System.nanoTime() - start) / 1_000_000;
      }
      Arrays.sort(milliseconds);
      System.out.printf(
          "commits by PostgreSQL: median %d ms, p95 %d ms%n", milliseconds[20], milliseconds[38]);
      assertThat(milliseconds[38]).isLessThan(5_000);
    }
  }
}
