package dev.assay.cli.bench.cluster;

import dev.assay.cli.process.Closing;
import dev.assay.jobs.config.AssayConfiguration;
import dev.assay.jobs.tables.CheckpointRow;
import dev.assay.jobs.tables.Warehouse;
import dev.assay.model.text.ByteTokenizer;
import dev.assay.model.train.LlamaShape;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.hadoop.conf.Configuration;

/** What workers with a store each really fetch, counted by the hub. */
final class DownloadFigures {
  private static final String KEY = "downloads_ratio_real";
  private static final LlamaShape SHAPE =
      new LlamaShape(ByteTokenizer.VOCABULARY, 128, 352, 4, 4, 2, 512);
  private static final int WORKERS = 3;
  private static final int MODELS = 8;
  private static final int WINDOWS = 3;

  /** An executor's own folder, which is its worker's; on Linux alone. */
  private static final Path OWN_FOLDER = Path.of("/proc/self/cwd");

  private DownloadFigures() {}

  static List<Figure> of(Setting setting) throws IOException, InterruptedException {
    if (!Files.isDirectory(OWN_FOLDER)) {
      return List.of(
          Figure.missing(KEY, "workers of one machine have stores of their own on Linux alone"));
    }
    try (Closing closing = new Closing()) {
      Path folder = setting.folder().resolve("downloads");
      BenchSubnet subnet = closing.add(BenchSubnet.start(folder, setting.seed()));
      subnet.join(MODELS, SHAPE);
      setting.console().move("a master and %d workers start".formatted(WORKERS));
      BenchCluster cluster =
          closing.add(BenchCluster.start(folder.resolve("cluster"), WORKERS, System.getenv()));
      AssayConfiguration validator =
          subnet.validator(
              "validator",
              tree -> {
                tree.withObject("/spark").put("master", cluster.master());
                tree.withObject("/evaluation").put("cache", OWN_FOLDER + "/store");
              });
      BenchSession session = closing.add(BenchSession.start(validator, WORKERS, setting.console()));
      long before = subnet.bytesSent();
      for (int window = 0; window < WINDOWS; window++) {
        subnet.nextWindow();
        BenchSession.accepted(MODELS, session.evaluate());
      }
      double unique = uniqueBytes(validator);
      return List.of(
          Figure.atMost(
              1.1,
              KEY,
              (subnet.bytesSent() - before) / unique,
              "bytes that the hub sent, of %d models' %.0f kB; %d windows, %d workers"
                  .formatted(MODELS, unique / 1e3, WINDOWS, WORKERS)));
    }
  }

  private static double uniqueBytes(AssayConfiguration validator) {
    try (Warehouse warehouse = Warehouse.open(validator.warehouse(), new Configuration())) {
      return warehouse.table(CheckpointRow.TABLE).rows().stream()
          .mapToLong(CheckpointRow::bytes)
          .sum();
    }
  }
}
