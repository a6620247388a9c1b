package dev.assay.model.checkpoint;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.assay.model.architecture.ModelConfig;
import dev.assay.model.family.ConfigFile;
import dev.assay.model.rejection.RejectedCheckpointException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Keys by which transformers would load another model than Assay scores are refused by name; what
 * trainers write beside them is not. {@code ConfigurationSweepIT} tries all of them against
 * transformers.
 */
class OtherKeysTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{'is_causal': false}                                     | is_causal",
        "{'is_causal': null}                                      | is_causal",
        "{'layer_types': ['full_attention', 'sliding_attention']} | layer_types",
        "{'per_layer_config': {'0': {}}}                          | per_layer_config",
        "{'transformers_weights': 'other.safetensors'}            | transformers_weights",
        "{'_attn_implementation': 'x'}                            | _attn_implementation",
        "{'text_config': {}}                                      | text_config",
        "{'dtype': 'int8'}                                        | dtype",
        "{'tie_word_embeddings': null}                            | tie_word_embeddings",
        "{'hidden_size': 16.0}                                    | hidden_size",
        "{'hidden_size': '16'}                                    | hidden_size",
        "{'num_hidden_layers': true}                              | num_hidden_layers",
        "{'rms_norm_eps': null}                                   | rms_norm_eps",
        "{'use_cache': 1}                                         | use_cache",
        "{'id2label': {'a': 'b'}}                                | id2label",
        "{'id2label': {'0': 1}}                                  | id2label",
        "{'bos_token_id': '1'}                                    | bos_token_id",
        "{'rope_parameters': {'rope_theta': 500.0}}               | rope_theta",
        "{'rope_scaling': {'type': 'default', 'rope_theta': 500.0}} | rope_theta",
        "{'rope_scaling': {'factor': 2.0}}                        | rope_type",
        "{'rope_scaling': {'type': 'linear', 'rope_type': 'default', 'factor': 2.0}} | rope_type"
      })
  void refusesWhatTransformersReadsOtherwise(String keys, String name) {
    assertThatThrownBy(() -> parse("llama", keys))
        .isInstanceOf(RejectedCheckpointException.class)
        .hasMessageStartingWith("config.json")
        .hasMessageContaining(name);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{'architectures': ['FSDPLlamaForCausalLM']}",
        "{'architectures': ['LlamaForCausalLM', 'PeftModelForCausalLM']}",
        "{'architectures': []}",
        "{'is_causal': true, 'use_cache': false, 'output_hidden_states': null}",
        "{'_name_or_path': 'somewhere', 'transformers_version': '4.30.0', 'unsloth_version': '1'}",
        "{'torch_dtype': 'bfloat16', 'dtype': 'float32', 'eos_token_id': [1, 2]}",
        "{'rope_parameters': {'rope_theta': 10000, 'rope_type': 'default'}, 'rope_scaling': null}",
        "{'id2label': {'0': 'LABEL_0', '1': 'LABEL_1'}, 'label2id': {'LABEL_0': 0}}",
        "{'pruned_heads': {}, 'is_decoder': false, 'num_beams': 4, 'temperature': 0.7}"
      })
  void takesWhatSaysNothingAboutLosses(String keys) {
    assertThatCode(() -> parse("llama", keys)).doesNotThrowAnyException();
  }

  @Test
  void mistralHasNoTypesOfLayers() {
    assertThatThrownBy(
            () -> parse("mistral", "{'layer_types': ['full_attention', 'full_attention']}"))
        .hasMessage(
            "config.json has layer_types = ['full_attention','full_attention']; it must be null or"
                + " absent");
  }

  /** Transformers takes whichever of the two comes last in the file. */
  @ParameterizedTest
  @ValueSource(strings = {"hidden_size", "num_attention_heads", "num_hidden_layers"})
  void gpt2RefusesASecondNameWithAnotherValue(String alias) throws Exception {
    String sizes =
        "'model_type': 'gpt2', 'n_embd': 16, 'n_head': 4, 'n_layer': 2, 'vocab_size': 99";
    String text = "{" + sizes + ", '" + alias + "': 8}";

    assertThatThrownBy(() -> ConfigFile.parse(text.replace('\'', '"').getBytes(UTF_8)))
        .hasMessageContaining(alias + " is 8")
        .hasMessageContaining("keep one");
    assertThat(ConfigFile.parse(("{" + sizes + "}").replace('\'', '"').getBytes(UTF_8)).layers())
        .isEqualTo(2);
  }

  private static ModelConfig parse(String type, String keys) throws Exception {
    ObjectNode config = CheckpointBuilder.llama().put("model_type", type);
    config.setAll((ObjectNode) JSON.readTree(keys.replace('\'', '"')));
    return ConfigFile.parse(JSON.writeValueAsBytes(config));
  }
}
