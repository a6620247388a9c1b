package dev.assay.model.text;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import dev.assay.model.checkpoint.RejectedCheckpointException;
import dev.assay.model.checkpoint.Rejection;
import java.io.IOException;
import java.util.Map;
import java.util.TreeMap;

/**
 * What a tokenizer.json says of its tokens, read as a stream, before native code sees the file.
 *
 * @param largestId over the vocabulary and the added tokens
 * @param specialTokens the added tokens that are marked special
 */
record TokenizerFile(int largestId, Map<String, Integer> specialTokens) {
  private static final int DEEPEST = 32;
  private static final int LONGEST_MESSAGE = 160;

  TokenizerFile {
    specialTokens = Map.copyOf(specialTokens);
  }

  static TokenizerFile parse(byte[] json, TokenizerLimits limits)
      throws RejectedCheckpointException {
    Reader reader = new Reader(limits);
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
    if (reader.largestId < 0) {
      throw malformed("it has no vocabulary");
    }
    return new TokenizerFile(reader.largestId, reader.special);
  }

  private static JsonFactory factory(TokenizerLimits limits) {
    return JsonFactory.builder()
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

  /** Walks the file once; what it does not ask for, it skips. */
  private static final class Reader {
    private final TokenizerLimits limits;
    private final Map<String, Integer> special = new TreeMap<>();
    private int largestId = -1;
    private int added;

    Reader(TokenizerLimits limits) {
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
        } else {
          parser.skipChildren();
        }
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
          throw malformed("its vocabulary is not a list of tokens and scores");
        }
        requireShort(parser.getText());
        if (!parser.nextToken().isNumeric() || parser.nextToken() != JsonToken.END_ARRAY) {
          throw malformed("its vocabulary is not a list of tokens and scores");
        }
        requireId(id++);
      }
    }

    private void addedTokens(JsonParser parser) throws IOException, RejectedCheckpointException {
      while (parser.nextToken() != JsonToken.END_ARRAY) {
        if (parser.currentToken() != JsonToken.START_OBJECT) {
          throw malformed("its added_tokens are not objects");
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
        throw malformed("an added token lacks its content or its id");
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
        throw malformed("a token id is not a number from 0 to " + limits.largestId());
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
}
