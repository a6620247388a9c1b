package dev.assay.model.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SampleEncoderTest {
  @TempDir Path directory;
  private Tokenizer tokenizer;

  @BeforeEach
  void openTokenizer() throws Exception {
    Path file = directory.resolve("tokenizer.json");
    ByteTokenizer.write(file);
    tokenizer = Tokenizer.open(file, TokenizerLimits.defaults());
  }

  @AfterEach
  void closeTokenizer() {
    tokenizer.close();
  }

  @Test
  void bytesAreTheirOwnIds() {
    byte[] all = "aZ ~\n\té€😀".getBytes(StandardCharsets.UTF_8);

    int[] ids = tokenizer.encode("aZ ~\n\té€😀");

    assertThat(ids).hasSize(all.length);
    for (int i = 0; i < ids.length; i++) {
      assertThat(ids[i]).isEqualTo(all[i] & 0xff);
    }
    assertThat(tokenizer.vocabulary()).isEqualTo(ByteTokenizer.VOCABULARY);
  }

  @Test
  void promptEndsWhereTheResponseBegins() {
    EncodedSample sample =
        new SampleEncoder(tokenizer, ChatTemplate.PLAIN, 2048).encode("h😀i", "yo");

    assertThat(sample.promptLength()).isEqualTo(1 + 1 + 6 + 1);
    assertThat(sample.ids()).hasSize(1 + 1 + 6 + 1 + 2 + 1);
    assertThat(sample.ids()).startsWith(256, 257, 'h').endsWith('y', 'o', 259);
  }

  @Test
  void aPromptThatFillsTheSequenceLeavesNothingToCount() {
    EncodedSample sample =
        new SampleEncoder(tokenizer, ChatTemplate.PLAIN, 8).encode("a long prompt", "yes");

    assertThat(sample.ids()).hasSize(8);
    assertThat(sample.nothingToCount()).isTrue();
  }
}
