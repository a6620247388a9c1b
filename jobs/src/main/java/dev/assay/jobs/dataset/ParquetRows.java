package dev.assay.jobs.dataset;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.apache.hadoop.conf.Configuration;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.example.data.simple.convert.GroupRecordConverter;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.hadoop.ParquetReader;
import org.apache.parquet.hadoop.api.InitContext;
import org.apache.parquet.hadoop.api.ReadSupport;
import org.apache.parquet.hadoop.metadata.BlockMetaData;
import org.apache.parquet.hadoop.util.HadoopInputFile;
import org.apache.parquet.io.api.RecordMaterializer;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.Type;

/** Reads columns of a Parquet file that a stranger wrote, by their names. */
final class ParquetRows {
  /** What is read of one group of rows is in memory at once. */
  private static final long MOST_BYTES = 512L << 20;

  /** Only the columns that are wanted. */
  private static final class Columns extends ReadSupport<Group> {
    private final MessageType wanted;

    Columns(MessageType wanted) {
      this.wanted = wanted;
    }

    @Override
    public ReadContext init(InitContext context) {
      return new ReadContext(wanted);
    }

    @Override
    public RecordMaterializer<Group> prepareForRead(
        Configuration hadoop, Map<String, String> metadata, MessageType file, ReadContext context) {
      return new GroupRecordConverter(wanted);
    }
  }

  private ParquetRows() {}

  /**
   * Hands over the rows in the file's order.
   *
   * @throws IllegalArgumentException if the file is none, or has other columns; and what the reader
   *     throws
   */
  static void forEach(Path file, List<WantedColumn> columns, Consumer<Group> reader) {
    org.apache.hadoop.fs.Path path = new org.apache.hadoop.fs.Path(file.toUri());
    Configuration hadoop = new Configuration();
    try {
      MessageType wanted = wanted(path, hadoop, columns);
      try (ParquetReader<Group> rows =
          ParquetReader.builder(new Columns(wanted), path).withConf(hadoop).build()) {
        for (Group row = rows.read(); row != null; row = rows.read()) {
          reader.accept(row);
        }
      }
    } catch (IllegalArgumentException told) {
      throw told;
    } catch (IOException | RuntimeException malformed) {
      // What a Parquet reader throws at bytes that a stranger wrote is not documented.
      throw new IllegalArgumentException("it is no Parquet file", malformed);
    }
  }

  private static MessageType wanted(
      org.apache.hadoop.fs.Path path, Configuration hadoop, List<WantedColumn> columns)
      throws IOException {
    try (ParquetFileReader footer =
        ParquetFileReader.open(HadoopInputFile.fromPath(path, hadoop))) {
      MessageType file = footer.getFileMetaData().getSchema();
      List<Type> types = columns.stream().flatMap(column -> column.of(file).stream()).toList();
      for (BlockMetaData group : footer.getRowGroups()) {
        requireHeld(group, types);
      }
      return new MessageType(file.getName(), types);
    }
  }

  private static void requireHeld(BlockMetaData group, List<Type> types) {
    long bytes =
        group.getColumns().stream()
            .filter(
                column -> types.stream().anyMatch(type -> isOf(column.getPath().toArray(), type)))
            .mapToLong(column -> Math.max(column.getTotalSize(), column.getTotalUncompressedSize()))
            .sum();
    if (bytes > MOST_BYTES) {
      throw new IllegalArgumentException(
          "a group of its rows has %d bytes; at most %d: write smaller ones"
              .formatted(bytes, MOST_BYTES));
    }
  }

  private static boolean isOf(String[] path, Type type) {
    return path[0].equals(type.getName());
  }

  /** A text of a row; empty where it is null, or the file lacks the column. */
  static Optional<String> text(Group row, String column) {
    return has(row, column) ? Optional.of(row.getString(column, 0)) : Optional.empty();
  }

  /** Whether a row has a value there. */
  static boolean has(Group row, String column) {
    return row.getType().containsField(column) && row.getFieldRepetitionCount(column) > 0;
  }
}
