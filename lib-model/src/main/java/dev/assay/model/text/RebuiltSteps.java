package dev.assay.model.text;

import com.fasterxml.jackson.databind.JsonNode;
import dev.assay.model.rejection.RejectedCheckpointException;
import java.util.Map;
import java.util.Set;

/**
 * Tokenizer classes of transformers 5 that take tokens and merges from tokenizer.json and set the
 * other steps themselves, whatever the file says. A file whose steps are others is read in two
 * ways, by version 4 and version 5, and refused.
 */
final class RebuiltSteps {
  /**
   * Model types for which transformers 5 reads tokenizer.json as it is, whatever class is named.
   */
  private static final Set<String> READ_AS_FILED =
      Set.of(
          "mistral",
          "mixtral",
          "ministral",
          "ministral3",
          "granite",
          "olmo2",
          "olmo3",
          "stablelm",
          "phi3",
          "glm4",
          "nemotron");

  /** The class where none is named. */
  private static final Map<String, String> BY_MODEL_TYPE =
      Map.ofEntries(
          Map.entry("qwen2", "Qwen2Tokenizer"),
          Map.entry("qwen2_moe", "Qwen2Tokenizer"),
          Map.entry("qwen3", "Qwen2Tokenizer"),
          Map.entry("qwen3_moe", "Qwen2Tokenizer"),
          Map.entry("gemma", "GemmaTokenizer"),
          Map.entry("gemma2", "GemmaTokenizer"),
          Map.entry("gemma3_text", "GemmaTokenizer"),
          Map.entry("gpt2", "GPT2Tokenizer"),
          Map.entry("gptj", "GPT2Tokenizer"),
          Map.entry("phi", "GPT2Tokenizer"),
          Map.entry("starcoder2", "GPT2Tokenizer"),
          Map.entry("gpt_neox", "GPTNeoXTokenizer"),
          Map.entry("olmo", "GPTNeoXTokenizer"),
          Map.entry("olmoe", "GPTNeoXTokenizer"));

  private RebuiltSteps() {}

  static void require(JsonNode config, JsonNode modelType, TokenizerFile file)
      throws RejectedCheckpointException {
    String type = modelType.asText("");
    JsonNode named = config.path("tokenizer_class");
    String title = named.isTextual() ? named.textValue() : BY_MODEL_TYPE.getOrDefault(type, "");
    if (READ_AS_FILED.contains(type) || !rebuilt(title, type, file)) {
      return;
    }
    if (!isAsSet(title.replaceAll("Fast$", ""), config, file)) {
      throw TokenizerSettings.differs(
          "the tokenizer class %s of transformers 5 sets other steps than tokenizer.json has (name"
                  .formatted(TokenizerFile.printable(title))
              + " PreTrainedTokenizerFast to have those of the file)");
    }
  }

  private static boolean rebuilt(String title, String type, TokenizerFile file) {
    return switch (title.replaceAll("Fast$", "")) {
      case "LlamaTokenizer" -> !hasByteLevel(file.part("pre_tokenizer"));
      case "Qwen2Tokenizer", "GemmaTokenizer", "GPT2Tokenizer", "GPTNeoXTokenizer" -> true;
      case "CodeGenTokenizer" -> type.equals("phi");
      default -> false;
    };
  }

  private static boolean isAsSet(String title, JsonNode config, TokenizerFile file) {
    JsonNode normalizer = file.part("normalizer");
    JsonNode splitter = file.part("pre_tokenizer");
    return switch (title) {
      case "LlamaTokenizer" -> isLlama(normalizer, splitter, config);
      case "Qwen2Tokenizer" ->
          isOne(normalizer, "NFC")
              && splitter.path("pretokenizers").size() == 2
              && splitter
                  .path("pretokenizers")
                  .path(0)
                  .path("pattern")
                  .path("Regex")
                  .asText()
                  .equals(SplitPatterns.QWEN)
              && isByteLevel(splitter.path("pretokenizers").path(1), false);
      case "GemmaTokenizer" ->
          isBlankReplaced(normalizer) && (absent(splitter) || isOne(splitter, "Split"));
      case "GPTNeoXTokenizer" -> isOne(normalizer, "NFC") && isByteLevel(splitter, true);
      default -> absent(normalizer) && isByteLevel(splitter, true);
    };
  }

  /**
   * The blank before the text is put before every part between special tokens ({@code legacy}), or
   * before the first alone.
   */
  private static boolean isLlama(JsonNode normalizer, JsonNode splitter, JsonNode config) {
    boolean legacy = config.path("legacy").asBoolean(false);
    boolean prepends = config.path("add_prefix_space").asBoolean(true);
    String scheme = !prepends ? "never" : legacy ? "always" : "first";
    if (absent(normalizer)) {
      return isOne(splitter, "Metaspace")
          && splitter.path("prepend_scheme").asText("always").equals(scheme);
    }
    JsonNode steps = normalizer.path("normalizers");
    return absent(splitter)
        && scheme.equals("always")
        && steps.size() == 2
        && isOne(steps.get(0), "Prepend")
        && isBlankReplaced(steps.get(1));
  }

  private static boolean hasByteLevel(JsonNode splitter) {
    boolean found = isOne(splitter, "ByteLevel");
    for (JsonNode part : splitter.path("pretokenizers")) {
      found |= isOne(part, "ByteLevel");
    }
    return found;
  }

  private static boolean isByteLevel(JsonNode step, boolean useRegex) {
    return isOne(step, "ByteLevel") && step.path("use_regex").asBoolean(true) == useRegex;
  }

  private static boolean isBlankReplaced(JsonNode step) {
    return isOne(step, "Replace")
        && step.path("pattern").path("String").asText().equals(" ")
        && step.path("content").asText().equals("\u2581");
  }

  private static boolean isOne(JsonNode step, String type) {
    return step.path("type").asText().equals(type);
  }

  private static boolean absent(JsonNode step) {
    return step.isMissingNode() || step.isNull();
  }
}
