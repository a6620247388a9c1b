package dev.assay.jobs.bundle;

import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.JsonDeserializer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.ser.std.ToStringSerializer;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import java.io.IOException;
import java.lang.reflect.RecordComponent;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;

/** Rows as one JSON object per line, with columns named as in the tables. */
final class JsonLines {
  private static final JsonMapper JSON =
      JsonMapper.builder()
          .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
          .addModule(new Jdk8Module())
          .addModule(
              new SimpleModule()
                  .addSerializer(Instant.class, ToStringSerializer.instance)
                  .addDeserializer(Instant.class, new InstantText()))
          .build();

  private JsonLines() {}

  private static final class InstantText extends JsonDeserializer<Instant> {
    @Override
    public Instant deserialize(JsonParser parser, DeserializationContext context)
        throws IOException {
      return Instant.parse(parser.getText());
    }
  }

  static byte[] of(List<? extends Record> rows) {
    StringBuilder lines = new StringBuilder();
    for (Record row : rows) {
      try {
        lines.append(JSON.writeValueAsString(row)).append('\n');
      } catch (JsonProcessingException impossible) {
        throw new IllegalStateException("rows are plain values", impossible);
      }
    }
    return lines.toString().getBytes(StandardCharsets.UTF_8);
  }

  /**
   * The rows that were written.
   *
   * @throws IllegalArgumentException naming the first line that is none
   */
  static <R extends Record> List<R> read(byte[] content, Class<R> type) {
    List<R> rows = new ArrayList<>();
    for (String line : new String(content, StandardCharsets.UTF_8).lines().toList()) {
      try {
        rows.add(whole(JSON.readValue(line, type), type));
      } catch (JsonProcessingException | DateTimeParseException malformed) {
        throw new IllegalArgumentException(
            "line " + (rows.size() + 1) + " is no row with all of its columns", malformed);
      }
    }
    return rows;
  }

  /** A row without a gap: a missing text would be met much later. */
  private static <R extends Record> R whole(R row, Class<R> type) throws JsonProcessingException {
    if (row == null) {
      throw new JsonParseException("no row");
    }
    for (RecordComponent column : type.getRecordComponents()) {
      try {
        if (column.getAccessor().invoke(row) == null) {
          throw new JsonParseException("no " + column.getName());
        }
      } catch (ReflectiveOperationException impossible) {
        throw new IllegalStateException("rows are public records", impossible);
      }
    }
    return row;
  }

  /** One JSON value. */
  static JsonNode tree(byte[] content) {
    try {
      return JSON.readTree(content);
    } catch (IOException malformed) {
      throw new IllegalArgumentException("the configuration is not JSON", malformed);
    }
  }
}
