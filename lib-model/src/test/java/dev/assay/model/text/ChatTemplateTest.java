package dev.assay.model.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class ChatTemplateTest {
  @ParameterizedTest
  @EnumSource(ChatTemplate.class)
  void theResponseBeginsWhereItIsSaidTo(ChatTemplate template) {
    ChatTemplate.Rendered rendered = template.render("question", "answer");

    assertThat(rendered.text().substring(rendered.responseStart())).startsWith("answer");
    assertThat(rendered.text().substring(0, rendered.responseStart())).contains("question");
    assertThat(ChatTemplate.named(template.templateName())).isEqualTo(template);
  }

  @Test
  void rendersLlama3() {
    assertThat(ChatTemplate.named("llama3").render(" hi\n", "\u00a0yo ").text())
        .isEqualTo(
            "<|begin_of_text|><|start_header_id|>user<|end_header_id|>\n\nhi<|eot_id|>"
                + "<|start_header_id|>assistant<|end_header_id|>\n\nyo<|eot_id|>");
  }

  /**
   * One question and one answer by the templates of Mistral 7B 0.2 and Mixtral 8x7B, Mistral Large
   * 2407 and Mistral Nemo, as llama.cpp's tests/test-chat-template.cpp records what they give.
   */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "mistral | <s>[INST] What is a dog? [/INST]An animal.</s>",
        "mistral-v1 | <s> [INST] What is a dog? [/INST] An animal.</s>",
        "mistral-v3 | <s>[INST] What is a dog?[/INST] An animal.</s>",
        "mistral-v3-tekken | <s>[INST]What is a dog?[/INST]An animal.</s>"
      })
  void rendersEachVersionOfMistral(String name, String rendered) {
    assertThat(ChatTemplate.named(name).render("What is a dog?", "An animal.").text())
        .isEqualTo(rendered);
  }

  /** The same template strips blanks around a response in its third version only. */
  @Test
  void mistralsThirdVersionStripsTheResponse() {
    assertThat(ChatTemplate.named("mistral-v3").render(" q ", "\n a ").text())
        .isEqualTo("<s>[INST]  q [/INST] a</s>");
    assertThat(ChatTemplate.named("mistral-v7").render(" q ", "\n a ").text())
        .isEqualTo("<s>[INST]  q [/INST] \n a </s>");
  }

  @Test
  void aHyphenBeforeTheVersionCountsForNothing() {
    assertThat(ChatTemplate.named("llama-3")).isEqualTo(ChatTemplate.LLAMA3);
    assertThat(ChatTemplate.named("phi-3")).isEqualTo(ChatTemplate.PHI3);
    assertThat(ChatTemplate.named("qwen-3")).isEqualTo(ChatTemplate.QWEN3);
  }

  @Test
  void rendersQwen3WithAnEmptyThought() {
    assertThat(ChatTemplate.QWEN3.render(" hi ", "\n\nyo\n").text())
        .isEqualTo(
            """
            <|im_start|>user
             hi <|im_end|>
            <|im_start|>assistant
            <think>

            </think>

            yo
            <|im_end|>
            """);
  }

  /** What str.isspace() says in Python 3.11, over all of Unicode. */
  @Test
  void stripsWhatPythonStrips() {
    int[] spaces = {
      0x9, 0xa, 0xb, 0xc, 0xd, 0x1c, 0x1d, 0x1e, 0x1f, 0x20, 0x85, 0xa0, 0x1680, 0x2000, 0x2001,
      0x2002, 0x2003, 0x2004, 0x2005, 0x2006, 0x2007, 0x2008, 0x2009, 0x200a, 0x2028, 0x2029,
      0x202f, 0x205f, 0x3000
    };
    int[] stripped =
        IntStream.range(0, 0x10000)
            .filter(c -> !Character.isSurrogate((char) c))
            .filter(c -> PythonText.strip((char) c + "x" + (char) c).equals("x"))
            .toArray();

    assertThat(stripped).isEqualTo(spaces);
  }

  @Test
  void anUnknownNameIsAnsweredWithTheKnownOnes() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> ChatTemplate.named("alpaca"))
        .withMessageContaining("zephyr");
  }
}
