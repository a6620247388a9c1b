package dev.assay.model.text;

import java.util.Set;

/**
 * The regular expressions by which public tokenizers split a text, letter for letter: another one
 * could take quadratic or exponential time.
 */
final class SplitPatterns {
  private static final String CONTRACTIONS = "(?i:'s|'t|'re|'ve|'m|'ll|'d)";
  private static final String WORDS = CONTRACTIONS + "|[^\\r\\n\\p{L}\\p{N}]?\\p{L}+|";
  private static final String BLANKS = "|\\s*[\\r\\n]+|\\s+(?!\\S)|\\s+";
  private static final String REST = "| ?[^\\s\\p{L}\\p{N}]+[\\r\\n]*" + BLANKS;

  static final String QWEN = WORDS + "\\p{N}" + REST;

  private static final String BEFORE = "[^\\r\\n\\p{L}\\p{N}]?";
  private static final String UPPER = "[\\p{Lu}\\p{Lt}\\p{Lm}\\p{Lo}\\p{M}]";
  private static final String LOWER = "[\\p{Ll}\\p{Lm}\\p{Lo}\\p{M}]";
  private static final String CASED_REST = "| ?[^\\s\\p{L}\\p{N}]+[\\r\\n/]*" + BLANKS;

  static final Set<String> KNOWN =
      Set.of(
          // Llama 3, StableLM 2, OLMo 2, GLM-4, SmolLM3: OpenAI's cl100k.
          WORDS + "\\p{N}{1,3}" + REST,
          // Qwen 2 and 3.
          QWEN,
          // GPT-2, where it is written out.
          "'s|'t|'re|'ve|'m|'ll|'d| ?\\p{L}+| ?\\p{N}+| ?[^\\s\\p{L}\\p{N}]+|\\s+(?!\\S)|\\s+",
          // GPT-4o, gpt-oss, Phi-4-mini, Llama 4: OpenAI's o200k.
          BEFORE
              + UPPER
              + "*"
              + LOWER
              + "+"
              + CONTRACTIONS
              + "?|"
              + BEFORE
              + UPPER
              + "+"
              + LOWER
              + "*"
              + CONTRACTIONS
              + "?|\\p{N}{1,3}"
              + CASED_REST,
          // Mistral's Tekken: Nemo, Ministral, Small 3.
          BEFORE
              + UPPER
              + "*"
              + LOWER
              + "+|"
              + BEFORE
              + UPPER
              + "+"
              + LOWER
              + "*|\\p{N}"
              + CASED_REST,
          // DeepSeek V3 and R1, one after the other; line breaks are written as such.
          "\\p{N}{1,3}",
          "[\u4e00-\u9fa5\u3040-\u309f\u30a0-\u30ff]+",
          String.join(
              "|",
              "[!\"#$%&'()*+,\\-./:;<=>?@\\[\\\\\\]^_`{|}~][A-Za-z]+",
              "[^\r\n\\p{L}\\p{P}\\p{S}]?[\\p{L}\\p{M}]+",
              " ?[\\p{P}\\p{S}]+[\r\n]*",
              "\\s*[\r\n]+",
              "\\s+(?!\\S)",
              "\\s+"),
          // Falcon.
          "[0-9][0-9][0-9]");

  private SplitPatterns() {}
}
