package dev.assay.jobs.tables;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.FileScanTask;
import org.apache.iceberg.Table;
import org.apache.iceberg.data.GenericDeleteFilter;
import org.apache.iceberg.data.InternalRecordWrapper;
import org.apache.iceberg.data.Record;
import org.apache.iceberg.data.parquet.GenericParquetReaders;
import org.apache.iceberg.expressions.Evaluator;
import org.apache.iceberg.expressions.Expression;
import org.apache.iceberg.io.CloseableIterable;
import org.apache.iceberg.parquet.Parquet;

/**
 * What removing rows from a table requires, decided by reading them. Column statistics can't decide
 * it: Iceberg keeps the first 16 characters of a text alone, and ids are longer.
 *
 * @param files that hold rows to take out
 * @param kept rows of these files that stay
 */
record Removal(List<DataFile> files, List<Record> kept) {
  /** Reads the table's files that may hold rows which the filter lets pass. */
  static Removal of(Table table, Expression filter) {
    Evaluator evaluator = new Evaluator(table.schema().asStruct(), filter);
    InternalRecordWrapper row = new InternalRecordWrapper(table.schema().asStruct());
    List<DataFile> files = new ArrayList<>();
    List<Record> kept = new ArrayList<>();
    try (CloseableIterable<FileScanTask> tasks =
        table.newScan().filter(filter).ignoreResiduals().planFiles()) {
      for (FileScanTask task : tasks) {
        List<Record> records = records(table, task);
        List<Record> staying =
            records.stream().filter(record -> !evaluator.eval(row.wrap(record))).toList();
        if (staying.size() < records.size()) {
          files.add(task.file());
          kept.addAll(staying);
        }
      }
    } catch (IOException unreadable) {
      throw new UncheckedIOException(table.location() + " cannot be read", unreadable);
    }
    return new Removal(files, kept);
  }

  private static List<Record> records(Table table, FileScanTask task) throws IOException {
    GenericDeleteFilter deleted =
        new GenericDeleteFilter(table.io(), task, table.schema(), table.schema());
    List<Record> records = new ArrayList<>();
    try (CloseableIterable<Record> rows =
        deleted.filter(
            Parquet.read(table.io().newInputFile(task.file().location()))
                .project(deleted.requiredSchema())
                .createReaderFunc(
                    file -> GenericParquetReaders.buildReader(deleted.requiredSchema(), file))
                .build())) {
      rows.forEach(records::add);
    }
    return records;
  }

  boolean isEmpty() {
    return files.isEmpty();
  }
}
