package dev.assay.model.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.assay.model.rejection.RejectedCheckpointException;
import dev.assay.model.rejection.Rejection;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A folder's other files, as transformers 5.23 reads them: followed by the file, or refused. */
class TokenizerFolderTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final TokenizerLimits LIMITS = TokenizerLimits.defaults();

  @TempDir Path folder;

  @Test
  void settingsThatChangeNoIdAreTaken() throws Exception {
    tokenizer(json -> {});
    write(
        "tokenizer_config.json",
        """
        {"tokenizer_class": "PreTrainedTokenizerFast", "add_prefix_space": false, "bos_token": "<|bos|>",
         "eos_token": {"__type": "AddedToken", "content": "<|end|>", "normalized": true},
         "additional_special_tokens": ["<|user|>"], "extra_special_tokens": {"a": "<|assistant|>"},
         "add_bos_token": true, "clean_up_tokenization_spaces": true, "split_special_tokens": false,
         "added_tokens_decoder": {"256": {"content": "<|bos|>", "special": true, "normalized": false}}}
        """);
    write("special_tokens_map.json", "{\"bos_token\": \"<|bos|>\"}");
    write("added_tokens.json", "{\"<|bos|>\": 256}");

    try (Tokenizer tokenizer = Tokenizer.openFolder(folder, LIMITS)) {
      assertThat(tokenizer.encode("a")).containsExactly('a');
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "tokenizer_config.json ; {'add_prefix_space': true} ; add_prefix_space true",
        "tokenizer_config.json ; {'add_prefix_space': 1} ; add_prefix_space",
        "tokenizer_config.json ; {'split_special_tokens': true} ; split_special_tokens",
        "tokenizer_config.json ; {'fix_mistral_regex': true} ; fix_mistral_regex",
        "tokenizer_config.json ; {'bos_token': '<s>'} ; <s>",
        "tokenizer_config.json ; {'eos_token': {'content': '</s>'}} ; </s>",
        "tokenizer_config.json ; {'additional_special_tokens': ['<x>']} ; <x>",
        "tokenizer_config.json ; {'added_tokens_decoder': {'260': {'content': '<x>'}}} ; <x>",
        "tokenizer_config.json ; {'added_tokens_decoder': {'9': {'content': '<|bos|>'}}} ; <|bos|>",
        "tokenizer_config.json ; {'added_tokens_decoder': {'256': {'content': '<|bos|>', 'special':"
            + " true, 'rstrip': true}}} ; <|bos|>",
        "tokenizer_config.json ; {'tokenizer_class': 'Qwen2Tokenizer'} ; Qwen2Tokenizer",
        "tokenizer_config.json ; {'tokenizer_class': 'GPT2TokenizerFast'} ; GPT2Tokenizer",
        "tokenizer_config.json ; {'tokenizer_class': 'GemmaTokenizer'} ; GemmaTokenizer",
        "special_tokens_map.json ; {'pad_token': '<pad>'} ; <pad>",
        "added_tokens.json ; {'<x>': 260} ; <x>",
        "added_tokens.json ; {'<|bos|>': 9} ; <|bos|>"
      })
  void settingsThatChangeIdsAreRefusedByName(String file, String content, String named)
      throws Exception {
    tokenizer(json -> {});
    write(file, content.replace('\'', '"'));

    assertRefused(Rejection.AMBIGUOUS_TOKENIZER, named);
  }

  @Test
  void aBlankThatTheSettingsDoNotAskForIsRefused() throws Exception {
    tokenizer(json -> ((ObjectNode) json.get("pre_tokenizer")).put("add_prefix_space", true));
    write("tokenizer_config.json", "{}");

    assertRefused(Rejection.AMBIGUOUS_TOKENIZER, "add_prefix_space");
  }

  @Test
  void theModelsFamilySaysWhichClassIsMeant() throws Exception {
    tokenizer(json -> {});
    write("tokenizer_config.json", "{}");
    write("config.json", "{\"model_type\": \"qwen3\"}");
    assertRefused(Rejection.AMBIGUOUS_TOKENIZER, "Qwen2Tokenizer");

    write("tokenizer_config.json", "{\"tokenizer_class\": \"GPT2Tokenizer\"}");
    write("config.json", "{\"model_type\": \"olmo2\"}");
    Tokenizer.openFolder(folder, LIMITS).close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "[]", "{", "{\"a\": 1, \"a\": 2}", "null"})
  void settingsThatAreNoObjectAreRefused(String content) throws Exception {
    tokenizer(json -> {});
    write("tokenizer_config.json", content);

    assertRefused(Rejection.MALFORMED_TOKENIZER, "tokenizer_config.json");
  }

  @Test
  void aTemplateWhoseMarkersAreNoTokensIsRefused() throws Exception {
    tokenizer(json -> {});
    try (Tokenizer tokenizer = Tokenizer.openFolder(folder, LIMITS)) {
      SampleEncoder.of(tokenizer, ChatTemplate.PLAIN, 8);
      assertThatThrownBy(() -> SampleEncoder.of(tokenizer, ChatTemplate.CHATML, 8))
          .isInstanceOfSatisfying(
              RejectedCheckpointException.class,
              e -> assertThat(e.rejection()).isEqualTo(Rejection.TEMPLATE_MISMATCH))
          .hasMessageContaining("<|im_start|>");
    }
  }

  /** The third version's tokenizer has the marks as tokens; the first has them as words. */
  @Test
  void aTemplateWhoseWordsAreTokensIsRefused() throws Exception {
    tokenizer(
        json -> {
          String[] tokens = {"<s>", "</s>", "[INST]", "[/INST]"};
          for (int i = 0; i < tokens.length; i++) {
            ((ObjectNode) json.get("added_tokens").get(i)).put("content", tokens[i]);
          }
        });
    try (Tokenizer tokenizer = Tokenizer.openFolder(folder, LIMITS)) {
      SampleEncoder.of(tokenizer, ChatTemplate.MISTRAL_V3, 8);
      assertThatThrownBy(() -> SampleEncoder.of(tokenizer, ChatTemplate.MISTRAL, 8))
          .hasMessageContaining("[INST]");
    }
  }

  private void assertRefused(Rejection rejection, String named) {
    assertThatThrownBy(() -> Tokenizer.openFolder(folder, LIMITS))
        .isInstanceOfSatisfying(
            RejectedCheckpointException.class, e -> assertThat(e.rejection()).isEqualTo(rejection))
        .hasMessageContaining(named);
  }

  private void tokenizer(Consumer<ObjectNode> change) throws Exception {
    ObjectNode json = (ObjectNode) JSON.readTree(ByteTokenizer.json());
    change.accept(json);
    Files.write(folder.resolve("tokenizer.json"), JSON.writeValueAsBytes(json));
  }

  private void write(String name, String content) throws Exception {
    Files.writeString(folder.resolve(name), content);
  }
}
