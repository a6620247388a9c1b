package dev.assay.interoperation;

import static dev.assay.interoperation.RowAppender.losses;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.assay.jobs.NotReadyException;
import dev.assay.jobs.catalog.WarehouseCatalog;
import dev.assay.jobs.config.ConfigurationException;
import dev.assay.jobs.config.tables.WarehouseSettings;
import dev.assay.jobs.storage.Lease;
import dev.assay.jobs.storage.S3Client;
import dev.assay.jobs.storage.S3Proxy;
import dev.assay.jobs.tables.LossRow;
import dev.assay.jobs.tables.Warehouse;
import dev.assay.jobs.tables.WarehouseTable;
import dev.assay.jobs.upkeep.TableUpkeep;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.iceberg.expressions.Expressions;
import org.apache.spark.launcher.JavaModuleOptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tables in a real object store, their catalog in SQLite, with what goes wrong there. */
class S3WarehouseIT {
  private static final long SECONDS = 120;
  private static final Pattern APPENDED = Pattern.compile("appended: ([0-9]+)");

  @TempDir private Path folder;
  private final S3Proxy store = S3Proxy.running();
  private final String bucket = store.bucket();

  private WarehouseSettings settings(int port) {
    return RowAppender.settings("s3a://" + bucket + "/tables", folder.resolve("catalog.db"), port);
  }

  private Warehouse open() {
    return Warehouse.open(settings(store.port()), new Configuration());
  }

  @Test
  void tablesKeepTheirPromises() throws Exception {
    long[] milliseconds = new long[16];
    try (Warehouse warehouse = open()) {
      WarehouseTable<LossRow> table = warehouse.table(LossRow.TABLE);
      assertThat(table.append(losses(0, 5))).isEqualTo(5);
      assertThat(table.append(losses(3, 8))).isEqualTo(3);
      for (int commit = 0; commit < milliseconds.length; commit++) {
        long start = System.nanoTime();
        table.append(losses(commit + 8, commit + 9));
        milliseconds[commit] = (System.nanoTime() - start) / 1_000_000;
      }
      table.discard(Expressions.equal("sample_id", "s0"));
    }
    Arrays.sort(milliseconds);
    System.out.printf(
        "commits to s3proxy: median %d ms, second slowest of %d %d ms%n",
        milliseconds[8], milliseconds.length, milliseconds[14]);

    String left = "s3a://" + bucket + "/tables/losses/data/left.parquet";
    files().create(new org.apache.hadoop.fs.Path(left)).close();

    try (Warehouse reopened = open()) {
      // A day and an hour from now, what nothing refers to is old.
      TableUpkeep upkeep = reopened.maintain(Instant.now().plus(Duration.ofHours(25))).get(0);
      assertThat(upkeep.files()).isLessThan(upkeep.filesBefore());
      assertThat(upkeep.orphans()).isEqualTo(1);
      assertThat(files().exists(new org.apache.hadoop.fs.Path(left))).isFalse();
      assertThat(reopened.table(LossRow.TABLE).rows())
          .containsExactlyInAnyOrderElementsOf(losses(1, 24));
    }
  }

  private FileSystem files() throws IOException {
    return FileSystem.get(
        URI.create("s3a://" + bucket),
        S3Client.configuration(new Configuration(), store.settings()));
  }

  @Test
  void driversOfTwoProcessesLoseNothingAndWriteNothingTwice() throws Exception {
    Path go = folder.resolve("go");
    List<Path> outputs = List.of(folder.resolve("one"), folder.resolve("two"));
    List<Process> drivers = new ArrayList<>();
    for (Path output : outputs) {
      drivers.add(
          program(
              output,
              RowAppender.class,
              List.of(
                  "s3a://" + bucket + "/tables",
                  folder.resolve("catalog.db").toString(),
                  Integer.toString(store.port()),
                  go.toString(),
                  "8")));
    }
    for (Path output : outputs) {
      awaitWord(output, "ready");
    }
    Files.createFile(go);
    int appended = 0;
    for (int driver = 0; driver < outputs.size(); driver++) {
      end(drivers.get(driver));
      Matcher count = APPENDED.matcher(Files.readString(outputs.get(driver)));
      assertThat(count.find()).as(Files.readString(outputs.get(driver))).isTrue();
      appended += Integer.parseInt(count.group(1));
    }

    assertThat(appended).isEqualTo(8);
    try (Warehouse warehouse = open()) {
      assertThat(warehouse.table(LossRow.TABLE).rows())
          .containsExactlyInAnyOrderElementsOf(losses(0, 8));
    }
  }

  @Test
  void oneDriverAtATimeHasALease() {
    try (Warehouse one = open();
        Warehouse two = open()) {
      Lease held = one.lease("evaluate").orElseThrow();
      assertThat(two.lease("evaluate")).isEmpty();
      held.close();
      Optional<Lease> next = two.lease("evaluate");
      assertThat(next).isPresent();
      next.get().close();
    }
  }

  @Test
  void aBucketThatIsNotThereIsToldBeforeAnythingIsWritten() {
    WarehouseSettings nowhere =
        RowAppender.settings("s3a://nowhere/tables", folder.resolve("catalog.db"), store.port());

    assertThatThrownBy(() -> Warehouse.open(nowhere, new Configuration()))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageStartingWith("s3a://nowhere/tables cannot be listed: there is no such bucket");
    assertThat(folder).isEmptyDirectory();
  }

  @Test
  void aStoreThatGoesAwayBeforeACommitLeavesNothingHalfWritten() throws Exception {
    Configuration impatient = new Configuration();
    impatient.set("fs.s3a.attempts.maximum", "1");
    impatient.set("fs.s3a.retry.limit", "1");
    try (CutConnections way = new CutConnections(store.port());
        Warehouse warehouse = Warehouse.open(settings(way.port()), impatient)) {
      WarehouseTable<LossRow> table = warehouse.table(LossRow.TABLE);
      table.append(losses(0, 2));
      way.end();

      assertThatThrownBy(() -> table.append(losses(0, 5)))
          .isInstanceOf(NotReadyException.class)
          .hasMessageStartingWith("s3a://" + bucket + "/tables: the object store doesn't do it: ")
          .hasMessageEndingWith("; start it or correct s3.endpoint, then run again");
    }
    // Hadoop keeps one client a bucket, which goes on asking where nobody answers.
    FileSystem.get(URI.create("s3a://" + bucket), impatient).close();
    try (Warehouse warehouse = open()) {
      WarehouseTable<LossRow> table = warehouse.table(LossRow.TABLE);
      assertThat(table.rows()).containsExactlyInAnyOrderElementsOf(losses(0, 2));
      assertThat(table.append(losses(0, 5))).isEqualTo(3);
    }
  }

  @Test
  void sparkReadsTablesAndKeepsItsEventsThereAndWritesTheSecretNowhere() throws Exception {
    try (Warehouse warehouse = open()) {
      warehouse.table(LossRow.TABLE).append(losses(0, 3));
    }
    files().mkdirs(new org.apache.hadoop.fs.Path("s3a://" + bucket + "/events"));
    List<String> words = new ArrayList<>();
    words.add("spark.eventLog.enabled=true");
    words.add("spark.eventLog.dir=s3a://" + bucket + "/events");
    Map<String, String> client = S3Client.settings(store.settings());
    client.forEach((key, value) -> words.add("spark.hadoop." + key + "=" + value));
    WarehouseCatalog.settings(settings(store.port()))
        .forEach((key, value) -> words.add(key + "=" + value));
    Path output = folder.resolve("reader.log");

    end(program(output, CatalogReader.class, words));

    assertThat(Files.readString(output)).contains("losses: 3").contains("DEBUG");
    assertThat(holdsSecret(output)).isFalse();
    assertThat(words).noneMatch(word -> word.contains(S3Proxy.SECRET));
    List<Path> objects = store.files(bucket);
    assertThat(objects).anyMatch(object -> object.toString().contains("/events/"));
    assertThat(objects).noneMatch(S3WarehouseIT::holdsSecret);
    assertThat(settings(store.port()).toString()).doesNotContain(S3Proxy.SECRET);
    Path planted = Files.writeString(folder.resolve("planted"), "a" + S3Proxy.SECRET);
    assertThat(holdsSecret(planted)).isTrue();
  }

  private static Process program(Path output, Class<?> main, List<String> arguments)
      throws IOException {
    List<String> words = new ArrayList<>(List.of("java", "-XX:TieredStopAtLevel=1"));
    words.addAll(List.of(JavaModuleOptions.defaultModuleOptions().split(" ")));
    words.addAll(List.of("-cp", System.getProperty("java.class.path"), main.getName()));
    words.addAll(arguments);
    ProcessBuilder program = new ProcessBuilder(words).redirectErrorStream(true);
    program.environment().put("SPARK_LOCAL_IP", "127.0.0.1");
    return program.redirectOutput(output.toFile()).start();
  }

  private static void end(Process process) throws InterruptedException {
    boolean ended = process.waitFor(SECONDS, TimeUnit.SECONDS);
    process.destroyForcibly().waitFor();
    assertThat(ended).isTrue();
  }

  private static void awaitWord(Path output, String word) throws Exception {
    long deadline = System.nanoTime() + Duration.ofSeconds(SECONDS).toNanos();
    while (!Files.readString(output).contains(word)) {
      assertThat(System.nanoTime()).as(Files.readString(output)).isLessThan(deadline);
      Thread.sleep(20);
    }
  }

  private static boolean holdsSecret(Path file) {
    try {
      return new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1)
          .contains(S3Proxy.SECRET);
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }
}
