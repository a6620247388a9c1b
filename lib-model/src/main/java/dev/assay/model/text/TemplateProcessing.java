package dev.assay.model.text;

import com.fasterxml.jackson.databind.JsonNode;
import dev.assay.model.rejection.RejectedCheckpointException;
import java.util.List;

/**
 * The step that puts special tokens around a text. Assay asks for none to be added, so all that
 * matters is that it holds each text once and that native code can load it.
 */
final class TemplateProcessing {
  private static final int MOST_PIECES = 8;

  private TemplateProcessing() {}

  static void require(JsonNode step, int largestId) throws RejectedCheckpointException {
    template(step.path("single"), List.of("A"), step);
    template(step.path("pair"), List.of("A", "B"), step);
    for (JsonNode special : step.path("special_tokens")) {
      boolean sound =
          special.path("id").isTextual()
              && special.path("ids").isArray()
              && special.path("tokens").isArray()
              && special.path("ids").size() == special.path("tokens").size()
              && special.path("ids").size() <= MOST_PIECES;
      for (JsonNode id : special.path("ids")) {
        sound &= id.isInt() && id.intValue() >= 0 && id.intValue() <= largestId;
      }
      for (JsonNode token : special.path("tokens")) {
        sound &= token.isTextual();
      }
      if (!sound) {
        throw refused("a special token that is not one");
      }
    }
  }

  private static void template(JsonNode pieces, List<String> texts, JsonNode step)
      throws RejectedCheckpointException {
    if (!pieces.isArray() || pieces.size() > MOST_PIECES) {
      throw refused("a template of more than " + MOST_PIECES + " pieces, or none");
    }
    int found = 0;
    for (JsonNode piece : pieces) {
      JsonNode text = piece.path("Sequence");
      JsonNode special = piece.path("SpecialToken");
      JsonNode one = text.isMissingNode() ? special : text;
      if (piece.size() != 1 || !one.path("type_id").isInt() || one.get("type_id").intValue() < 0) {
        throw refused("a piece that is neither text nor special token");
      }
      String id = one.path("id").asText();
      if (!text.isMissingNode()) {
        if (found == texts.size() || !texts.get(found).equals(id)) {
          throw refused("other texts than " + texts);
        }
        found++;
      } else if (!step.path("special_tokens").has(id)) {
        throw refused("a special token that it does not describe");
      }
    }
    if (found != texts.size()) {
      throw refused("other texts than " + texts);
    }
  }

  private static RejectedCheckpointException refused(String what) {
    return TokenizerSteps.notAllowed("the post_processor step TemplateProcessing with " + what);
  }
}
