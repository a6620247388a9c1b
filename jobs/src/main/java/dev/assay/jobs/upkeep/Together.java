package dev.assay.jobs.upkeep;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.UUID;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.PartitionSpec;
import org.apache.iceberg.Table;
import org.apache.iceberg.data.Record;
import org.apache.iceberg.data.parquet.GenericParquetReaders;
import org.apache.iceberg.data.parquet.GenericParquetWriter;
import org.apache.iceberg.io.CloseableIterable;
import org.apache.iceberg.io.DataWriter;
import org.apache.iceberg.io.OutputFile;
import org.apache.iceberg.parquet.Parquet;

/** Writes the rows of several data files into one, file after file, without holding them. */
final class Together {
  private Together() {}

  /** One file with all their rows; nothing refers to it yet. */
  static DataFile write(Table table, List<DataFile> files) {
    OutputFile output =
        table
            .io()
            .newOutputFile(
                table.locationProvider().newDataLocation(UUID.randomUUID() + ".parquet"));
    try {
      DataWriter<Record> writer =
          Parquet.writeData(output)
              .schema(table.schema())
              .createWriterFunc(GenericParquetWriter::create)
              .withSpec(PartitionSpec.unpartitioned())
              .build();
      try (writer) {
        for (DataFile file : files) {
          copy(table, file, writer);
        }
      }
      return writer.toDataFile();
    } catch (IOException unwritable) {
      throw new UncheckedIOException(output.location() + " cannot be written", unwritable);
    }
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
