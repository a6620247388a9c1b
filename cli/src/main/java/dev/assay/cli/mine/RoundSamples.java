package dev.assay.cli.mine;

import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.assay.jobs.DurableStep;
import dev.assay.jobs.config.AssayConfiguration;
import dev.assay.jobs.tables.SampleRow;
import dev.assay.jobs.tables.Warehouse;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Comparator;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.iceberg.expressions.Expressions;

/**
 * The samples of one round, which stay the same while the table grows.
 *
 * @param rows the oldest first
 */
record RoundSamples(List<SampleRow> rows) {
  private static final JsonMapper JSON = JsonMapper.builder().build();

  /** As {@code assay train} reads them. */
  private record Line(String prompt, String response, long block) {}

  /** The newest of the table. */
  static RoundSamples newest(AssayConfiguration settings, int most) {
    try (Warehouse warehouse = Warehouse.open(settings.warehouse(), new Configuration())) {
      List<SampleRow> all =
          warehouse.table(SampleRow.TABLE).rows(Expressions.alwaysTrue()).stream()
              .sorted(Comparator.comparingLong(SampleRow::block).thenComparing(SampleRow::sampleId))
              .toList();
      return new RoundSamples(all.subList(Math.max(0, all.size() - most), all.size()));
    }
  }

  /** How many are of a later block. */
  long after(long block) {
    return rows.stream().filter(row -> row.block() > block).count();
  }

  /** The block of the newest; there must be one. */
  long lastBlock() {
    return rows.get(rows.size() - 1).block();
  }

  /** Writes them as a file, whole or not at all. */
  void write(Path file) throws IOException {
    StringBuilder lines = new StringBuilder();
    for (SampleRow row : rows) {
      lines
          .append(JSON.writeValueAsString(new Line(row.prompt(), row.response(), row.block())))
          .append('\n');
    }
    DurableStep.next("write " + file.getFileName());
    Path partial = Files.createTempFile(file.getParent(), "samples", ".partial");
    Files.writeString(partial, lines);
    Files.move(partial, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }
}
