package dev.assay.model.text;

/**
 * Bounds of a tokenizer.json.
 *
 * @param bytes largest file
 * @param largestId largest token id
 * @param addedTokens most added tokens
 * @param longestToken most UTF-16 units of one token
 */
public record TokenizerLimits(long bytes, int largestId, int addedTokens, int longestToken) {

  public TokenizerLimits {
    if (bytes <= 0 || largestId <= 0 || addedTokens <= 0 || longestToken <= 0) {
      throw new IllegalArgumentException("every limit of a tokenizer must be positive");
    }
  }

  /** Above every tokenizer in use (Gemma's has 262,144 tokens and 33 MB). */
  public static TokenizerLimits defaults() {
    return new TokenizerLimits(40L << 20, 1 << 19, 1 << 13, 1 << 10);
  }
}
