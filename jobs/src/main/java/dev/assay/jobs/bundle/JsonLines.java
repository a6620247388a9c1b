package dev.assay.jobs.bundle;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.ser.std.ToStringSerializer;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;

/** Rows as one JSON object a line, columns named as in the tables. */
final class JsonLines {
  private static final JsonMapper JSON =
      JsonMapper.builder()
          .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
          .addModule(new Jdk8Module())
          .addModule(new SimpleModule().addSerializer(Instant.class, ToStringSerializer.instance))
          .build();

  private JsonLines() {}

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
}
