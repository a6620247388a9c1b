package dev.assay.model.text;

import java.util.Arrays;
import java.util.List;

/**
 * How a prompt and its response become one text. The owner writes these; a miner's own template is
 * never rendered. Each gives, byte for byte, what the model maker's Jinja template gives for one
 * user and one assistant message.
 */
public enum ChatTemplate {
  /** For byte-level models, with the special tokens of {@link ByteTokenizer}. */
  PLAIN("plain", "<|bos|><|user|>", "<|assistant|>", "<|end|>", false),
  /** Meta's Llama 3 instruct models. */
  LLAMA3(
      "llama3",
      "<|begin_of_text|><|start_header_id|>user<|end_header_id|>\n\n",
      "<|eot_id|><|start_header_id|>assistant<|end_header_id|>\n\n",
      "<|eot_id|>",
      true),
  /** ChatML, as Qwen 2 and SmolLM 2 write it, without a system message. */
  CHATML(
      "chatml", "<|im_start|>user\n", "<|im_end|>\n<|im_start|>assistant\n", "<|im_end|>\n", false),
  /** Zephyr's, with StableLM 2's end of text. */
  ZEPHYR("zephyr", "<|user|>\n", "<|endoftext|>\n<|assistant|>\n", "<|endoftext|>\n", false),
  /** Mistral 7B instruct, first to third. */
  MISTRAL("mistral", "<s>[INST] ", " [/INST]", "</s>", false),
  /** Google's Gemma, first to third. */
  GEMMA(
      "gemma",
      "<bos><start_of_turn>user\n",
      "<end_of_turn>\n<start_of_turn>model\n",
      "<end_of_turn>\n",
      true),
  /** Microsoft's Phi-3. */
  PHI3("phi3", "<|user|>\n", "<|end|>\n<|assistant|>\n", "<|end|>\n<|endoftext|>", false);

  /**
   * A rendered sample.
   *
   * @param responseStart the index in the text, in UTF-16 units, of the response's first character
   */
  public record Rendered(String text, int responseStart) {}

  private final String templateName;
  private final String beforePrompt;
  private final String beforeResponse;
  private final String afterResponse;
  private final boolean strips;

  ChatTemplate(
      String templateName,
      String beforePrompt,
      String beforeResponse,
      String afterResponse,
      boolean strips) {
    this.templateName = templateName;
    this.beforePrompt = beforePrompt;
    this.beforeResponse = beforeResponse;
    this.afterResponse = afterResponse;
    this.strips = strips;
  }

  /**
   * The template of this name.
   *
   * @throws IllegalArgumentException if there is none; the message lists them
   */
  public static ChatTemplate named(String name) {
    return Arrays.stream(values())
        .filter(template -> template.templateName.equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "no chat template is named " + name + "; there are " + names()));
  }

  /** The names of all templates. */
  public static List<String> names() {
    return Arrays.stream(values()).map(ChatTemplate::templateName).toList();
  }

  public String templateName() {
    return templateName;
  }

  /** The text of a sample; what follows {@code responseStart} is what a model is judged by. */
  public Rendered render(String prompt, String response) {
    String question = strips ? PythonText.strip(prompt) : prompt;
    String answer = strips ? PythonText.strip(response) : response;
    String start = beforePrompt + question + beforeResponse;
    return new Rendered(start + answer + afterResponse, start.length());
  }
}
