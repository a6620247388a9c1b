package dev.assay.model.text;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

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

  /**
   * A token that holds the prompt's last character and the response's first is the response's. The
   * original takes the length of the prompt tokenised alone (its defect 19), which here is one
   * token too many.
   */
  @Test
  void aTokenMergedOverTheBorderCounts() throws Exception {
    try (Tokenizer merging = merging(">y")) {
      EncodedSample sample =
          new SampleEncoder(merging, ChatTemplate.CHATML, 2048).encode("hi", "yo");
      int[] promptAlone = merging.encode(prompt(ChatTemplate.CHATML, "hi"));

      assertThat(sample.promptLength()).isEqualTo(promptAlone.length);
    }
    try (Tokenizer merging = merging("\u010ay")) {
      EncodedSample sample =
          new SampleEncoder(merging, ChatTemplate.CHATML, 2048).encode("hi", "yo");
      int[] promptAlone = merging.encode(prompt(ChatTemplate.CHATML, "hi"));

      assertThat(sample.promptLength()).isEqualTo(promptAlone.length - 1);
      assertThat(sample.ids()[sample.promptLength()]).isEqualTo(300);
    }
  }

  @Test
  void lineBreaksMergedOverTheBorderCount() throws Exception {
    try (Tokenizer merging = merging("\u010a\u010a")) {
      EncodedSample sample =
          new SampleEncoder(merging, ChatTemplate.CHATML, 2048).encode("hi", "\nyo");

      assertThat(counted(sample)).startsWith(300, 'y', 'o');
    }
  }

  /** What the template trims is nobody's: neither at the border nor at the end does it count. */
  @ParameterizedTest
  @ValueSource(strings = {"gemma", "llama3"})
  void whatATemplateTrimsDoesNotCount(String name) {
    SampleEncoder encoder = new SampleEncoder(tokenizer, ChatTemplate.named(name), 2048);

    assertThat(encoder.encode(" hi\n", "\n\u2003 yo\u00a0")).isEqualTo(encoder.encode("hi", "yo"));
    assertThat(counted(encoder.encode("hi", " yo"))).startsWith('y', 'o', '<');
  }

  @Test
  void aTemplateThatTrimsNothingCountsTheResponsesSpaces() {
    SampleEncoder encoder = new SampleEncoder(tokenizer, ChatTemplate.CHATML, 2048);

    assertThat(counted(encoder.encode("hi ", " yo"))).startsWith(' ', 'y', 'o');
  }

  /** The bytes of one character each end where it ends. */
  @Test
  void everyByteOfTheFirstCharacterCounts() {
    SampleEncoder encoder = new SampleEncoder(tokenizer, ChatTemplate.PLAIN, 2048);

    assertThat(counted(encoder.encode("😀", "😀"))).hasSize(4 + 1);
    assertThat(counted(encoder.encode("e", "\u0301"))).hasSize(2 + 1);
  }

  /** A normalizer that drops characters moves no border: spans are of the text as it was. */
  @Test
  void droppedCharactersMoveNoBorder() throws Exception {
    try (Tokenizer dropping = dropping(" ")) {
      SampleEncoder encoder = new SampleEncoder(dropping, ChatTemplate.PLAIN, 2048);

      assertThat(encoder.encode("a b  c ", "  d e")).isEqualTo(encoder.encode("abc", "de"));
      assertThat(counted(encoder.encode("a b  c ", "  d e"))).containsExactly('d', 'e', 259);
    }
  }

  private static int[] counted(EncodedSample sample) {
    return Arrays.copyOfRange(sample.ids(), sample.promptLength(), sample.length());
  }

  private static String prompt(ChatTemplate template, String prompt) {
    ChatTemplate.Rendered rendered = template.render(prompt, "");
    return rendered.text().substring(0, rendered.responseStart());
  }

  /** The byte tokenizer behind a normalizer that leaves a character out. */
  private Tokenizer dropping(String character) throws Exception {
    ObjectMapper mapper = new ObjectMapper();
    Path file = directory.resolve("dropping.json");
    ByteTokenizer.write(file);
    ObjectNode json = (ObjectNode) mapper.readTree(file.toFile());
    ObjectNode normalizer = json.putObject("normalizer").put("type", "Replace").put("content", "");
    normalizer.putObject("pattern").put("String", character);
    Files.write(file, mapper.writeValueAsBytes(json));
    return Tokenizer.open(file, TokenizerLimits.defaults());
  }

  /** The byte tokenizer with one merge more, of two characters of its own alphabet, as id 300. */
  private Tokenizer merging(String token) throws Exception {
    ObjectMapper mapper = new ObjectMapper();
    Path file = directory.resolve("merging.json");
    ByteTokenizer.write(file);
    ObjectNode model = (ObjectNode) mapper.readTree(file.toFile()).get("model");
    ObjectNode json = (ObjectNode) mapper.readTree(file.toFile());
    ((ObjectNode) model.get("vocab")).put(token, 300);
    model.putArray("merges").add(token.charAt(0) + " " + token.charAt(1));
    json.set("model", model);
    Files.write(file, mapper.writeValueAsBytes(json));
    return Tokenizer.open(file, TokenizerLimits.defaults());
  }
}
