package dev.assay.model.text;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.assay.model.rejection.RejectedCheckpointException;
import dev.assay.model.rejection.Rejection;
import java.io.IOException;

/** Builds trees of JSON with few values and short texts, however large the file is. */
final class BoundedTree {
  private static final int MOST_VALUES = 4096;
  private static final int LONGEST_TEXT = 4096;
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  private int values;

  /** The value at which the parser stands; the parser's own limit bounds the depth. */
  JsonNode read(JsonParser parser) throws IOException, RejectedCheckpointException {
    if (++values > MOST_VALUES) {
      throw beyond("more than " + MOST_VALUES + " values in its steps");
    }
    return switch (parser.currentToken()) {
      case START_OBJECT -> object(parser);
      case START_ARRAY -> array(parser);
      case VALUE_STRING -> NODES.textNode(shortText(parser));
      case VALUE_TRUE -> NODES.booleanNode(true);
      case VALUE_FALSE -> NODES.booleanNode(false);
      case VALUE_NUMBER_INT ->
          parser.getNumberType() == JsonParser.NumberType.INT
              ? NODES.numberNode(parser.getIntValue())
              : NODES.numberNode(parser.getDoubleValue());
      case VALUE_NUMBER_FLOAT -> NODES.numberNode(parser.getDoubleValue());
      default -> NODES.nullNode();
    };
  }

  private ObjectNode object(JsonParser parser) throws IOException, RejectedCheckpointException {
    ObjectNode object = NODES.objectNode();
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      String key = shortText(parser);
      parser.nextToken();
      if (object.replace(key, read(parser)) != null) {
        throw new RejectedCheckpointException(
            Rejection.TOKENIZER_NOT_ALLOWED,
            "tokenizer.json has the key \"" + TokenizerFile.printable(key) + "\" twice in a step");
      }
    }
    return object;
  }

  private ArrayNode array(JsonParser parser) throws IOException, RejectedCheckpointException {
    ArrayNode array = NODES.arrayNode();
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      array.add(read(parser));
    }
    return array;
  }

  private static String shortText(JsonParser parser)
      throws IOException, RejectedCheckpointException {
    String text = parser.getText();
    if (text.length() > LONGEST_TEXT) {
      throw beyond("a text of " + text.length() + " characters in its steps");
    }
    return text;
  }

  private static RejectedCheckpointException beyond(String what) {
    return new RejectedCheckpointException(
        Rejection.TOKENIZER_NOT_ALLOWED,
        "tokenizer.json has " + what + "; use the competition's tokenizer");
  }
}
