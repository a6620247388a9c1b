package dev.assay.jobs.upkeep;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.UUID;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.PartitionSpec;
import org.apache.iceberg.Table;
import org.apache.iceberg.data.Record;
import org.apache.iceberg.data.parquet.GenericParquetWriter;
import org.apache.iceberg.io.DataWriter;
import org.apache.iceberg.io.OutputFile;
import org.apache.iceberg.parquet.Parquet;

/** Files of a table's rows. */
public final class DataFiles {
  private DataFiles() {}

  /** Writes what goes into one file. */
  @FunctionalInterface
  public interface Rows {
    /** Writes every row, in the file's order. */
    void writeTo(DataWriter<Record> writer) throws IOException;
  }

  /**
   * Writes a Parquet file below the table's folder; nothing refers to it yet.
   *
   * @throws UncheckedIOException if there is no room, or no right to write
   */
  public static DataFile write(Table table, Rows rows) {
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
        rows.writeTo(writer);
      }
      return writer.toDataFile();
    } catch (IOException unwritable) {
      throw new UncheckedIOException(output.location() + " cannot be written", unwritable);
    }
  }
}
