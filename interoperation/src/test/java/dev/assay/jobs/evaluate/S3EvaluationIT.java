package dev.assay.jobs.evaluate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.interoperation.DriverLog;
import dev.assay.interoperation.PlantedSecrets;
import dev.assay.interoperation.PostgresqlServer;
import dev.assay.jobs.bundle.BundleFolder;
import dev.assay.jobs.bundle.Bundles;
import dev.assay.jobs.candidates.Candidate;
import dev.assay.jobs.candidates.ChainReading;
import dev.assay.jobs.config.AssayConfiguration;
import dev.assay.jobs.progress.Progress;
import dev.assay.jobs.report.EvaluationReport;
import dev.assay.jobs.spark.SparkRuntime;
import dev.assay.jobs.storage.S3Proxy;
import dev.assay.jobs.tables.AttemptRow;
import dev.assay.jobs.tables.CommitmentRow;
import dev.assay.jobs.tables.EvaluationRow;
import dev.assay.jobs.tables.SampleRow;
import dev.assay.jobs.tables.TableDefinition;
import dev.assay.jobs.tables.Warehouse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A window evaluated with tables, bundles and Spark's event log in a real object store, and the
 * tables' catalog in a real PostgreSQL.
 */
class S3EvaluationIT {
  private static final String PASSWORD = "c4t4l0g-m4rk3r";

  @TempDir private Path folder;

  @Test
  void anEvaluationInABucketEndsAsOneInAFolderAndShowsNoSecret() throws Exception {
    S3Proxy store = S3Proxy.running();
    String bucket = store.bucket();
    PlantedSecrets secrets = new PlantedSecrets(List.of(PASSWORD, S3Proxy.SECRET, HubMiners.TOKEN));
    Path work = executorLogs();
    try (HubMiners hub = HubMiners.start(folder);
        PostgresqlServer server = PostgresqlServer.start()) {
      server.createDatabase("assay", PASSWORD);
      List<CommitmentRow> commitments = new ArrayList<>();
      for (int uid = 1; uid <= 2; uid++) {
        String name = "m" + uid;
        commitments.add(
            HubMiners.commitment(
                uid, name, 5, hub.publish(name, hub.checkpoint(name, 100 + uid, 1), name)));
      }
      AssayConfiguration inFolder = configuration(hub, "folder", "");
      AssayConfiguration inBucket =
          configuration(
              hub,
              "bucket",
              """
              paths:
                warehouse: "s3a://%s/tables"
                bundles: "s3a://%s/bundles"
                events: "s3a://%s/events"
              catalog: {type: jdbc, uri: "%s", user: assay, password_file: "%s"}
              %s
              """
                  .formatted(
                      bucket,
                      bucket,
                      bucket,
                      server.uri("assay"),
                      Files.writeString(folder.resolve("password"), PASSWORD),
                      store.yaml()));
      try (DriverLog log = DriverLog.open();
          SparkSession spark = SparkRuntime.start(inBucket, System.getenv())) {
        EvaluationReport expected = evaluate(spark, inFolder, commitments);

        EvaluationReport report = evaluate(spark, inBucket, commitments);

        assertThat(report.models()).allMatch(model -> model.verdict().equals("ACCEPTED"));
        assertThat(report.models()).isEqualTo(expected.models());
        assertThat(report.vector()).isEqualTo(expected.vector());
        assertThat(report.evaluation()).isEqualTo(expected.evaluation());
        BundleFolder bundle = Bundles.of(inBucket).named("latest");
        assertThat(bundle.address())
            .isEqualTo("s3a://%s/bundles/%s".formatted(bucket, report.evaluation()));
        assertThat(bundle.damaged()).isEmpty();
        assertThat(bundle.replay()).isEmpty();
        assertThat(spark.conf().get("spark.hadoop.fs.s3a.endpoint"))
            .isEqualTo(store.settings().endpoint());
        assertInNoRow(secrets, inFolder, inBucket);
        assertThat(log.text()).contains("Running Spark version");
        secrets.areNotIn(log.text(), "the driver's log");
        secrets.areInNoCommandLine();
        secrets.areOnNoPage(spark.sparkContext().uiWebUrl().get(), "spark.hadoop.fs.s3a.endpoint");
      }
      assertThat(server.rows("assay", "iceberg_tables"))
          .anyMatch(row -> row.contains("losses"))
          .allSatisfy(row -> secrets.areNotIn(row, row));
    }
    List<Path> objects = store.files(bucket);
    assertThat(objects).anyMatch(object -> object.toString().contains("/events/"));
    secrets.areInNone(objects);
    secrets.areInNone(files(work));
  }

  /** Compression hides the rows' words in the tables' files. */
  private static void assertInNoRow(PlantedSecrets secrets, AssayConfiguration... validators) {
    for (AssayConfiguration validator : validators) {
      try (Warehouse warehouse = Warehouse.open(validator.warehouse(), new Configuration())) {
        for (TableDefinition<?> definition : Warehouse.TABLES) {
          List<? extends Record> rows = warehouse.table(definition).rows();
          rows.forEach(row -> secrets.areNotIn(row.toString(), definition.name()));
        }
        assertThat(warehouse.table(EvaluationRow.TABLE).rows()).hasSize(1);
        assertThat(warehouse.table(AttemptRow.TABLE).rows()).isNotEmpty();
      }
    }
  }

  /** Where Spark keeps them; an executor runs on the driver's class path, so its jars are none. */
  private static Path executorLogs() throws Exception {
    Path home = Path.of(System.getenv("SPARK_HOME"));
    Files.createDirectories(home.resolve("jars"));
    return home.resolve("work");
  }

  private static List<Path> files(Path folder) throws Exception {
    try (Stream<Path> files = Files.walk(folder)) {
      return files.filter(Files::isRegularFile).toList();
    }
  }

  /** A validator's own settings, with other places where they are given. */
  private AssayConfiguration configuration(HubMiners hub, String name, String places)
      throws Exception {
    Path own = Files.createDirectory(folder.resolve(name));
    hub.configuration(own);
    Path file = own.resolve("assay.yaml");
    String text =
        Files.readString(file)
            .replaceFirst("spark: .*", "spark: {executors: 1, executor_memory: 512MiB, ui: true}");
    Files.writeString(
        file, places.isEmpty() ? text : text.replaceFirst("paths: .*\n", "") + places);
    return AssayConfiguration.load(file, Map.of("ASSAY_HUB_TOKEN", HubMiners.TOKEN));
  }

  private static EvaluationReport evaluate(
      SparkSession spark, AssayConfiguration configuration, List<CommitmentRow> commitments)
      throws Exception {
    List<SampleRow> samples = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      samples.add(HubMiners.sample("sample", i, 10 + i % 10));
    }
    ChainReading reading = EvaluationIT.input(HubMiners.BLOCK, commitments);
    try (Warehouse warehouse = Warehouse.open(configuration.warehouse(), new Configuration())) {
      warehouse.table(SampleRow.TABLE).append(samples);
      return new Evaluate(configuration, spark, warehouse, Progress.silent(), Clock.systemUTC())
          .alone(reading, Candidate.all(reading, configuration.competitions()));
    }
  }
}
