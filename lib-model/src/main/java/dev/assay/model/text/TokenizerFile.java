package dev.assay.model.text;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.assay.model.rejection.RejectedCheckpointException;
import dev.assay.model.rejection.Rejection;
import java.io.IOException;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * What a tokenizer.json says of its tokens and its steps, read before native code sees the file.
 * Its added tokens have the ids that native code gives them.
 *
 * @param largestId over the vocabulary and the added tokens
 * @param added the added tokens by their text
 * @param parts everything but tokens and merges, by key: the steps, truncation and padding
 * @param model the model's settings by key, without vocabulary and merges
 * @param merges pairs of tokens that the model joins
 * @param unknownKnown whether the model's unk_token, where it has one, is in the vocabulary
 */
record TokenizerFile(
    int largestId,
    Map<String, AddedToken> added,
    Map<String, JsonNode> parts,
    Map<String, JsonNode> model,
    int merges,
    boolean unknownKnown) {
  private static final int DEEPEST = 32;
  private static final int LONGEST_MESSAGE = 160;

  TokenizerFile {
    added = Map.copyOf(added);
    parts = Map.copyOf(parts);
    model = Map.copyOf(model);
  }

  static TokenizerFile parse(byte[] json, TokenizerLimits limits)
      throws RejectedCheckpointException {
    TokenizerReader reader = new TokenizerReader(limits);
    try (JsonParser parser = factory(limits).createParser(json)) {
      if (parser.nextToken() != JsonToken.START_OBJECT) {
        throw malformed("it does not hold a JSON object");
      }
      reader.read(parser);
      if (parser.nextToken() != null) {
        throw malformed("something follows its object");
      }
    } catch (IOException e) {
      throw malformed(printable(e.getMessage()));
    }
    return reader.file();
  }

  /** A step, or a missing node. */
  JsonNode part(String key) {
    return parts.getOrDefault(key, MissingNode.getInstance());
  }

  /** The added tokens that are marked special, with their ids. */
  Map<String, Integer> specialTokens() {
    return added.entrySet().stream()
        .filter(token -> token.getValue().special())
        .collect(Collectors.toMap(Map.Entry::getKey, token -> token.getValue().id()));
  }

  private static JsonFactory factory(TokenizerLimits limits) {
    return JsonFactory.builder()
        // Tokens are field names, hundreds of thousands of them and no two the same.
        .disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES)
        .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
        .streamReadConstraints(
            StreamReadConstraints.builder()
                .maxNestingDepth(DEEPEST)
                .maxNumberLength(64)
                .maxStringLength((int) Math.min(limits.bytes(), Integer.MAX_VALUE - 8))
                .build())
        .build();
  }

  static RejectedCheckpointException malformed(String sentence) {
    return new RejectedCheckpointException(
        Rejection.MALFORMED_TOKENIZER, "tokenizer.json is not a tokenizer: " + sentence);
  }

  /** A library's message about hostile text: visible ASCII only, and bounded. */
  static String printable(String message) {
    String text = String.valueOf(message).replaceAll("[^ -~]+", " ");
    return text.length() <= LONGEST_MESSAGE ? text : text.substring(0, LONGEST_MESSAGE) + "…";
  }
}
