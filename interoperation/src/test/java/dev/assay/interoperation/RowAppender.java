package dev.assay.interoperation;

import dev.assay.jobs.config.tables.CatalogSettings;
import dev.assay.jobs.config.tables.WarehouseSettings;
import dev.assay.jobs.storage.S3Proxy;
import dev.assay.jobs.tables.LossRow;
import dev.assay.jobs.tables.Warehouse;
import dev.assay.jobs.tables.WarehouseTable;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.hadoop.conf.Configuration;

/**
 * A driver of its own: appends losses one by one, and prints how many it was the first to write.
 */
final class RowAppender {
  private RowAppender() {}

  static WarehouseSettings settings(String location, Path database, int port) {
    return new WarehouseSettings(
        location,
        new CatalogSettings("jdbc", "jdbc:sqlite:" + database, "", "", "assay"),
        S3Proxy.settings(port));
  }

  static List<LossRow> losses(int from, int to) {
    return IntStream.range(from, to)
        .mapToObj(
            i -> new LossRow("m", "s" + i, "t", "plain", 512, "f32", "k", "OK", i * 0.5, 7, 100))
        .toList();
  }

  /**
   * Begins when the file is there.
   *
   * @param words location, database, port, file, how many losses
   */
  public static void main(String[] words) throws Exception {
    WarehouseSettings settings = settings(words[0], Path.of(words[1]), Integer.parseInt(words[2]));
    System.out.println("ready");
    while (!Files.exists(Path.of(words[3]))) {
      Thread.sleep(5);
    }
    int appended = 0;
    try (Warehouse warehouse = Warehouse.open(settings, new Configuration())) {
      WarehouseTable<LossRow> table = warehouse.table(LossRow.TABLE);
      for (int row = 0; row < Integer.parseInt(words[4]); row++) {
        appended += table.append(losses(row, row + 1));
      }
    }
    System.out.println("appended: " + appended);
  }
}
