package dev.assay.jobs.recorded;

import dev.assay.jobs.feed.FeedSample;
import dev.assay.jobs.tables.RowMapping;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.apache.iceberg.Schema;
import org.apache.iceberg.data.Record;
import org.apache.iceberg.data.parquet.GenericParquetReaders;
import org.apache.iceberg.data.parquet.GenericParquetWriter;
import org.apache.iceberg.inmemory.InMemoryInputFile;
import org.apache.iceberg.inmemory.InMemoryOutputFile;
import org.apache.iceberg.io.CloseableIterable;
import org.apache.iceberg.io.FileAppender;
import org.apache.iceberg.mapping.MappingUtil;
import org.apache.iceberg.parquet.Parquet;
import org.apache.iceberg.parquet.ParquetSchemaUtil;

/** How a file of a recorded snapshot holds samples: with the fields of docs/feed.md in both. */
public enum RecordedFormat {
  /** A column for each field. */
  PARQUET {
    @Override
    byte[] write(List<FeedSample> samples) throws IOException {
      InMemoryOutputFile file = new InMemoryOutputFile();
      try (FileAppender<Record> writer =
          Parquet.write(file)
              .schema(SCHEMA)
              .createWriterFunc(GenericParquetWriter::create)
              .named("samples")
              .build()) {
        samples.forEach(sample -> writer.add(MAPPING.toIceberg(sample)));
      }
      return file.toByteArray();
    }

    @Override
    List<FeedSample> read(byte[] bytes, int rows) throws IOException {
      List<FeedSample> samples = new ArrayList<>();
      try (CloseableIterable<Record> records =
          Parquet.read(new InMemoryInputFile(bytes))
              .project(SCHEMA)
              .withNameMapping(MappingUtil.create(SCHEMA))
              .createReaderFunc(
                  file -> {
                    requireColumns(ParquetSchemaUtil.convert(file));
                    return GenericParquetReaders.buildReader(SCHEMA, file);
                  })
              .build()) {
        for (Record record : records) {
          requireWhole(record, samples.size() + 1, rows);
          samples.add(MAPPING.fromIceberg(record));
        }
      }
      return samples;
    }
  },

  /** A line for each sample, as a feed answers. */
  JSONL {
    @Override
    byte[] write(List<FeedSample> samples) {
      return samples.stream()
          .map(sample -> sample.line() + "\n")
          .collect(Collectors.joining())
          .getBytes(StandardCharsets.UTF_8);
    }

    @Override
    List<FeedSample> read(byte[] bytes, int rows) throws CharacterCodingException {
      List<FeedSample> samples = new ArrayList<>();
      String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
      for (String line : (Iterable<String>) text.lines()::iterator) {
        int row = samples.size() + 1;
        requireAtMost(row, rows);
        samples.add(
            FeedSample.parse(line)
                .orElseThrow(() -> new IllegalArgumentException("line " + row + " is no sample")));
      }
      return samples;
    }
  };

  private static final RowMapping<FeedSample> MAPPING = new RowMapping<>(FeedSample.class);

  /** The columns of a Parquet file, and the fields of a line. */
  static final Schema SCHEMA = RowMapping.schema(FeedSample.class);

  private static final String NAME = "samples-\\d{6}\\.";

  abstract byte[] write(List<FeedSample> samples) throws IOException;

  abstract List<FeedSample> read(byte[] bytes, int rows) throws IOException;

  /** What a file of this format is called; numbers count from 1. */
  String fileName(int number) {
    return "samples-%06d.%s".formatted(number, name().toLowerCase(Locale.ROOT));
  }

  /**
   * The format of a file of that name.
   *
   * @throws IllegalArgumentException if no file of a recorded snapshot is called so
   */
  static RecordedFormat of(String fileName) {
    for (RecordedFormat format : values()) {
      if (fileName.matches(NAME + format.name().toLowerCase(Locale.ROOT))) {
        return format;
      }
    }
    throw new IllegalArgumentException(
        fileName + " is no file of a recorded snapshot, such as " + PARQUET.fileName(1));
  }

  /** Samples as a file's bytes. */
  byte[] bytes(List<FeedSample> samples) {
    try {
      return write(samples);
    } catch (IOException impossible) {
      throw new UncheckedIOException("memory takes every byte", impossible);
    }
  }

  /**
   * The samples of a file's bytes; nothing in them is verified.
   *
   * @param rows at most so many
   * @throws IllegalArgumentException if the bytes are none of this format, with other columns, or
   *     hold more
   */
  List<FeedSample> samples(byte[] bytes, int rows) {
    try {
      return read(bytes, rows);
    } catch (IllegalArgumentException told) {
      throw told;
    } catch (CharacterCodingException binary) {
      throw new IllegalArgumentException("it is not UTF-8 text", binary);
    } catch (IOException | RuntimeException malformed) {
      // What a Parquet reader throws at bytes that a stranger wrote is not documented.
      throw new IllegalArgumentException(
          "it is no " + name().toLowerCase(Locale.ROOT) + " file", malformed);
    }
  }

  private static void requireAtMost(int row, int rows) {
    if (row > rows) {
      throw new IllegalArgumentException("it has more than " + rows + " rows");
    }
  }

  private static void requireWhole(Record record, int row, int rows) {
    requireAtMost(row, rows);
    SCHEMA.columns().stream()
        .filter(column -> column.isRequired() && record.getField(column.name()) == null)
        .findFirst()
        .ifPresent(
            column -> {
              throw new IllegalArgumentException("row " + row + " has no " + column.name());
            });
  }

  private static void requireColumns(Schema file) {
    String there = columns(file);
    if (!there.equals(columns(SCHEMA))) {
      throw new IllegalArgumentException(
          "it has the columns %s; a recorded snapshot has %s".formatted(there, columns(SCHEMA)));
    }
  }

  private static String columns(Schema schema) {
    return schema.columns().stream()
        .map(column -> column.name() + " " + column.type())
        .sorted()
        .collect(Collectors.joining(", "));
  }
}
