package dev.assay.model.text;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.assay.model.rejection.RejectedCheckpointException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/**
 * Any prompt and any response, in every template: the ids are those of the whole text, and what
 * counts is what the response's bytes and the template's end make. The first byte chooses the
 * template, the first line break parts prompt and response. A real run is
 *
 * <pre>JAZZER_FUZZ=1 mvn -pl lib-model test -Djazzer.hooks=true -Dtest='SampleFuzzTest#sample'
 * </pre>
 */
class SampleFuzzTest {
  private static final Tokenizer TOKENIZER = tokenizer();

  @FuzzTest(maxDuration = "5m")
  void sample(byte[] bytes) {
    if (bytes.length == 0) {
      return;
    }
    ChatTemplate[] templates = ChatTemplate.values();
    ChatTemplate template = templates[(bytes[0] & 0xff) % templates.length];
    // As JSON can hold them, unpaired surrogates included.
    String text = new String(bytes, 1, bytes.length - 1, StandardCharsets.UTF_16BE);
    int border = Math.max(0, text.indexOf('\n'));
    requireEncoded(template, text.substring(0, border), text.substring(border));
    String narrow = new String(bytes, 1, bytes.length - 1, StandardCharsets.UTF_8);
    border = Math.max(0, narrow.indexOf('\n'));
    requireEncoded(template, narrow.substring(0, border), narrow.substring(border));
  }

  private static void requireEncoded(ChatTemplate template, String prompt, String response) {
    ChatTemplate.Rendered rendered = template.render(prompt, response);
    EncodedSample sample =
        new SampleEncoder(TOKENIZER, template, SampleEncoder.MAX_TOKENS).encode(prompt, response);

    int[] whole = TOKENIZER.encode(rendered.text());
    assertThat(sample.length()).isEqualTo(Math.min(whole.length, SampleEncoder.MAX_TOKENS));
    assertThat(sample.ids()).isEqualTo(Arrays.copyOf(whole, sample.length()));
    assertThat(Arrays.stream(whole)).allMatch(id -> id < ByteTokenizer.VOCABULARY);
    if (ByteTokenizer.SPECIAL_TOKENS.stream().anyMatch((prompt + response)::contains)) {
      return;
    }
    int[] alone = TOKENIZER.encode(rendered.text().substring(0, rendered.responseStart()));
    assertThat(sample.promptLength()).isEqualTo(Math.min(alone.length, sample.length()));
  }

  private static Tokenizer tokenizer() {
    try {
      Path file = Files.createTempFile("assay-bytes", ".json");
      ByteTokenizer.write(file);
      Tokenizer opened = Tokenizer.open(file, TokenizerLimits.defaults());
      Files.delete(file);
      return opened;
    } catch (IOException | RejectedCheckpointException e) {
      throw new IllegalStateException(e);
    }
  }
}
