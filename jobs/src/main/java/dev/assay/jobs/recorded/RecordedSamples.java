package dev.assay.jobs.recorded;

import java.util.List;
import org.apache.iceberg.spark.SparkSchemaUtil;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;

/** A recorded snapshot as a DataFrame, with the fields of docs/feed.md as columns. */
public final class RecordedSamples {
  private RecordedSamples() {}

  /**
   * All samples. The manifest's signature and every file's digest are checked first, on the driver
   * and a file at a time; executors read the files themselves. The samples' own signatures are not
   * verified.
   *
   * @throws IllegalArgumentException if the snapshot is not what its recorder signed
   */
  public static Dataset<Row> dataFrame(SparkSession spark, RecordedFolder folder) {
    RecordedManifest manifest = folder.manifest();
    manifest.files().forEach(folder::bytes);
    StructType columns = SparkSchemaUtil.convert(RecordedFormat.SCHEMA);
    Dataset<Row> all = spark.createDataFrame(List.of(), columns);
    for (RecordedFormat format : RecordedFormat.values()) {
      String[] files = files(manifest, folder, format);
      if (files.length > 0) {
        all =
            all.union(
                format == RecordedFormat.PARQUET
                    ? spark.read().schema(columns).parquet(files)
                    : spark.read().schema(columns).json(files));
      }
    }
    return all;
  }

  private static String[] files(
      RecordedManifest manifest, RecordedFolder folder, RecordedFormat format) {
    return manifest.files().keySet().stream()
        .filter(name -> RecordedFormat.of(name) == format)
        .map(folder::address)
        .toArray(String[]::new);
  }
}
