package dev.assay.cli.loss;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.exc.InputCoercionException;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.assay.cli.terminal.UsageException;
import dev.assay.jobs.losses.LossSample;
import dev.assay.jobs.tables.SampleRow;
import dev.assay.jobs.tables.Warehouse;
import dev.assay.model.text.EncodedSample;
import dev.assay.model.text.SampleEncoder;
import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.iceberg.expressions.Expressions;

/**
 * Samples as text or as token ids: one JSON object per line, as people, the feed and bundles write
 * them, or the samples table of a warehouse.
 */
final class SamplesFile {
  private static final int LARGEST_BYTES = 256 << 20;
  private static final String BYTE_ORDER_MARK = "\ufeff";
  private static final String FORMS = "a sample has prompt and response, or ids and prompt_len";

  /** Takes nothing for what it isn't: no 1.5 or "1" for an id, no key twice, nothing behind. */
  private static final JsonMapper MAPPER =
      JsonMapper.builder()
          .enable(
              DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES,
              DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES,
              DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
          .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
          .build();

  private final Path file;
  private final List<Numbered> lines;

  private SamplesFile(Path file, List<Numbered> lines) {
    this.file = file;
    this.lines = lines;
  }

  /** What the feed, a bundle and the samples table write beside a sample's text. */
  @JsonIgnoreProperties({
    "id",
    "sample_id",
    "time",
    "produced_at",
    "source",
    "answerer",
    "signature"
  })
  // Boxed ids of the largest file would take gigabytes; lines are never compared.
  @SuppressWarnings("ArrayRecordComponent")
  private record Line(
      String prompt,
      String response,
      int[] ids,
      @JsonProperty("prompt_len") Integer promptLength,
      Long block) {

    static Line of(SampleRow row) {
      return new Line(row.prompt(), row.response(), null, null, row.block());
    }

    boolean isText() {
      return prompt != null && response != null && ids == null && promptLength == null;
    }

    boolean isIds() {
      return prompt == null && response == null && ids != null && promptLength != null;
    }
  }

  private record Numbered(int number, Line line) {}

  /**
   * Reads all samples of a file, a line each, or of the folder of a samples table, by block and
   * sample id. Empty lines and a byte order mark are passed over.
   *
   * @throws UsageException naming the file and the line that is not a sample
   */
  static SamplesFile read(Path file) {
    if (Files.isDirectory(file)) {
      return table(file);
    }
    try (InputStream stream = Files.newInputStream(file)) {
      byte[] content = stream.readNBytes(LARGEST_BYTES + 1);
      if (content.length > LARGEST_BYTES) {
        throw new UsageException(
            "%s has more than %d bytes; split it".formatted(file, LARGEST_BYTES));
      }
      return new SamplesFile(file, lines(file, content));
    } catch (IOException e) {
      throw new UsageException(file + " can't be read as UTF-8; name a file with --samples", e);
    }
  }

  private static List<Numbered> lines(Path file, byte[] content) throws IOException {
    List<Numbered> lines = new ArrayList<>();
    try (BufferedReader reader =
        new BufferedReader(
            new InputStreamReader(
                new ByteArrayInputStream(content), StandardCharsets.UTF_8.newDecoder()))) {
      int number = 0;
      for (String text = reader.readLine(); text != null; text = reader.readLine()) {
        number++;
        String line = number == 1 && text.startsWith(BYTE_ORDER_MARK) ? text.substring(1) : text;
        if (!line.isBlank()) {
          lines.add(new Numbered(number, parse(file, number, line)));
        }
      }
    }
    return lines;
  }

  private static SamplesFile table(Path folder) {
    Path parent = folder.toAbsolutePath().normalize().getParent();
    String name = SampleRow.TABLE.name();
    if (!folder.endsWith(name)
        || parent == null
        || !Files.isDirectory(folder.resolve("metadata"))) {
      throw new UsageException(
          "%s is a folder and not the table %s of a warehouse; name a file with --samples"
              .formatted(folder, name));
    }
    try (Warehouse warehouse = Warehouse.open(parent.toString(), new Configuration())) {
      List<Numbered> lines = new ArrayList<>();
      warehouse.table(SampleRow.TABLE).rows(Expressions.alwaysTrue()).stream()
          .sorted(Comparator.comparingLong(SampleRow::block).thenComparing(SampleRow::sampleId))
          .forEach(row -> lines.add(new Numbered(lines.size() + 1, Line.of(row))));
      return new SamplesFile(folder, lines);
    }
  }

  /** The oldest first, where every sample has a block; those of one block in their order. */
  SamplesFile byBlock() {
    if (lines.stream().anyMatch(numbered -> numbered.line().block() == null)) {
      return this;
    }
    return new SamplesFile(
        file,
        lines.stream()
            .sorted(Comparator.comparingLong(numbered -> numbered.line().block()))
            .toList());
  }

  private static Line parse(Path file, int number, String text) {
    String wrong = "it is not an object; " + FORMS;
    try {
      Line line = MAPPER.readValue(text, Line.class);
      if (line != null && (line.isText() || line.isIds())) {
        return line;
      }
      wrong = line == null ? wrong : "it lacks a key, or has too many; " + FORMS;
    } catch (UnrecognizedPropertyException e) {
      wrong = "it has the key " + e.getPropertyName() + "; " + FORMS;
    } catch (MismatchedInputException e) {
      String key =
          e.getPath().stream()
              .map(JsonMappingException.Reference::getFieldName)
              .filter(Objects::nonNull)
              .findFirst()
              .orElse("");
      wrong =
          (key.isEmpty() ? "it is not an object" : "its " + key + " has a wrong value")
              + "; "
              + FORMS;
    } catch (StreamConstraintsException e) {
      wrong = "it is nested too deeply, or has a number or a text that is too long";
    } catch (JsonProcessingException e) {
      wrong =
          e.getCause() instanceof InputCoercionException
              ? "it has a number out of the range of a token's id; " + FORMS
              : "it is not JSON: " + e.getOriginalMessage().lines().findFirst().orElse("");
    }
    throw new UsageException("%s line %d: %s".formatted(file, number, wrong));
  }

  /** Whether a sample is text, which needs a tokenizer and a template. */
  boolean hasText() {
    return lines.stream().map(Numbered::line).anyMatch(Line::isText);
  }

  /**
   * The samples as the model reads them.
   *
   * @param encoder for text; may be empty where {@link #hasText} is false
   * @param maxTokens where ids are cut
   */
  List<EncodedSample> encoded(Optional<SampleEncoder> encoder, int maxTokens) {
    List<EncodedSample> samples = new ArrayList<>();
    for (Numbered numbered : lines) {
      Line line = numbered.line();
      samples.add(
          line.isText()
              ? encoder.orElseThrow().encode(line.prompt(), line.response())
              : ids(numbered.number(), line, maxTokens));
    }
    return samples;
  }

  /** The samples as they are, for a tokenizer elsewhere. */
  List<LossSample> samples() {
    return lines.stream()
        .map(
            numbered -> {
              Line line = numbered.line();
              return line.isText()
                  ? LossSample.text(Optional.empty(), 0, line.prompt(), line.response())
                  : LossSample.ids(
                      Optional.empty(), 0, line.ids(), promptLength(numbered.number(), line));
            })
        .toList();
  }

  private int promptLength(int number, Line line) {
    if (line.promptLength() < 0) {
      throw new UsageException(
          "%s line %d: prompt_len is %d, must be at least 0"
              .formatted(file, number, line.promptLength()));
    }
    return line.promptLength();
  }

  private EncodedSample ids(int number, Line line, int maxTokens) {
    int[] cut = Arrays.copyOf(line.ids(), Math.min(line.ids().length, maxTokens));
    return new EncodedSample(cut, Math.min(promptLength(number, line), cut.length));
  }
}
