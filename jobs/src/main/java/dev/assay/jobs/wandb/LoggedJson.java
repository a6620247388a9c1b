package dev.assay.jobs.wandb;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;

/** JSON within JSON: the service keeps what runs have logged as texts. */
final class LoggedJson {
  private LoggedJson() {}

  /** What a text holds; missing where it holds none. A value that is no text is taken as it is. */
  static JsonNode parsed(JsonNode text) {
    if (!text.isTextual()) {
      return text;
    }
    try {
      JsonNode node = GraphQl.JSON.readTree(text.textValue());
      return node == null ? MissingNode.getInstance() : node;
    } catch (JsonProcessingException other) {
      return MissingNode.getInstance();
    }
  }
}
