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
  PLAIN(
      "plain",
      "<|bos|><|user|>",
      "<|assistant|>",
      "<|end|>",
      Trim.NOTHING,
      List.of("<|bos|>", "<|user|>", "<|assistant|>", "<|end|>")),
  /** Meta's Llama 3 instruct models, without a system message. */
  LLAMA3(
      "llama3",
      "<|begin_of_text|><|start_header_id|>user<|end_header_id|>\n\n",
      "<|eot_id|><|start_header_id|>assistant<|end_header_id|>\n\n",
      "<|eot_id|>",
      Trim.BOTH,
      Tokens.LLAMA3),
  /**
   * Llama 3.1 and 3.3, whose template writes a system message with two fixed dates of its own, and
   * Llama 3.2 as it writes where no clock is given; given one, it writes the day it is rendered on.
   */
  LLAMA31(
      "llama3.1",
      "<|begin_of_text|><|start_header_id|>system<|end_header_id|>\n\n"
          + "Cutting Knowledge Date: December 2023\nToday Date: 26 Jul 2024\n\n<|eot_id|>"
          + "<|start_header_id|>user<|end_header_id|>\n\n",
      "<|eot_id|><|start_header_id|>assistant<|end_header_id|>\n\n",
      "<|eot_id|>",
      Trim.BOTH,
      Tokens.LLAMA3),
  /** ChatML without a system message. */
  CHATML(
      "chatml",
      "<|im_start|>user\n",
      "<|im_end|>\n<|im_start|>assistant\n",
      "<|im_end|>\n",
      Trim.NOTHING,
      Tokens.CHATML),
  /** Qwen 2.5 instruct: ChatML with the system message of its maker. */
  QWEN25(
      "qwen2.5",
      """
      <|im_start|>system
      You are Qwen, created by Alibaba Cloud. You are a helpful assistant.<|im_end|>
      <|im_start|>user
      """,
      "<|im_end|>\n<|im_start|>assistant\n",
      "<|im_end|>\n",
      Trim.NOTHING,
      Tokens.CHATML),
  /** SmolLM 2 instruct: ChatML with the system message of its maker. */
  SMOLLM2(
      "smollm2",
      """
      <|im_start|>system
      You are a helpful AI assistant named SmolLM, trained by Hugging Face<|im_end|>
      <|im_start|>user
      """,
      "<|im_end|>\n<|im_start|>assistant\n",
      "<|im_end|>\n",
      Trim.NOTHING,
      Tokens.CHATML),
  /**
   * Qwen 3's: ChatML with an empty thought before the response. A response that holds a thought of
   * its own is rendered as text.
   */
  QWEN3(
      "qwen3",
      "<|im_start|>user\n",
      "<|im_end|>\n<|im_start|>assistant\n<think>\n\n</think>\n\n",
      "<|im_end|>\n",
      Trim.LINES_BEFORE_RESPONSE,
      List.of("<|im_start|>", "<|im_end|>", "<think>", "</think>")),
  /** Zephyr's, with StableLM 2's end of text; the roles are words there. */
  ZEPHYR(
      "zephyr",
      "<|user|>\n",
      "<|endoftext|>\n<|assistant|>\n",
      "<|endoftext|>\n",
      Trim.NOTHING,
      List.of("<|endoftext|>")),
  /** Mistral 7B instruct 0.1 and 0.2 as they were published; the instruction's marks are words. */
  MISTRAL(
      "mistral",
      "<s>[INST] ",
      " [/INST]",
      "</s>",
      Trim.NOTHING,
      Tokens.MISTRAL,
      Tokens.MISTRAL_MARKS),
  /** The same models and Mixtral, by the template that replaced it: mistral-common's v1. */
  MISTRAL_V1(
      "mistral-v1",
      "<s> [INST] ",
      " [/INST] ",
      "</s>",
      Trim.NOTHING,
      Tokens.MISTRAL,
      Tokens.MISTRAL_MARKS),
  /** mistral-common's v3, Mistral 7B 0.3 and Large 2407: blanks around a response are stripped. */
  MISTRAL_V3("mistral-v3", "<s>[INST] ", "[/INST] ", "</s>", Trim.RESPONSE, Tokens.MISTRAL_V3),
  /** mistral-common's v7 without a system message: Mistral Large 2411, which strips nothing. */
  MISTRAL_V7("mistral-v7", "<s>[INST] ", "[/INST] ", "</s>", Trim.NOTHING, Tokens.MISTRAL_V3),
  /** mistral-common's v3-tekken, and v7-tekken without a system message: Mistral Nemo. */
  MISTRAL_V3_TEKKEN(
      "mistral-v3-tekken", "<s>[INST]", "[/INST]", "</s>", Trim.NOTHING, Tokens.MISTRAL_V3),
  /** Google's Gemma, first to third. */
  GEMMA(
      "gemma",
      "<bos><start_of_turn>user\n",
      "<end_of_turn>\n<start_of_turn>model\n",
      "<end_of_turn>\n",
      Trim.BOTH,
      List.of("<bos>", "<start_of_turn>", "<end_of_turn>")),
  /** Microsoft's Phi-3.5, and Phi-3-mini since July 2024. */
  PHI3(
      "phi3",
      "<|user|>\n",
      "<|end|>\n<|assistant|>\n",
      "<|end|>\n<|endoftext|>",
      Trim.NOTHING,
      Tokens.PHI3),
  /** Phi-3-mini as it was published first. */
  PHI3_MINI(
      "phi3-mini",
      "<s><|user|>\n",
      "<|end|>\n<|assistant|>\n",
      "<|end|>\n",
      Trim.NOTHING,
      List.of("<s>", "<|user|>", "<|end|>", "<|assistant|>")),
  /** Phi-3-small, in both sizes of context. */
  PHI3_SMALL(
      "phi3-small",
      "<|endoftext|><|user|>\n",
      "<|end|>\n<|assistant|>\n",
      "<|end|>\n<|endoftext|>",
      Trim.NOTHING,
      Tokens.PHI3),
  /** Phi-3-medium, in both sizes of context. */
  PHI3_MEDIUM(
      "phi3-medium",
      "<|user|>\n",
      "<|end|>\n<|assistant|>\n",
      "<|end|>\n",
      Trim.NOTHING,
      List.of("<|user|>", "<|end|>", "<|assistant|>")),
  /** Microsoft's Phi-4. */
  PHI4(
      "phi4",
      "<|im_start|>user<|im_sep|>",
      "<|im_end|><|im_start|>assistant<|im_sep|>",
      "<|im_end|>",
      Trim.NOTHING,
      List.of("<|im_start|>", "<|im_sep|>", "<|im_end|>")),
  /** Microsoft's Phi-4-mini. */
  PHI4_MINI(
      "phi4-mini",
      "<|user|>",
      "<|end|><|assistant|>",
      "<|end|><|endoftext|>",
      Trim.NOTHING,
      Tokens.PHI3);

  /** What a template strips as Python does. */
  private enum Trim {
    NOTHING,
    BOTH,
    RESPONSE,
    LINES_BEFORE_RESPONSE
  }

  /** Markers of more than one template. */
  private static final class Tokens {
    static final List<String> LLAMA3 =
        List.of("<|begin_of_text|>", "<|start_header_id|>", "<|end_header_id|>", "<|eot_id|>");
    static final List<String> CHATML = List.of("<|im_start|>", "<|im_end|>");
    static final List<String> MISTRAL = List.of("<s>", "</s>");
    static final List<String> MISTRAL_MARKS = List.of("[INST]", "[/INST]");
    static final List<String> MISTRAL_V3 = List.of("<s>", "</s>", "[INST]", "[/INST]");
    static final List<String> PHI3 =
        List.of("<|user|>", "<|end|>", "<|assistant|>", "<|endoftext|>");

    private Tokens() {}
  }

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
  private final Trim trim;

  // The checker of enums does not know that List.of is immutable.
  @SuppressWarnings("ImmutableEnumChecker")
  private final List<String> tokens;

  @SuppressWarnings("ImmutableEnumChecker")
  private final List<String> words;

  ChatTemplate(
      String templateName,
      String beforePrompt,
      String beforeResponse,
      String afterResponse,
      Trim trim,
      List<String> tokens) {
    this(templateName, beforePrompt, beforeResponse, afterResponse, trim, tokens, List.of());
  }

  ChatTemplate(
      String templateName,
      String beforePrompt,
      String beforeResponse,
      String afterResponse,
      Trim trim,
      List<String> tokens,
      List<String> words) {
    this.templateName = templateName;
    this.beforePrompt = beforePrompt;
    this.beforeResponse = beforeResponse;
    this.afterResponse = afterResponse;
    this.trim = trim;
    this.tokens = tokens;
    this.words = words;
  }

  /**
   * The template of this name; a hyphen before a version counts for nothing: llama-3 is llama3.
   *
   * @throws IllegalArgumentException if there is none; the message lists them
   */
  public static ChatTemplate named(String name) {
    return Arrays.stream(values())
        .filter(
            template ->
                template.templateName.equals(name)
                    || template.templateName.equals(name.replaceFirst("-(?=[0-9])", "")))
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

  /** The markers that must each be one token of the tokenizer. */
  public List<String> tokens() {
    return tokens;
  }

  /** The markers that must not be tokens: in another version of the template they are. */
  public List<String> words() {
    return words;
  }

  /** The text of a sample; what follows {@code responseStart} is what a model is judged by. */
  public Rendered render(String prompt, String response) {
    String question = trim == Trim.BOTH ? PythonText.strip(prompt) : prompt;
    String answer =
        switch (trim) {
          case NOTHING -> response;
          case BOTH, RESPONSE -> PythonText.strip(response);
          case LINES_BEFORE_RESPONSE -> response.replaceFirst("^\\n+", "");
        };
    String start = beforePrompt + question + beforeResponse;
    return new Rendered(start + answer + afterResponse, start.length());
  }
}
