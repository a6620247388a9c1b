package dev.assay.jobs.config;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.JsonDeserializer;
import com.fasterxml.jackson.databind.JsonSerializer;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.module.SimpleModule;
import java.io.IOException;
import java.time.Duration;
import java.util.function.Function;

/** Has Jackson read and write durations and sizes as {@link Measures} does. */
final class MeasureText {
  private MeasureText() {}

  static SimpleModule module() {
    return new SimpleModule()
        .addDeserializer(Duration.class, new Reader<>(Duration.class, Measures::duration))
        .addDeserializer(DataSize.class, new Reader<>(DataSize.class, Measures::size))
        .addSerializer(Duration.class, new Writer<>(Measures::text))
        .addSerializer(DataSize.class, new Writer<>(Measures::text));
  }

  private static final class Reader<T> extends JsonDeserializer<T> {
    private final Class<T> type;
    private final Function<String, T> reader;

    Reader(Class<T> type, Function<String, T> reader) {
      this.type = type;
      this.reader = reader;
    }

    @Override
    public T deserialize(JsonParser parser, DeserializationContext context) throws IOException {
      if (!parser.currentToken().isScalarValue()) {
        return type.cast(context.handleUnexpectedToken(type, parser));
      }
      try {
        return reader.apply(parser.getText());
      } catch (IllegalArgumentException none) {
        return type.cast(context.handleWeirdStringValue(type, parser.getText(), "no measure"));
      }
    }
  }

  private static final class Writer<T> extends JsonSerializer<T> {
    private final Function<T, String> writer;

    Writer(Function<T, String> writer) {
      this.writer = writer;
    }

    @Override
    public void serialize(T value, JsonGenerator generator, SerializerProvider serializers)
        throws IOException {
      generator.writeString(writer.apply(value));
    }
  }
}
