package dev.assay.jobs.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.iceberg.Schema;
import org.apache.iceberg.data.GenericRecord;
import org.apache.iceberg.types.Types;
import org.apache.iceberg.types.Types.NestedField;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ParquetRowsTest {
  private static final DatasetColumns TEXTS =
      new DatasetColumns(Optional.of("question"), Optional.of("answer"), Optional.empty());
  private static final DatasetColumns TALK =
      new DatasetColumns(Optional.empty(), Optional.empty(), Optional.of("talk"));

  /** Other fields, in another order and with other numbers than are asked for. */
  private static final Schema FILE =
      new Schema(
          NestedField.optional(7, "number", Types.LongType.get()),
          NestedField.optional(9, "answer", Types.StringType.get()),
          NestedField.optional(3, "question", Types.StringType.get()),
          NestedField.optional(
              4,
              "talk",
              Types.ListType.ofOptional(
                  5,
                  Types.StructType.of(
                      NestedField.optional(6, "content", Types.StringType.get()),
                      NestedField.optional(8, "name", Types.StringType.get()),
                      NestedField.optional(10, "role", Types.StringType.get())))));

  @TempDir private Path folder;

  private static Map<String, Object> row(String question, String answer, GenericRecord... talk) {
    Map<String, Object> row = new HashMap<>();
    row.put("question", question);
    row.put("answer", answer);
    row.put("talk", List.of(talk));
    return row;
  }

  private static GenericRecord says(String role, String content) {
    Types.StructType message = FILE.findType("talk").asListType().elementType().asStructType();
    GenericRecord says = GenericRecord.create(message);
    says.setField("role", role);
    says.setField("content", content);
    return says;
  }

  private List<Optional<Conversation>> read(Path file, DatasetColumns columns) {
    List<Optional<Conversation>> read = new ArrayList<>();
    ParquetRows.forEach(
        file, Conversation.columns(columns), row -> read.add(Conversation.of(row, columns)));
    return read;
  }

  @Test
  void columnsAreFoundByTheirNames() throws IOException {
    Path file =
        DatasetFiles.write(
            folder.resolve("a.parquet"),
            FILE,
            List.of(row("Who?", "Me."), row(null, "Nobody."), row("Why?", "  ")));

    assertThat(read(file, TEXTS))
        .containsExactly(
            Optional.of(new Conversation("Who?", "Me.")), Optional.empty(), Optional.empty());
  }

  @Test
  void ofAConversationTheFirstQuestionAndItsAnswerCount() throws IOException {
    Path file =
        DatasetFiles.write(
            folder.resolve("a.parquet"),
            FILE,
            List.of(
                row("", "", says("user", "Who?"), says("assistant", "Me."), says("user", "Eh?")),
                row("", "", says("system", "Lie."), says("user", "Who?"), says("assistant", "I")),
                row("", "", says("assistant", "Me."), says("user", "Who?")),
                row("", "", says("user", "Who?"), says("assistant", null)),
                row("", "")));

    List<Optional<Conversation>> read = read(file, TALK);

    assertThat(read.get(0)).contains(new Conversation("Who?", "Me."));
    assertThat(read.subList(1, 5)).containsOnly(Optional.empty());
  }

  @Test
  void aFileWithOtherColumnsIsToldByThem() throws IOException {
    Path file = DatasetFiles.write(folder.resolve("a.parquet"), FILE, List.of(row("a", "b")));
    DatasetColumns missing =
        new DatasetColumns(Optional.of("question"), Optional.of("reply"), Optional.empty());
    DatasetColumns numbers =
        new DatasetColumns(Optional.of("question"), Optional.of("number"), Optional.empty());
    DatasetColumns flat =
        new DatasetColumns(Optional.empty(), Optional.empty(), Optional.of("answer"));

    assertThatThrownBy(() -> read(file, missing))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "it has no column reply of texts; its columns are number, answer, question, talk");
    assertThatThrownBy(() -> read(file, numbers)).hasMessageContaining("no column number of texts");
    assertThatThrownBy(() -> read(file, flat))
        .hasMessageContaining("no column answer of lists of role and content");
  }

  @Test
  void whatIsNoParquetFileIsRefused() throws IOException {
    Path html = Files.writeString(folder.resolve("a.parquet"), "<html>Not found</html>");
    Path sound = DatasetFiles.write(folder.resolve("b.parquet"), FILE, List.of(row("a", "b")));
    byte[] bytes = Files.readAllBytes(sound);
    for (int at = 0; at < bytes.length; at += 61) {
      byte[] spoilt = bytes.clone();
      spoilt[at] ^= 0x55;
      Path file = Files.write(folder.resolve("c.parquet"), spoilt);
      try {
        read(file, TEXTS);
      } catch (IllegalArgumentException refused) {
        assertThat(refused.getMessage()).matches("(it|a group of its rows) .*");
      }
    }

    assertThatThrownBy(() -> read(html, TEXTS)).hasMessage("it is no Parquet file");
  }
}
