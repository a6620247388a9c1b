package dev.assay.model.rejection;

import static dev.assay.model.rejection.Quoted.quoted;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;

/**
 * JSON as a miner may write it: UTF-8, one value, no key twice, bounded in depth and in the length
 * of its atoms.
 */
public final class StrictJson {
  public static final int DEEPEST = 16;

  private static final JsonFactory FACTORY =
      JsonFactory.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxNestingDepth(DEEPEST)
                  .maxNumberLength(64)
                  .maxStringLength(1 << 20)
                  .build())
          .build();
  private static final ObjectMapper MAPPER =
      new ObjectMapper(FACTORY).enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

  private StrictJson() {}

  /** The object that the bytes hold; {@code file} names them in a refusal. */
  public static JsonNode object(String file, byte[] bytes) throws RejectedCheckpointException {
    try {
      JsonNode node = MAPPER.readTree(bytes);
      if (node == null || !node.isObject()) {
        throw RejectedCheckpointException.because(
            Rejection.MALFORMED_JSON, "%s does not hold a JSON object", file);
      }
      return node;
    } catch (IOException e) {
      throw malformed(file, e);
    }
  }

  /** A parser over the bytes, for what is too large for a tree. */
  public static JsonParser parser(byte[] bytes, int from, int length) throws IOException {
    return FACTORY.createParser(bytes, from, length);
  }

  public static RejectedCheckpointException malformed(String file, IOException e) {
    String what =
        e instanceof JsonProcessingException json ? json.getOriginalMessage() : e.getMessage();
    return RejectedCheckpointException.because(
        Rejection.MALFORMED_JSON, "%s is not valid JSON: %s", file, quoted(String.valueOf(what)));
  }
}
