package dev.assay.model.text;

import com.fasterxml.jackson.databind.JsonNode;

/** Which step of a tokenizer, if any, puts a space before the text. */
enum PrefixSpace {
  NONE,
  BYTE_LEVEL,
  /** Metaspace, or Prepend: SentencePiece's way. */
  METASPACE;

  static PrefixSpace of(TokenizerFile file) {
    PrefixSpace normalizer = of(file.part("normalizer"), "normalizers");
    return normalizer == NONE ? of(file.part("pre_tokenizer"), "pretokenizers") : normalizer;
  }

  private static PrefixSpace of(JsonNode step, String parts) {
    for (JsonNode part : step.path(parts)) {
      PrefixSpace found = of(part, parts);
      if (found != NONE) {
        return found;
      }
    }
    return switch (step.path("type").asText()) {
      // Native code takes silence for true.
      case "ByteLevel" -> step.path("add_prefix_space").asBoolean(true) ? BYTE_LEVEL : NONE;
      case "Prepend" -> METASPACE;
      case "Metaspace" -> prepends(step) ? METASPACE : NONE;
      default -> NONE;
    };
  }

  private static boolean prepends(JsonNode metaspace) {
    return metaspace.has("prepend_scheme")
        ? !metaspace.get("prepend_scheme").asText().equals("never")
        : metaspace.path("add_prefix_space").asBoolean(true);
  }
}
