package dev.assay.jobs.upkeep;

import java.io.IOException;
import java.util.List;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.Table;
import org.apache.iceberg.data.Record;
import org.apache.iceberg.data.parquet.GenericParquetReaders;
import org.apache.iceberg.io.CloseableIterable;
import org.apache.iceberg.io.DataWriter;
import org.apache.iceberg.parquet.Parquet;

/** Writes the rows of several data files into one, file after file, without holding them. */
final class Together {
  private Together() {}

  /** One file with all their rows; nothing refers to it yet. */
  static DataFile write(Table table, List<DataFile> files) {
    return DataFiles.write(
        table,
        writer -> {
          for (DataFile file : files) {
            copy(table, file, writer);
          }
        });
  }

  private static void copy(Table table, DataFile file, DataWriter<Record> writer)
      throws IOException {
    try (CloseableIterable<Record> rows =
        Parquet.read(table.io().newInputFile(file.location()))
            .project(table.schema())
            .createReaderFunc(read -> GenericParquetReaders.buildReader(table.schema(), read))
            .build()) {
      rows.forEach(writer::write);
    }
  }
}
