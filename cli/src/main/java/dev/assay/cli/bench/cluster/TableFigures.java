package dev.assay.cli.bench.cluster;

import dev.assay.jobs.config.tables.WarehouseSettings;
import dev.assay.jobs.simulation.TableGrowth;
import java.io.IOException;
import java.util.List;
import org.apache.hadoop.conf.Configuration;

/** What commits and upkeep come to in a warehouse that has grown. */
final class TableFigures {
  private TableFigures() {}

  static List<Figure> of(Setting setting) throws IOException {
    TableGrowth growth =
        TableGrowth.run(
            WarehouseSettings.of(setting.folder().resolve("tables").toString()),
            new Configuration(),
            setting.evaluations(),
            done ->
                setting
                    .console()
                    .move("%,d of %,d evaluations".formatted(done, setting.evaluations())));
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
        Figure.missing("commit_p95_ms_s3", "not measured: tables are on this disk alone"));
  }
}
