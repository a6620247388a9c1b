package dev.assay.model.text;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import dev.assay.model.rejection.RejectedCheckpointException;
import dev.assay.model.rejection.Rejection;
import java.io.IOException;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/** Walks a tokenizer.json once. A key that is there twice, or that none is known by, is refused. */
final class TokenizerReader {
  private static final Set<String> PARTS =
      Set.of(
          "version",
          "truncation",
          "padding",
          "normalizer",
          "pre_tokenizer",
          "post_processor",
          "decoder");

  private final TokenizerLimits limits;
  private final BoundedTree tree = new BoundedTree();
  private final Map<String, AddedToken> added = new LinkedHashMap<>();
  private final Map<String, JsonNode> parts = new HashMap<>();
  private final Map<String, JsonNode> settings = new HashMap<>();
  private final Map<String, Integer> vocabulary = new HashMap<>();
  private boolean hasModel;
  private boolean hasAdded;
  private boolean hasMerges;
  private int largestId = -1;
  private int merges;

  TokenizerReader(TokenizerLimits limits) {
    this.limits = limits;
  }

  void read(JsonParser parser) throws IOException, RejectedCheckpointException {
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      String key = parser.currentName();
      JsonToken value = parser.nextToken();
      if (key.equals("model") && value == JsonToken.START_OBJECT) {
        requireFirst(hasModel, key);
        hasModel = true;
        model(parser);
      } else if (key.equals("added_tokens") && value == JsonToken.START_ARRAY) {
        requireFirst(hasAdded, key);
        hasAdded = true;
        addedTokens(parser);
      } else if (PARTS.contains(key)) {
        requireFirst(parts.containsKey(key), key);
        parts.put(key, tree.read(parser));
      } else {
        throw notAllowed("the key \"" + TokenizerFile.printable(key) + "\"");
      }
    }
  }

  TokenizerFile file() throws RejectedCheckpointException {
    if (largestId < 0) {
      throw TokenizerFile.malformed("it has no vocabulary");
    }
    Map<String, AddedToken> loaded = new AddedIds(vocabulary).of(added);
    for (AddedToken token : loaded.values()) {
      requireId(token.id());
    }
    JsonNode unknown = settings.get("unk_token");
    boolean unknownKnown =
        unknown == null || !unknown.isTextual() || vocabulary.containsKey(unknown.textValue());
    return new TokenizerFile(largestId, loaded, parts, settings, merges, unknownKnown);
  }

  private void model(JsonParser parser) throws IOException, RejectedCheckpointException {
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      String key = parser.currentName();
      JsonToken value = parser.nextToken();
      if (key.equals("vocab") && value == JsonToken.START_OBJECT) {
        requireFirst(!vocabulary.isEmpty(), key);
        vocabulary(parser);
      } else if (key.equals("vocab")) {
        throw notAllowed("a vocabulary other than an object of tokens and ids, as BPE has it,");
      } else if (key.equals("merges") && value == JsonToken.START_ARRAY) {
        requireFirst(hasMerges, key);
        hasMerges = true;
        merges(parser);
      } else if (key.equals("merges")) {
        throw TokenizerFile.malformed("its merges are not a list");
      } else {
        requireFirst(settings.containsKey(key), key);
        settings.put(key, tree.read(parser));
      }
    }
  }

  private void vocabulary(JsonParser parser) throws IOException, RejectedCheckpointException {
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      String token = parser.currentName();
      parser.nextToken();
      requireShort(token);
      int id = id(parser);
      requireId(id);
      if (vocabulary.put(token, id) != null) {
        throw TokenizerFile.malformed(
            "the token \"" + TokenizerFile.printable(token) + "\" is in its vocabulary twice");
      }
    }
  }

  /** Each is "a b" or ["a", "b"]. */
  private void merges(JsonParser parser) throws IOException, RejectedCheckpointException {
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      merges++;
      if (parser.currentToken() == JsonToken.START_ARRAY) {
        for (int i = 0; i < 2; i++) {
          parser.nextToken();
          requireText(parser);
        }
        if (parser.nextToken() != JsonToken.END_ARRAY) {
          throw TokenizerFile.malformed("a merge is of more than two tokens");
        }
      } else {
        requireText(parser);
      }
    }
  }

  private static void requireText(JsonParser parser) throws RejectedCheckpointException {
    if (parser.currentToken() != JsonToken.VALUE_STRING) {
      throw TokenizerFile.malformed("a merge is not a pair of tokens");
    }
  }

  private void addedTokens(JsonParser parser) throws IOException, RejectedCheckpointException {
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      if (parser.currentToken() != JsonToken.START_OBJECT) {
        throw TokenizerFile.malformed("its added_tokens are not objects");
      }
      if (added.size() == limits.addedTokens()) {
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
    Map<String, Boolean> flags = new HashMap<>();
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      String key = parser.currentName();
      JsonToken value = parser.nextToken();
      if (key.equals("content") && value == JsonToken.VALUE_STRING && content == null) {
        content = parser.getText();
      } else if (key.equals("id") && id < 0) {
        id = id(parser);
      } else if (value.isBoolean()) {
        requireFirst(flags.put(key, value == JsonToken.VALUE_TRUE) != null, key);
      } else {
        throw TokenizerFile.malformed(
            "an added token has the key \"" + TokenizerFile.printable(key) + "\"");
      }
    }
    if (content == null || id < 0) {
      throw TokenizerFile.malformed("an added token lacks its content or its id");
    }
    if (content.isEmpty()) {
      throw TokenizerFile.malformed("an added token is empty");
    }
    requireShort(content);
    requireId(id);
    AddedToken token =
        new AddedToken(
            id,
            flags.getOrDefault("single_word", false),
            flags.getOrDefault("lstrip", false),
            flags.getOrDefault("rstrip", false),
            flags.getOrDefault("normalized", false),
            flags.getOrDefault("special", false));
    if (added.put(content, token) != null) {
      throw TokenizerFile.malformed(
          "the token \"" + TokenizerFile.printable(content) + "\" is added twice");
    }
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

  private static void requireFirst(boolean seen, String key) throws RejectedCheckpointException {
    if (seen) {
      throw notAllowed("the key \"" + TokenizerFile.printable(key) + "\" twice");
    }
  }

  private static RejectedCheckpointException notAllowed(String thing) {
    return new RejectedCheckpointException(
        Rejection.TOKENIZER_NOT_ALLOWED,
        "tokenizer.json has "
            + thing
            + ", which is not on the list; save it again with"
            + " transformers, or use the competition's tokenizer");
  }
}
