package dev.assay.cli.bench.cluster;

import dev.assay.jobs.config.tables.WarehouseSettings;
import dev.assay.jobs.simulation.TableGrowth;
import java.io.IOException;
import java.util.List;
import org.apache.hadoop.conf.Configuration;

/** What commits and upkeep come to in a warehouse that has grown. */
final class TableFigures {
  private static final String IN_BUCKET = "commit_p95_ms_s3";

  private TableFigures() {}

  static List<Figure> of(Setting setting) throws IOException {
    TableGrowth growth =
        grown(WarehouseSettings.of(setting.folder().resolve("tables").toString()), setting);
    return List.of(
        Figure.atMost(
            300,
            "metadata_kb_max",
            growth.metadataKbMax(),
            "kB of the table %s, of %,d evaluations"
                .formatted(growth.largest(), growth.evaluations())),
        Figure.atMost(
            500,
            "commit_p95_ms_file",
            growth.commitP95Ms(),
            "of %,d commits to this disk".formatted(growth.commits())),
        Figure.of("upkeep_p95_ms", growth.upkeepP95Ms(), "of all tables, after an evaluation"),
        inBucket(setting));
  }

  private static Figure inBucket(Setting setting) throws IOException {
    if (setting.bucket().isEmpty()) {
      return Figure.missing(IN_BUCKET, "--s3 names no folder of an object store");
    }
    Bucket bucket = setting.bucket().get();
    TableGrowth growth = grown(bucket.warehouse(setting.folder().resolve("catalog.db")), setting);
    return Figure.atMost(
        1_500,
        IN_BUCKET,
        growth.commitP95Ms(),
        "of %,d commits to %s".formatted(growth.commits(), bucket.address()));
  }

  private static TableGrowth grown(WarehouseSettings warehouse, Setting setting)
      throws IOException {
    return TableGrowth.run(
        warehouse,
        new Configuration(),
        setting.evaluations(),
        done ->
            setting
                .console()
                .move("%,d of %,d evaluations".formatted(done, setting.evaluations())));
  }
}
