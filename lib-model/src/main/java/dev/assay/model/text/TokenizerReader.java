package dev.assay.model.text;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.assay.model.checkpoint.RejectedCheckpointException;
import dev.assay.model.checkpoint.Rejection;
import java.io.IOException;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Walks a tokenizer.json once; what it does not ask for, it skips. A key that is there twice is
 * read twice.
 */
final class TokenizerReader {
  private static final Set<String> STEPS =
      Set.of("normalizer", "pre_tokenizer", "post_processor", "decoder");
  private static final int MOST_KINDS = 64;

  private final TokenizerLimits limits;
  private final Map<String, Integer> special = new TreeMap<>();
  private int largestId = -1;
  private final Set<String> types = new TreeSet<>();
  private final Set<String> patterns = new TreeSet<>();
  private int steps;
  private int longestInsertion;
  private int repetitions;
  private int merges;
  private boolean random;
  private int added;

  TokenizerReader(TokenizerLimits limits) {
    this.limits = limits;
  }

  void read(JsonParser parser) throws IOException, RejectedCheckpointException {
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      String key = parser.currentName();
      JsonToken value = parser.nextToken();
      if (key.equals("model") && value == JsonToken.START_OBJECT) {
        model(parser);
      } else if (key.equals("added_tokens") && value == JsonToken.START_ARRAY) {
        addedTokens(parser);
      } else if (STEPS.contains(key)) {
        step(parser);
      } else {
        parser.skipChildren();
      }
    }
  }

  TokenizerFile file() throws RejectedCheckpointException {
    if (largestId < 0) {
      throw TokenizerFile.malformed("it has no vocabulary");
    }
    return new TokenizerFile(
        largestId, special, types, patterns, steps, longestInsertion, repetitions, merges, random);
  }

  /**
   * A step and all steps within it: of what kinds they are, what they look for, and how they could
   * make a text longer.
   */
  private void step(JsonParser parser) throws IOException, RejectedCheckpointException {
    int depth = 0;
    do {
      JsonToken token = parser.currentToken();
      if (token.isStructStart()) {
        depth++;
      } else if (token.isStructEnd()) {
        depth--;
      } else if (token == JsonToken.FIELD_NAME && "Sequence".equals(parser.currentName())) {
        repetitions++;
      } else if (token == JsonToken.VALUE_STRING) {
        stepText(String.valueOf(parser.currentName()), parser);
      }
    } while (depth > 0 && parser.nextToken() != null);
  }

  private void stepText(String key, JsonParser parser)
      throws IOException, RejectedCheckpointException {
    String text = parser.getText();
    switch (key) {
      case "type" -> {
        steps++;
        remember(types, parser);
      }
      case "Regex" -> remember(patterns, parser);
      case "String" -> {
        if (text.isEmpty()) {
          // Found everywhere, as an empty regular expression is.
          remember(patterns, parser);
        }
      }
      case "content", "prepend" ->
          longestInsertion = Math.max(longestInsertion, text.codePointCount(0, text.length()));
      default -> {}
    }
  }

  private void remember(Set<String> texts, JsonParser parser)
      throws IOException, RejectedCheckpointException {
    String text = String.valueOf(parser.getText());
    requireShort(text);
    texts.add(text);
    if (texts.size() > MOST_KINDS) {
      throw new RejectedCheckpointException(
          Rejection.TOKENIZER_TOO_LARGE,
          "tokenizer.json has more than " + MOST_KINDS + " kinds of steps or patterns");
    }
  }

  private void model(JsonParser parser) throws IOException, RejectedCheckpointException {
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      String key = parser.currentName();
      JsonToken value = parser.nextToken();
      if (key.equals("vocab") && value == JsonToken.START_OBJECT) {
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
          String token = parser.currentName();
          parser.nextToken();
          token(token, parser);
        }
      } else if (key.equals("vocab") && value == JsonToken.START_ARRAY) {
        unigram(parser);
      } else if (key.equals("type")) {
        remember(types, parser);
      } else if (key.equals("dropout")) {
        random |= value.isNumeric() && parser.getDoubleValue() != 0;
      } else if (key.equals("merges") && value == JsonToken.START_ARRAY) {
        while (parser.nextToken() != JsonToken.END_ARRAY) {
          merges++;
          parser.skipChildren();
        }
      } else {
        parser.skipChildren();
      }
    }
  }

  /** A unigram vocabulary: pairs of a token and its score; the position is the id. */
  private void unigram(JsonParser parser) throws IOException, RejectedCheckpointException {
    int id = 0;
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      if (parser.currentToken() != JsonToken.START_ARRAY
          || parser.nextToken() != JsonToken.VALUE_STRING) {
        throw TokenizerFile.malformed("its vocabulary is not a list of tokens and scores");
      }
      requireShort(parser.getText());
      if (!parser.nextToken().isNumeric() || parser.nextToken() != JsonToken.END_ARRAY) {
        throw TokenizerFile.malformed("its vocabulary is not a list of tokens and scores");
      }
      requireId(id++);
    }
  }

  private void addedTokens(JsonParser parser) throws IOException, RejectedCheckpointException {
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      if (parser.currentToken() != JsonToken.START_OBJECT) {
        throw TokenizerFile.malformed("its added_tokens are not objects");
      }
      if (++added > limits.addedTokens()) {
        throw new RejectedCheckpointException(
            Rejection.TOKENIZER_TOO_LARGE,
            "tokenizer.json has more than " + limits.addedTokens() + " added tokens");
      }
      addedToken(parser);
    }
  }

  private void addedToken(JsonParser parser) throws IOException, RejectedCheckpointException {
    String content = null;
    int id = -1;
    boolean marked = false;
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      String key = parser.currentName();
      JsonToken value = parser.nextToken();
      if (key.equals("content") && value == JsonToken.VALUE_STRING) {
        content = parser.getText();
      } else if (key.equals("id")) {
        id = id(parser);
      } else if (key.equals("special")) {
        marked = value == JsonToken.VALUE_TRUE;
      } else {
        parser.skipChildren();
      }
    }
    if (content == null || id < 0) {
      throw TokenizerFile.malformed("an added token lacks its content or its id");
    }
    requireShort(content);
    requireId(id);
    if (marked) {
      special.put(content, id);
    }
  }

  private void token(String token, JsonParser parser)
      throws IOException, RejectedCheckpointException {
    requireShort(token);
    requireId(id(parser));
  }

  private int id(JsonParser parser) throws IOException, RejectedCheckpointException {
    if (parser.currentToken() != JsonToken.VALUE_NUMBER_INT
        || parser.getNumberType() != JsonParser.NumberType.INT
        || parser.getIntValue() < 0) {
      throw TokenizerFile.malformed("a token id is not a number from 0 to " + limits.largestId());
    }
    return parser.getIntValue();
  }

  private void requireId(int id) throws RejectedCheckpointException {
    if (id > limits.largestId()) {
      throw new RejectedCheckpointException(
          Rejection.TOKENIZER_TOO_LARGE,
          "tokenizer.json has the token id " + id + "; the limit is " + limits.largestId());
    }
    largestId = Math.max(largestId, id);
  }

  private void requireShort(String token) throws RejectedCheckpointException {
    if (token.length() > limits.longestToken()) {
      throw new RejectedCheckpointException(
          Rejection.TOKENIZER_TOO_LARGE,
          "tokenizer.json has a token of "
              + token.length()
              + " characters; the limit is "
              + limits.longestToken());
    }
  }
}
