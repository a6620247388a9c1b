package dev.assay.model.text;

import dev.assay.model.rejection.RejectedCheckpointException;
import dev.assay.model.rejection.Rejection;

/**
 * Turns a prompt and its response into ids. The prompt's share is counted by where characters end,
 * not by encoding the prompt a second time: a token that merges the last characters of the prompt
 * with the first of the response carries some of the response, and counts.
 */
public final class SampleEncoder {
  /** The original's sequence length. */
  public static final int MAX_TOKENS = 2048;

  private final Tokenizer tokenizer;
  private final ChatTemplate template;
  private final int maxTokens;

  /**
   * @param maxTokens where ids are cut, at least 1
   */
  public SampleEncoder(Tokenizer tokenizer, ChatTemplate template, int maxTokens) {
    if (maxTokens < 1) {
      throw new IllegalArgumentException("maxTokens is " + maxTokens + "; it must be at least 1");
    }
    this.tokenizer = tokenizer;
    this.template = template;
    this.maxTokens = maxTokens;
  }

  /**
   * An encoder whose template and tokenizer belong together.
   *
   * @param maxTokens where ids are cut, at least 1
   * @throws RejectedCheckpointException naming the marker that is not a token of the tokenizer, or
   *     that is one and must not be
   */
  public static SampleEncoder of(Tokenizer tokenizer, ChatTemplate template, int maxTokens)
      throws RejectedCheckpointException {
    for (String marker : template.tokens()) {
      if (!tokenizer.isToken(marker)) {
        throw mismatch(template, marker, "is not a token of the tokenizer");
      }
    }
    for (String marker : template.words()) {
      if (tokenizer.isToken(marker)) {
        throw mismatch(template, marker, "is a token of the tokenizer and should be text");
      }
    }
    return new SampleEncoder(tokenizer, template, maxTokens);
  }

  private static RejectedCheckpointException mismatch(
      ChatTemplate template, String marker, String what) {
    return new RejectedCheckpointException(
        Rejection.TEMPLATE_MISMATCH,
        "the marker %s of the template %s %s; name the template that the tokenizer was made for"
            .formatted(marker, template.templateName(), what));
  }

  /** The ids of the rendered sample and how many of them are the prompt's alone. */
  public EncodedSample encode(String prompt, String response) {
    return tokenizer.encode(template.render(prompt, response), maxTokens);
  }
}
