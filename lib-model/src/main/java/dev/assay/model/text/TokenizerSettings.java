package dev.assay.model.text;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.assay.model.rejection.RejectedCheckpointException;
import dev.assay.model.rejection.Rejection;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;

/**
 * The files beside a tokenizer.json that transformers reads with it. Nothing in them is applied
 * here: if they would make transformers produce other ids, the tokenizer is refused.
 */
final class TokenizerSettings {
  private static final String CONFIG = "tokenizer_config.json";
  private static final String SPECIAL = "special_tokens_map.json";
  private static final String ADDED = "added_tokens.json";
  private static final int MOST_BYTES = 4 << 20;

  private static final List<String> NAMED =
      List.of(
          "bos_token",
          "eos_token",
          "unk_token",
          "sep_token",
          "pad_token",
          "cls_token",
          "mask_token",
          "additional_special_tokens",
          "extra_special_tokens");

  /** Switches that would change ids. */
  private static final List<String> SWITCHES =
      List.of("split_special_tokens", "fix_mistral_regex", "from_slow");

  private static final JsonMapper JSON =
      JsonMapper.builder(
              JsonFactory.builder()
                  .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                  .streamReadConstraints(
                      StreamReadConstraints.builder()
                          .maxNestingDepth(32)
                          .maxNumberLength(64)
                          .maxStringLength(MOST_BYTES)
                          .build())
                  .build())
          .build();

  private final TokenizerFile file;

  private TokenizerSettings(TokenizerFile file) {
    this.file = file;
  }

  /** Refuses a folder whose other files ask for what its tokenizer.json does not do. */
  static void require(Path folder, TokenizerFile file)
      throws RejectedCheckpointException, IOException {
    TokenizerSettings settings = new TokenizerSettings(file);
    JsonNode config = read(folder, CONFIG);
    if (!config.isMissingNode()) {
      settings.switches(config);
      settings.prefixSpace(config);
      settings.describedTokens(config.path("added_tokens_decoder"));
      RebuiltSteps.require(config, read(folder, "config.json").path("model_type"), file);
    }
    settings.namedTokens(config, CONFIG);
    settings.namedTokens(read(folder, SPECIAL), SPECIAL);
    settings.numberedTokens(read(folder, ADDED));
  }

  private static JsonNode read(Path folder, String name)
      throws RejectedCheckpointException, IOException {
    byte[] bytes;
    try {
      bytes = TokenizerFolder.regularFile(folder.resolve(name), MOST_BYTES);
    } catch (NoSuchFileException none) {
      return MissingNode.getInstance();
    }
    try {
      JsonNode tree = JSON.readTree(bytes);
      if (tree != null && tree.isObject()) {
        return tree;
      }
    } catch (IOException malformed) {
      throw new RejectedCheckpointException(
          Rejection.MALFORMED_TOKENIZER,
          name + " is not JSON: " + TokenizerFile.printable(malformed.getMessage()));
    }
    throw new RejectedCheckpointException(
        Rejection.MALFORMED_TOKENIZER, name + " does not hold a JSON object");
  }

  private void switches(JsonNode config) throws RejectedCheckpointException {
    for (String key : SWITCHES) {
      JsonNode value = config.path(key);
      if (!value.isMissingNode() && !value.isNull() && !(value.isBoolean() && !value.asBoolean())) {
        throw differs(CONFIG + " sets " + key + ", which Assay does not follow");
      }
    }
  }

  /** Whether a space goes before the text: for byte-level steps, no word on it means none. */
  private void prefixSpace(JsonNode config) throws RejectedCheckpointException {
    JsonNode asked = config.path("add_prefix_space");
    boolean silent = asked.isMissingNode() || asked.isNull();
    if (!silent && !asked.isBoolean()) {
      throw differs(CONFIG + " has an add_prefix_space that is neither true nor false");
    }
    PrefixSpace own = PrefixSpace.of(file);
    if (silent
        ? own == PrefixSpace.BYTE_LEVEL
        : asked.booleanValue() == (own == PrefixSpace.NONE)) {
      throw differs(
          "%s %s, but tokenizer.json %s a space before the text"
              .formatted(
                  CONFIG,
                  silent
                      ? "says nothing of add_prefix_space, which means false"
                      : "has add_prefix_space " + asked,
                  own == PrefixSpace.NONE ? "puts no" : "puts"));
    }
  }

  /** added_tokens_decoder: every token by its id, with how it is found. */
  private void describedTokens(JsonNode tokens) throws RejectedCheckpointException {
    for (Iterator<Map.Entry<String, JsonNode>> each = tokens.fields(); each.hasNext(); ) {
      Map.Entry<String, JsonNode> entry = each.next();
      JsonNode token = entry.getValue();
      String content = token.path("content").asText();
      AddedToken own = added(content, CONFIG);
      if (!entry.getKey().equals(Integer.toString(own.id()))) {
        throw differs(
            "%s gives the token %s the id %s, tokenizer.json %d"
                .formatted(CONFIG, shown(content), shown(entry.getKey()), own.id()));
      }
      AddedToken described =
          new AddedToken(
              own.id(),
              token.path("single_word").asBoolean(false),
              token.path("lstrip").asBoolean(false),
              token.path("rstrip").asBoolean(false),
              token.path("normalized").asBoolean(!token.path("special").asBoolean(false)),
              own.special());
      if (!described.findsAs(own)) {
        throw differs(
            "%s describes the token %s otherwise than tokenizer.json (single_word, lstrip, rstrip"
                    .formatted(CONFIG, shown(content))
                + " or normalized)");
      }
    }
  }

  /** bos_token and its like, each a text, or an object with its content, or many of them. */
  private void namedTokens(JsonNode settings, String name) throws RejectedCheckpointException {
    for (String key : NAMED) {
      for (String content : texts(settings.path(key))) {
        added(content, name);
      }
    }
  }

  private static List<String> texts(JsonNode value) {
    List<String> texts = new ArrayList<>();
    if (value.isTextual()) {
      texts.add(value.textValue());
    } else if (value.path("content").isTextual()) {
      texts.add(value.get("content").textValue());
    } else if (value.isContainerNode()) {
      value.forEach(part -> texts.addAll(texts(part)));
    }
    return texts;
  }

  private void numberedTokens(JsonNode tokens) throws RejectedCheckpointException {
    for (Iterator<Map.Entry<String, JsonNode>> each = tokens.fields(); each.hasNext(); ) {
      Map.Entry<String, JsonNode> entry = each.next();
      AddedToken own = added(entry.getKey(), ADDED);
      if (!entry.getValue().isInt() || entry.getValue().intValue() != own.id()) {
        throw differs(
            "%s gives the token %s another id than tokenizer.json, %d"
                .formatted(ADDED, shown(entry.getKey()), own.id()));
      }
    }
  }

  private AddedToken added(String content, String name) throws RejectedCheckpointException {
    AddedToken own = file.added().get(content);
    if (own == null) {
      throw differs(name + " adds the token " + shown(content) + ", which tokenizer.json does not");
    }
    return own;
  }

  private static String shown(String text) {
    return '"' + TokenizerFile.printable(text) + '"';
  }

  static RejectedCheckpointException differs(String sentence) {
    return new RejectedCheckpointException(
        Rejection.AMBIGUOUS_TOKENIZER,
        sentence + "; load it with transformers and save it again, so that both say the same");
  }
}
