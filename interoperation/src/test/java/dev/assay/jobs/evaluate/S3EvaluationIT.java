package dev.assay.jobs.evaluate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.jobs.bundle.BundleFolder;
import dev.assay.jobs.bundle.Bundles;
import dev.assay.jobs.candidates.Candidate;
import dev.assay.jobs.candidates.ChainReading;
import dev.assay.jobs.config.AssayConfiguration;
import dev.assay.jobs.progress.Progress;
import dev.assay.jobs.report.EvaluationReport;
import dev.assay.jobs.spark.SparkRuntime;
import dev.assay.jobs.storage.S3Proxy;
import dev.assay.jobs.tables.CommitmentRow;
import dev.assay.jobs.tables.SampleRow;
import dev.assay.jobs.tables.Warehouse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A window evaluated with tables and bundles in a real object store. */
class S3EvaluationIT {
  @TempDir private Path folder;

  @Test
  void anEvaluationInABucketEndsAsOneInAFolder() throws Exception {
    S3Proxy store = S3Proxy.running();
    String bucket = store.bucket();
    try (HubMiners hub = HubMiners.start(folder)) {
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
              paths: {warehouse: "s3a://%s/tables", bundles: "s3a://%s/bundles"}
              catalog: {type: jdbc, uri: "jdbc:sqlite:%s"}
              %s
              """
                  .formatted(bucket, bucket, folder.resolve("catalog.db"), store.yaml()));
      try (SparkSession spark = SparkRuntime.start(inBucket, Map.of())) {
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
      }
    }
    for (Path object : store.files(bucket)) {
      assertThat(Files.readString(object, StandardCharsets.ISO_8859_1))
          .doesNotContain(S3Proxy.SECRET);
    }
  }

  /** A validator's own settings, with other places where they are given. */
  private AssayConfiguration configuration(HubMiners hub, String name, String places)
      throws Exception {
    Path own = Files.createDirectory(folder.resolve(name));
    hub.configuration(own);
    Path file = own.resolve("assay.yaml");
    String text = Files.readString(file).replaceFirst("spark: .*", "spark: {master: 'local[2]'}");
    Files.writeString(
        file, places.isEmpty() ? text : text.replaceFirst("paths: .*\n", "") + places);
    return AssayConfiguration.load(file, Map.of());
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
