package dev.assay.jobs.dataset;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.iceberg.Files;
import org.apache.iceberg.Schema;
import org.apache.iceberg.data.GenericRecord;
import org.apache.iceberg.data.Record;
import org.apache.iceberg.data.parquet.GenericParquetWriter;
import org.apache.iceberg.io.FileAppender;
import org.apache.iceberg.parquet.Parquet;

/** Parquet files for tests. */
final class DatasetFiles {
  private DatasetFiles() {}

  static Path write(Path file, Schema schema, List<Map<String, Object>> rows) throws IOException {
    try (FileAppender<Record> writer =
        Parquet.write(Files.localOutput(file.toFile()))
            .schema(schema)
            .createWriterFunc(GenericParquetWriter::create)
            .overwrite()
            .build()) {
      for (Map<String, Object> row : rows) {
        writer.add(GenericRecord.create(schema).copy(row));
      }
    }
    return file;
  }
}
