package dev.assay.model.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.assay.model.architecture.Activation;
import dev.assay.model.architecture.ModelConfig;
import dev.assay.model.architecture.Rotary;
import dev.assay.model.family.ConfigFile;
import dev.assay.model.rejection.RejectedCheckpointException;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Keys that overrule one another, or that a family does not read. */
class FamilyConfigurationTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String TYPES =
      "'layer_types': ['full_attention', 'full_attention', 'full_attention', 'full_attention',"
          + " 'sliding_attention', 'sliding_attention', 'sliding_attention', 'sliding_attention']";

  /**
   * Which of Gemma 3's layers slide (s) or see everything (f), as Gemma3TextConfig of transformers
   * 4.57.1 and of 5.23.0 says, which agree.
   */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "{}                                                                  | sssssfss",
        "{'_sliding_window_pattern': 3}                                      | sssssfss",
        "{'sliding_window_pattern': 3}                                       | ssfssfss",
        "{'_sliding_window_pattern': 2, 'sliding_window_pattern': 4}         | sssfsssf",
        "{" + TYPES + "}                                                     | ffffssss",
        "{" + TYPES + ", 'sliding_window_pattern': 3}                        | ffffssss",
        "{" + TYPES + ", '_sliding_window_pattern': 3}                       | ffffssss",
        "{'layer_types': null, 'sliding_window_pattern': 3}                  | ssfssfss"
      })
  void layersOfGemma3SlideAsInTransformers(String keys, String layers) throws Exception {
    ModelConfig config = parse("gemma3_text", keys);

    assertThat(config.attention().windows())
        .containsExactlyElementsOf(
            layers.chars().mapToObj(c -> c == 's' ? 4096 : 0).collect(Collectors.toList()));
  }

  /** Its files say gelu and mean the approximation; in the later two gelu is what it says. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "gemma       | {'hidden_act': 'gelu'}                                       | GELU_TANH",
        "gemma       | {'hidden_act': 'silu'}                                       | SILU",
        "gemma       | {'hidden_act': 'gelu', 'hidden_activation': 'relu'}          | GELU_TANH",
        "gemma       | {}                                                           | GELU_TANH",
        "gemma2      | {'hidden_activation': 'gelu'}                                | GELU",
        "gemma2      | {'hidden_act': 'silu'}                                       | GELU_TANH",
        "gemma3_text | {'hidden_activation': 'gelu', 'hidden_act': 'relu'}          | GELU"
      })
  void gemmaReadsTheActivationOfItsVersion(String type, String keys, Activation activation)
      throws Exception {
    assertThat(parse(type, keys).activation()).isEqualTo(activation);
  }

  @Test
  void gemma3CapsLogitsAndNeverScores() throws Exception {
    String caps = "{'attn_logit_softcapping': 50.0, 'final_logit_softcapping': 30.0}";

    assertThat(parse("gemma3_text", caps).attention().softCap()).isEmpty();
    assertThat(parse("gemma3_text", caps).finalSoftCap()).hasValue(30);
    assertThat(parse("gemma2", caps).attention().softCap()).hasValue(50);
  }

  @ParameterizedTest
  @ValueSource(strings = {"llama", "mistral", "qwen2", "qwen3", "olmo2", "gemma", "gemma2"})
  void familiesThatRotateWholeHeadsRefuseAPart(String type) {
    for (String keys :
        new String[] {
          "{'partial_rotary_factor': 0.5}",
          "{'rope_parameters': {'rope_type': 'default', 'partial_rotary_factor': 0.5}}"
        }) {
      assertThatThrownBy(() -> parse(type, keys))
          .isInstanceOf(RejectedCheckpointException.class)
          .hasMessageContaining("partial_rotary_factor is not 1");
    }
  }

  /** Which layers rotate (r) or not (n), as transformers 4.57.6 and 5.23.0 say, which agree. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "smollm3 | {}                                                | rrrnrrrn",
        "smollm3 | {'no_rope_layer_interval': 3}                     | rrnrrnrr",
        "smollm3 | {'no_rope_layers': [0, 1, 1, 1, 1, 1, 1, 0]}      | nrrrrrrn",
        "exaone4 | {}                                                | rrrnrrrn",
        "exaone4 | {'sliding_window_pattern': 2}                     | rnrnrnrn",
        "exaone4 | {'sliding_window_pattern': 'LG', " + TYPES + "}   | nnnnrrrr",
        "llama   | {}                                                | rrrrrrrr"
      })
  void layersRotateAsInTransformers(String type, String keys, String layers) throws Exception {
    assertThat(parse(type, keys).attention().rotated())
        .containsExactlyElementsOf(layers.chars().mapToObj(c -> c == 'r').toList());
  }

  /** What the class of transformers says, not as many as heads. */
  @ParameterizedTest
  @CsvSource({"mistral, 8", "qwen2, 32", "gemma, 16", "gemma2, 4", "starcoder2, 2", "glm4, 2"})
  void keyValueHeadsThatTheFileDoesNotStateAreTheFamilys(String type, int count) throws Exception {
    ObjectNode config = CheckpointBuilder.llama().put("model_type", type).put("hidden_size", 128);
    config.put("num_attention_heads", 32).remove("num_key_value_heads");

    assertThat(ConfigFile.parse(JSON.writeValueAsBytes(config)).attention().keyValueHeads())
        .isEqualTo(count);
  }

  @Test
  void falconsHeadsShareKeysAsItsThreeFormsSay() throws Exception {
    String one = "{'new_decoder_architecture': false}";
    String each = "{'new_decoder_architecture': false, 'multi_query': false}";
    String some = "{'new_decoder_architecture': true, 'num_kv_heads': 2}";

    assertThat(falcon(one).attention().keyValueHeads()).isEqualTo(1);
    assertThat(falcon(each).attention().keyValueHeads()).isEqualTo(4);
    assertThat(falcon(some).attention().keyValueHeads()).isEqualTo(2);
    assertThat(falcon(one).feedForwardNorm()).isFalse();
    assertThat(falcon(some).feedForwardNorm()).isTrue();
  }

  private static ModelConfig falcon(String keys) throws Exception {
    ObjectNode config = CheckpointBuilder.llama().put("model_type", "falcon");
    config.setAll((ObjectNode) JSON.readTree(keys.replace('\'', '"')));
    return ConfigFile.parse(JSON.writeValueAsBytes(config));
  }

  @Test
  void aPartOfAHeadRotatesWhereTheFamilyCan() throws Exception {
    assertThat(parse("phi", "{}").rotary().orElseThrow().dimensions()).isEqualTo(4);
    assertThat(parse("stablelm", "{'partial_rotary_factor': 0.75}").rotary().orElseThrow())
        .extracting(Rotary::dimensions)
        .isEqualTo(6);
  }

  /** The keys, quoted singly, beside those that every family wants. */
  private static ModelConfig parse(String type, String keys) throws Exception {
    ObjectNode config = CheckpointBuilder.llama().put("hidden_size", 32);
    config.remove(java.util.List.of("hidden_act", "rope_theta"));
    config.put("num_key_value_heads", 4);
    config.put("model_type", type).put("num_hidden_layers", 8);
    config.put("num_attention_heads", 4).put("head_dim", 8);
    config.setAll((ObjectNode) JSON.readTree(keys.replace('\'', '"')));
    return ConfigFile.parse(JSON.writeValueAsBytes(config));
  }
}
