package dev.assay.jobs.dataset;

import dev.assay.jobs.feed.FeedSample;
import java.util.List;
import java.util.Optional;
import org.apache.parquet.example.data.Group;

/** A row with the columns of a feed's sample. */
final class SignedRow {
  private static final String ANSWERER = "answerer";

  static final List<WantedColumn> COLUMNS =
      List.of(
          WantedColumn.text("id"),
          new WantedColumn("block", WantedColumn.Kind.NUMBER, true),
          new WantedColumn("time", WantedColumn.Kind.NUMBER, true),
          WantedColumn.text("source"),
          WantedColumn.text("prompt"),
          WantedColumn.text("response"),
          WantedColumn.text("signature"),
          new WantedColumn(ANSWERER, WantedColumn.Kind.TEXT, false));

  private SignedRow() {}

  /** The sample; empty where a value is missing. */
  static Optional<FeedSample> sample(Group row) {
    boolean isWhole =
        COLUMNS.stream()
            .filter(WantedColumn::isRequired)
            .allMatch(column -> ParquetRows.has(row, column.name()));
    return isWhole
        ? Optional.of(
            new FeedSample(
                row.getString("id", 0),
                row.getLong("block", 0),
                row.getLong("time", 0),
                row.getString("source", 0),
                row.getString("prompt", 0),
                row.getString("response", 0),
                row.getString("signature", 0),
                ParquetRows.text(row, ANSWERER)))
        : Optional.empty();
  }
}
