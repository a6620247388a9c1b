package dev.assay.model.text;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import dev.assay.model.checkpoint.RejectedCheckpointException;
import dev.assay.model.checkpoint.Rejection;
import java.io.IOException;
import java.util.Map;
import java.util.Set;

/**
 * What a tokenizer.json says of its tokens and its steps, read as a stream, before native code sees
 * the file.
 *
 * @param largestId over the vocabulary and the added tokens
 * @param specialTokens the added tokens that are marked special
 * @param types the types of its model, normalizer, pre-tokenizer, post-processor and decoder, and
 *     of their parts
 * @param patterns the regular expressions in them
 * @param steps how many steps there are, parts of steps included
 * @param longestInsertion most characters that a step writes for one match, or before the text
 * @param repetitions how often templates repeat the text
 * @param merges pairs of tokens that the model joins
 * @param random whether encoding draws random numbers (a model with dropout)
 */
record TokenizerFile(
    int largestId,
    Map<String, Integer> specialTokens,
    Set<String> types,
    Set<String> patterns,
    int steps,
    int longestInsertion,
    int repetitions,
    int merges,
    boolean random) {
  private static final int DEEPEST = 32;
  private static final int LONGEST_MESSAGE = 160;

  TokenizerFile {
    specialTokens = Map.copyOf(specialTokens);
    types = Set.copyOf(types);
    patterns = Set.copyOf(patterns);
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
