package dev.assay.jobs.dataset;

import java.util.List;
import java.util.Optional;
import org.apache.parquet.example.data.Group;

/** A prompt and its response in a row of a dataset. */
record Conversation(String prompt, String response) {
  static final String ROLE = "role";
  static final String CONTENT = "content";

  /** The columns that a row needs. */
  static List<WantedColumn> columns(DatasetColumns columns) {
    return columns
        .messages()
        .map(name -> List.of(new WantedColumn(name, WantedColumn.Kind.CONVERSATION, true)))
        .orElseGet(
            () ->
                List.of(
                    WantedColumn.text(columns.prompt().orElseThrow()),
                    WantedColumn.text(columns.response().orElseThrow())));
  }

  /** What a row has; empty where a text is missing or blank. */
  static Optional<Conversation> of(Group row, DatasetColumns columns) {
    return columns.messages().isPresent()
        ? first(row, columns.messages().get())
        : of(
            ParquetRows.text(row, columns.prompt().orElseThrow()),
            ParquetRows.text(row, columns.response().orElseThrow()));
  }

  private static Optional<Conversation> of(Optional<String> prompt, Optional<String> response) {
    return prompt
        .filter(asked -> !asked.isBlank())
        .flatMap(
            asked ->
                response
                    .filter(answered -> !answered.isBlank())
                    .map(answered -> new Conversation(asked, answered)));
  }

  /** The first question and the answer to it; what a system message says, no prompt can hold. */
  private static Optional<Conversation> first(Group row, String column) {
    if (!ParquetRows.has(row, column) || row.getGroup(column, 0).getFieldRepetitionCount(0) < 2) {
      return Optional.empty();
    }
    Group messages = row.getGroup(column, 0);
    return of(said("user", messages, 0), said("assistant", messages, 1));
  }

  private static Optional<String> said(String role, Group messages, int index) {
    Group entry = messages.getGroup(0, index);
    if (entry.getFieldRepetitionCount(0) == 0) {
      return Optional.empty();
    }
    Group message = entry.getGroup(0, 0);
    return ParquetRows.text(message, ROLE).filter(role::equals).isPresent()
        ? ParquetRows.text(message, CONTENT)
        : Optional.empty();
  }
}
