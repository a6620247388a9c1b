package dev.assay.model.text;

import dev.assay.model.checkpoint.FileDigest;
import dev.assay.model.checkpoint.RejectedCheckpointException;
import dev.assay.model.checkpoint.Rejection;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.Set;
import java.util.TreeSet;

/**
 * Decides whether a miner's tokenizer may be loaded: it is the competition's own, or it is made of
 * known steps and known regular expressions. Native code runs those, and nothing can interrupt it.
 */
public final class TokenizerGate {
  /**
   * Steps whose cost grows with the text's length alone. A precompiled character map, being a
   * binary, is not one; nor are models other than BPE, of which a vocabulary takes gigabytes
   * (Unigram's tree) or a word quadratic time (WordPiece), and which no known family needs.
   */
  private static final Set<String> TYPES =
      Set.of(
          "BPE",
          "Sequence",
          "Split",
          "ByteLevel",
          "ByteFallback",
          "Metaspace",
          "Digits",
          "Punctuation",
          "Whitespace",
          "WhitespaceSplit",
          "RobertaProcessing",
          "TemplateProcessing",
          "SpecialToken",
          "Replace",
          "Prepend",
          "Strip",
          "StripAccents",
          "Lowercase",
          "NFC",
          "NFD",
          "NFKC",
          "NFKD",
          "Fuse");

  private static final int MOST_STEPS = 64;

  /** Llama 3 and Gemma have 2.2: a token can be made in more than one way. */
  private static final int MOST_MERGES_AN_ID = 4;

  /** One text alone, and two as a pair. */
  private static final int MOST_REPETITIONS = 3;

  private static final String WORDS = "(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\\r\\n\\p{L}\\p{N}]?\\p{L}+|";
  private static final String REST =
      "| ?[^\\s\\p{L}\\p{N}]+[\\r\\n]*|\\s*[\\r\\n]+|\\s+(?!\\S)|\\s+";

  /** Splits that public tokenizers use. */
  private static final Set<String> PATTERNS =
      Set.of(
          // Llama 3, StableLM 2, OLMo 2: OpenAI's cl100k.
          WORDS + "\\p{N}{1,3}" + REST,
          // Qwen 2 and 3.
          WORDS + "\\p{N}" + REST,
          // GPT-2, where it is written out.
          "'s|'t|'re|'ve|'m|'ll|'d| ?\\p{L}+| ?\\p{N}+| ?[^\\s\\p{L}\\p{N}]+|\\s+(?!\\S)|\\s+");

  private TokenizerGate() {}

  /**
   * Refuses a miner's tokenizer.json that is not safe to load. Loads nothing.
   *
   * @param competitionDigests SHA-256, in lower-case hexadecimal, of the files that the competition
   *     trusts
   */
  public static void require(
      Path tokenizerJson, Set<String> competitionDigests, TokenizerLimits limits)
      throws RejectedCheckpointException, IOException {
    byte[] json = read(tokenizerJson, limits);
    if (competitionDigests.contains(digest(json))) {
      return;
    }
    require(TokenizerFile.parse(json, limits));
  }

  static void require(TokenizerFile file) throws RejectedCheckpointException {
    requireKnown("the step", file.types(), TYPES);
    requireKnown("the regular expression", file.patterns(), PATTERNS);
    requireAtMost(file.merges(), MOST_MERGES_AN_ID * (file.largestId() + 1), "merges");
    requireAtMost(file.steps(), MOST_STEPS, "steps");
    requireAtMost(file.longestInsertion(), 1, "characters in what a step puts into the text");
    requireAtMost(file.repetitions(), MOST_REPETITIONS, "places for the text in its templates");
    if (file.random()) {
      throw new RejectedCheckpointException(
          Rejection.TOKENIZER_NOT_ALLOWED,
          "tokenizer.json has a dropout; one text must always give the same ids");
    }
  }

  static byte[] read(Path tokenizerJson, TokenizerLimits limits)
      throws RejectedCheckpointException, IOException {
    long size = Files.size(tokenizerJson);
    if (size > limits.bytes()) {
      throw new RejectedCheckpointException(
          Rejection.TOKENIZER_TOO_LARGE,
          "tokenizer.json has " + size + " bytes; the limit is " + limits.bytes());
    }
    return Files.readAllBytes(tokenizerJson);
  }

  static String digest(byte[] json) {
    return HexFormat.of().formatHex(FileDigest.newSha256().digest(json));
  }

  /** What would let a short text grow, or a small file fill the memory. */
  private static void requireAtMost(int count, int most, String what)
      throws RejectedCheckpointException {
    if (count > most) {
      throw new RejectedCheckpointException(
          Rejection.TOKENIZER_NOT_ALLOWED,
          "tokenizer.json has "
              + count
              + " "
              + what
              + "; the limit is "
              + most
              + "; use the competition's tokenizer");
    }
  }

  private static void requireKnown(String what, Set<String> found, Set<String> known)
      throws RejectedCheckpointException {
    for (String text : new TreeSet<>(found)) {
      if (!known.contains(text)) {
        throw new RejectedCheckpointException(
            Rejection.TOKENIZER_NOT_ALLOWED,
            "tokenizer.json has "
                + what
                + " \""
                + TokenizerFile.printable(text)
                + "\", which is not on the list; use the competition's tokenizer");
      }
    }
  }
}
