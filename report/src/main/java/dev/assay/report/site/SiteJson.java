package dev.assay.report.site;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamWriteFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import dev.assay.report.board.CompetitionBoard;
import dev.assay.report.board.ModelLine;

/** The site's figures for programs: records in snake case. */
final class SiteJson {
  private static final ObjectMapper WHOLE =
      JsonMapper.builder()
          .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
          .addModule(new Jdk8Module())
          // As exact, and most of a large site's time otherwise.
          .enable(StreamWriteFeature.USE_FAST_DOUBLE_WRITER)
          .build();

  private static final ObjectMapper OVERVIEW =
      WHOLE
          .copy()
          .addMixIn(ModelLine.class, WithoutDetails.class)
          .addMixIn(CompetitionBoard.class, WithoutSamples.class);

  @JsonIgnoreProperties({"losses", "why", "history"})
  private interface WithoutDetails {}

  @JsonIgnoreProperties("samples")
  private interface WithoutSamples {}

  private SiteJson() {}

  /** Everything that is known of a value. */
  static byte[] whole(Object value) {
    return bytes(WHOLE, value);
  }

  /** Without what every model and every sample has a page or a line for. */
  static byte[] overview(Object value) {
    return bytes(OVERVIEW, value);
  }

  /** For a script element: no text of it can end that element. */
  static String inPage(Object value) {
    try {
      return WHOLE
          .writeValueAsString(value)
          .replace("<", "\\u003c")
          .replace(">", "\\u003e")
          .replace("&", "\\u0026");
    } catch (JsonProcessingException impossible) {
      throw new IllegalArgumentException("no JSON form of " + value.getClass(), impossible);
    }
  }

  private static byte[] bytes(ObjectMapper mapper, Object value) {
    try {
      return mapper.writeValueAsBytes(value);
    } catch (JsonProcessingException impossible) {
      throw new IllegalArgumentException("no JSON form of " + value.getClass(), impossible);
    }
  }
}
