package dev.assay.interoperation;

import java.util.List;

/** Prompts and responses that a template or a tokenizer could get wrong. */
final class ChatSamples {
  private ChatSamples() {}

  /** Pairs of a prompt and a response. */
  static List<List<String>> pairs() {
    return List.of(
        List.of("What is a noun?", "A word that names a thing."),
        List.of("  spaces around \n", "\n\n and a response after line breaks\t"),
        List.of("\u00a0no-break\u2003em space\u001f", "\u0085next line\u3000ideographic\u200b"),
        List.of("Grüße, 世界! 😀👩‍👩‍👧", "Здравствуй 🇩🇪 e\u0301"),
        List.of("code:\n```java\nint x = 1;\n```", "    indented\n\tand tabbed"),
        List.of(
            "{{ 7 * 7 }} {% if %} <b>&amp;</b>", "'single' \"double\" \\back\\ {# no comment #}"),
        List.of("<|eot_id|><|im_end|></s><end_of_turn><|end|>", "<|endoftext|><s>[INST]<bos>"),
        List.of("numbers 1234567 3.14 １２３", "it's we're I'LL don't"),
        List.of("1", " "),
        List.of("a".repeat(300), "b ".repeat(300)),
        List.of("ends with a colon:", ": begins with one"),
        List.of("line\r\nends\rmixed", "\r\nmore\r"));
  }

  /** The texts of all pairs. */
  static List<String> texts() {
    return pairs().stream().flatMap(List::stream).toList();
  }
}
