package dev.assay.model.text;

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

  /** The ids of the rendered sample and how many of them are the prompt's alone. */
  public EncodedSample encode(String prompt, String response) {
    return tokenizer.encode(template.render(prompt, response), maxTokens);
  }
}
