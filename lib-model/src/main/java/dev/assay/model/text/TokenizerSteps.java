package dev.assay.model.text;

import com.fasterxml.jackson.databind.JsonNode;
import dev.assay.model.rejection.RejectedCheckpointException;
import dev.assay.model.rejection.Rejection;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * The steps that tokenizers of the supported families are made of, each with its keys and values.
 * Whatever is not listed is refused: native code runs the steps, and nothing can interrupt it. A
 * precompiled character map is not on the list, nor are models other than BPE, of which a
 * vocabulary takes gigabytes (Unigram's tree) or a word quadratic time (WordPiece).
 */
final class TokenizerSteps {
  private static final int MOST_STEPS = 16;

  /** What native code may be given as one value, in words for the one it was not given. */
  private enum Value {
    FLAG("true or false"),
    COUNT("a number from 0 to 2,147,483,647"),
    AT_MOST_ONE("0 or 1"),
    CHARACTER("one character"),
    AT_MOST_A_CHARACTER("at most one character"),
    EMPTY("empty or null"),
    TEXT("a text or null"),
    NONE("null"),
    NO_CHANCE("null or 0: one text must always give the same ids"),
    BEHAVIOR("one of Removed, Isolated, MergedWithPrevious, MergedWithNext, Contiguous"),
    PREPENDING("one of always, first, never");

    private final String words;

    Value(String words) {
      this.words = words;
    }

    boolean admits(JsonNode value) {
      return switch (this) {
        case FLAG -> value.isBoolean();
        case COUNT -> value.isInt() && value.intValue() >= 0;
        case AT_MOST_ONE -> value.isInt() && value.intValue() >= 0 && value.intValue() <= 1;
        case CHARACTER -> value.isTextual() && characters(value) == 1;
        case AT_MOST_A_CHARACTER -> value.isTextual() && characters(value) <= 1;
        case EMPTY -> value.isNull() || (value.isTextual() && characters(value) == 0);
        case TEXT -> value.isNull() || value.isTextual();
        case NONE -> value.isNull();
        case NO_CHANCE -> value.isNull() || (value.isNumber() && value.doubleValue() == 0);
        case BEHAVIOR ->
            Set.of("Removed", "Isolated", "MergedWithPrevious", "MergedWithNext", "Contiguous")
                .contains(value.asText());
        case PREPENDING -> Set.of("always", "first", "never").contains(value.asText());
      };
    }

    private static int characters(JsonNode text) {
      return text.textValue().codePointCount(0, text.textValue().length());
    }
  }

  private static final Map<String, Value> MODEL =
      Map.of(
          "dropout", Value.NO_CHANCE,
          "unk_token", Value.TEXT,
          "continuing_subword_prefix", Value.EMPTY,
          "end_of_word_suffix", Value.EMPTY,
          "fuse_unk", Value.FLAG,
          "byte_fallback", Value.FLAG,
          "ignore_merges", Value.FLAG);

  private static final Map<String, Value> BYTE_LEVEL =
      Map.of("add_prefix_space", Value.FLAG, "trim_offsets", Value.FLAG, "use_regex", Value.FLAG);

  private static final Map<String, Value> METASPACE =
      Map.of(
          "replacement", Value.CHARACTER,
          "str_rep", Value.CHARACTER,
          "add_prefix_space", Value.FLAG,
          "prepend_scheme", Value.PREPENDING,
          "split", Value.FLAG);

  private static final Map<String, Value> REPLACE = Map.of("content", Value.AT_MOST_A_CHARACTER);

  /** By the key of the step, then by its type: the values that are not steps themselves. */
  private static final Map<String, Map<String, Map<String, Value>>> STEPS =
      Map.of(
          "normalizer",
          Map.of(
              "NFC", Map.of(),
              "NFKC", Map.of(),
              "Prepend", Map.of("prepend", Value.CHARACTER),
              "Replace", REPLACE),
          "pre_tokenizer",
          Map.of(
              "Split", Map.of("behavior", Value.BEHAVIOR, "invert", Value.FLAG),
              "ByteLevel", BYTE_LEVEL,
              "Metaspace", METASPACE,
              "Digits", Map.of("individual_digits", Value.FLAG),
              "Punctuation", Map.of("behavior", Value.BEHAVIOR)),
          "post_processor",
          Map.of("ByteLevel", BYTE_LEVEL, "TemplateProcessing", Map.of()),
          "decoder",
          Map.of(
              "ByteLevel",
              BYTE_LEVEL,
              "Metaspace",
              METASPACE,
              "Replace",
              REPLACE,
              "ByteFallback",
              Map.of(),
              "Fuse",
              Map.of(),
              "Strip",
              Map.of(
                  "content", Value.CHARACTER,
                  "start", Value.AT_MOST_ONE,
                  "stop", Value.AT_MOST_ONE)));

  /** Where a Sequence keeps its steps. */
  private static final Map<String, String> SEQUENCE =
      Map.of(
          "normalizer", "normalizers",
          "pre_tokenizer", "pretokenizers",
          "post_processor", "processors",
          "decoder", "decoders");

  private final TokenizerFile file;
  private int steps;
  private int byteLevels;

  private TokenizerSteps(TokenizerFile file) {
    this.file = file;
  }

  /** Refuses a file in which there is a step, a key or a value that is not on the list. */
  static void require(TokenizerFile file) throws RejectedCheckpointException {
    new TokenizerSteps(file).require();
  }

  private void require() throws RejectedCheckpointException {
    JsonNode type = file.model().get("type");
    if (type == null || !type.isTextual() || !type.textValue().equals("BPE")) {
      throw notAllowed(type == null ? "a model without a type" : "a model of type " + shown(type));
    }
    values("the model", new TreeMap<>(file.model()), MODEL, Set.of("type"));
    if (!file.unknownKnown()) {
      throw notAllowed("an unk_token that its vocabulary has not");
    }
    for (String key : List.of("normalizer", "pre_tokenizer", "post_processor", "decoder")) {
      JsonNode step = file.part(key);
      byteLevels = 0;
      if (!step.isMissingNode() && !step.isNull()) {
        step(key, step, true);
      }
    }
  }

  private void step(String key, JsonNode step, boolean outermost)
      throws RejectedCheckpointException {
    if (++steps > MOST_STEPS) {
      throw notAllowed("more than " + MOST_STEPS + " steps");
    }
    String type = type(key, step);
    if (type.equals("Sequence") && outermost) {
      String parts = SEQUENCE.get(key);
      values("the " + key + " Sequence", fields(step), Map.of(), Set.of("type", parts));
      if (!step.path(parts).isArray()) {
        throw notAllowed("a " + key + " Sequence without its " + parts);
      }
      for (JsonNode part : step.get(parts)) {
        step(key, part, false);
      }
      return;
    }
    Map<String, Value> known = STEPS.get(key).get(type);
    if (known == null) {
      throw notAllowed("the " + key + " step " + shown(step.get("type")));
    }
    values("the " + key + " step " + type, fields(step), known, own(type));
    switch (type) {
      case "Split", "Replace" -> pattern(key + " step " + type, step.path("pattern"));
      case "TemplateProcessing" -> TemplateProcessing.require(step, file.largestId());
      case "ByteLevel" -> {
        // Each writes up to two characters for one.
        if (++byteLevels > 1) {
          throw notAllowed("more than one " + key + " step ByteLevel");
        }
      }
      default -> {}
    }
  }

  private static String type(String key, JsonNode step) throws RejectedCheckpointException {
    if (!step.path("type").isTextual()) {
      throw notAllowed("a " + key + " step without a type");
    }
    return step.get("type").textValue();
  }

  /** Keys whose values have a check of their own. */
  private static Set<String> own(String type) {
    return switch (type) {
      case "Split", "Replace" -> Set.of("type", "pattern");
      case "TemplateProcessing" -> Set.of("type", "single", "pair", "special_tokens");
      default -> Set.of("type");
    };
  }

  private static void values(
      String owner, Map<String, JsonNode> fields, Map<String, Value> known, Set<String> others)
      throws RejectedCheckpointException {
    for (Map.Entry<String, JsonNode> field : fields.entrySet()) {
      Value admitted = known.get(field.getKey());
      if (admitted == null && !others.contains(field.getKey())) {
        throw notAllowed(owner + " with the key \"" + printable(field.getKey()) + "\"");
      }
      if (admitted != null && !admitted.admits(field.getValue())) {
        throw notAllowed(
            owner
                + " with "
                + field.getKey()
                + " "
                + shown(field.getValue())
                + ", which must be "
                + admitted.words);
      }
    }
  }

  /** Either one character, or a regular expression that a public tokenizer has. */
  private static void pattern(String owner, JsonNode pattern) throws RejectedCheckpointException {
    JsonNode text = pattern.path("String");
    JsonNode expression = pattern.path("Regex");
    boolean known =
        pattern.size() == 1
            && (Value.CHARACTER.admits(text)
                || (owner.startsWith("pre_tokenizer")
                    && expression.isTextual()
                    && SplitPatterns.KNOWN.contains(expression.textValue())));
    if (!known) {
      throw notAllowed("the " + owner + " with the pattern " + shown(pattern));
    }
  }

  private static Map<String, JsonNode> fields(JsonNode object) {
    Map<String, JsonNode> fields = new TreeMap<>();
    for (Iterator<Map.Entry<String, JsonNode>> each = object.fields(); each.hasNext(); ) {
      Map.Entry<String, JsonNode> field = each.next();
      fields.put(field.getKey(), field.getValue());
    }
    return fields;
  }

  private static String shown(JsonNode value) {
    return printable(value.toString());
  }

  private static String printable(String text) {
    return TokenizerFile.printable(text);
  }

  static RejectedCheckpointException notAllowed(String what) {
    return new RejectedCheckpointException(
        Rejection.TOKENIZER_NOT_ALLOWED,
        "tokenizer.json has "
            + what
            + ", which is not on the list; use the competition's tokenizer");
  }
}
