package dev.assay.cli;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.assay.model.text.EncodedSample;
import dev.assay.model.text.SampleEncoder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A file with one JSON object a line, each a sample as text or as token ids. */
final class SamplesFile {
  private static final long LARGEST_BYTES = 256L << 20;

  /** Takes nothing for what it isn't: no 1.5 or "1" for an id, no key twice, nothing behind. */
  private static final JsonMapper MAPPER =
      JsonMapper.builder()
          .enable(
              DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES,
              DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
          .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
          .build();

  private final Path file;
  private final List<Line> lines;

  private SamplesFile(Path file, List<Line> lines) {
    this.file = file;
    this.lines = lines;
  }

  private record Line(
      String prompt,
      String response,
      List<Integer> ids,
      @JsonProperty("prompt_len") Integer promptLength) {

    boolean isText() {
      return prompt != null && response != null && ids == null && promptLength == null;
    }

    boolean isIds() {
      return prompt == null
          && response == null
          && ids != null
          && promptLength != null
          && !ids.contains(null);
    }
  }

  /**
   * Reads a file whole.
   *
   * @throws UsageException naming the file and the line that is no sample
   */
  static SamplesFile read(Path file) {
    try {
      if (Files.size(file) > LARGEST_BYTES) {
        throw new UsageException(
            "%s has %d bytes, at most %d are read; split it"
                .formatted(file, Files.size(file), LARGEST_BYTES));
      }
      List<Line> lines = new ArrayList<>();
      for (String line : Files.readAllLines(file)) {
        lines.add(parse(file, lines.size() + 1, line));
      }
      return new SamplesFile(file, lines);
    } catch (IOException e) {
      throw new UsageException(file + " can't be read as UTF-8; name a file with --samples", e);
    }
  }

  private static Line parse(Path file, int number, String text) {
    try {
      Line line = MAPPER.readValue(text, Line.class);
      if (line != null && (line.isText() || line.isIds())) {
        return line;
      }
    } catch (JsonProcessingException e) {
      throw new UsageException(
          "%s line %d: %s"
              .formatted(file, number, e.getOriginalMessage().lines().findFirst().orElse("")),
          e);
    }
    throw new UsageException(
        "%s line %d: a sample is {\"prompt\", \"response\"} or {\"ids\", \"prompt_len\"}"
            .formatted(file, number));
  }

  /** Whether a sample is text, which needs a tokenizer and a template. */
  boolean hasText() {
    return lines.stream().anyMatch(Line::isText);
  }

  /**
   * The samples as the model reads them.
   *
   * @param encoder for text; may be empty where {@link #hasText} is false
   * @param maxTokens where ids are cut
   */
  List<EncodedSample> encoded(Optional<SampleEncoder> encoder, int maxTokens) {
    List<EncodedSample> samples = new ArrayList<>();
    for (Line line : lines) {
      samples.add(
          line.isText()
              ? encoder.orElseThrow().encode(line.prompt(), line.response())
              : ids(line, samples.size() + 1, maxTokens));
    }
    return samples;
  }

  private EncodedSample ids(Line line, int number, int maxTokens) {
    if (line.promptLength() < 0) {
      throw new UsageException(
          "%s line %d: prompt_len is %d, must be at least 0"
              .formatted(file, number, line.promptLength()));
    }
    int[] cut = line.ids().stream().limit(maxTokens).mapToInt(Integer::intValue).toArray();
    return new EncodedSample(cut, Math.min(line.promptLength(), cut.length));
  }
}
