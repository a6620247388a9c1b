package dev.assay.model.train;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.assay.model.architecture.Activation;
import dev.assay.model.architecture.Attention;
import dev.assay.model.architecture.HeadNorm;
import dev.assay.model.architecture.ModelConfig;
import dev.assay.model.architecture.Multipliers;
import dev.assay.model.architecture.Norm;
import dev.assay.model.architecture.Rotary;
import dev.assay.model.architecture.RotaryScaling;
import dev.assay.model.family.Family;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * The sizes of a new Llama model. Its embedding is also its head.
 *
 * @param heads must divide {@code hiddenSize} into heads of an even size
 * @param keyValueHeads must divide {@code heads}
 */
public record LlamaShape(
    int vocabularySize,
    int hiddenSize,
    int intermediateSize,
    int layers,
    int heads,
    int keyValueHeads,
    int maxPositions) {
  private static final double EPSILON = 1e-5;
  private static final double THETA = 10_000;

  public LlamaShape {
    if (hiddenSize % heads != 0 || hiddenSize / heads % 2 != 0) {
      throw new IllegalArgumentException(
          "a hidden size of " + hiddenSize + " does not make " + heads + " heads of an even size");
    }
    if (heads % keyValueHeads != 0) {
      throw new IllegalArgumentException(
          keyValueHeads + " key and value heads do not divide " + heads + " heads");
    }
  }

  /** The configuration as the decoder takes it. */
  public ModelConfig config() {
    int headSize = hiddenSize / heads;
    Attention attention =
        new Attention(
            heads,
            keyValueHeads,
            headSize,
            1 / Math.sqrt(headSize),
            OptionalDouble.empty(),
            OptionalDouble.empty(),
            false,
            false,
            HeadNorm.NONE,
            Collections.nCopies(layers, 0),
            Collections.nCopies(layers, true));
    return new ModelConfig(
        Family.LLAMA,
        vocabularySize,
        hiddenSize,
        intermediateSize,
        layers,
        maxPositions,
        Norm.RMS,
        EPSILON,
        Activation.SILU,
        true,
        false,
        false,
        true,
        OptionalDouble.empty(),
        Multipliers.NONE,
        attention,
        Optional.of(new Rotary(THETA, headSize, new RotaryScaling.None())),
        Optional.empty(),
        Optional.empty());
  }

  /** The configuration as config.json, in the spelling that every version of transformers reads. */
  public byte[] json() {
    ObjectMapper mapper = new ObjectMapper();
    ObjectNode config = mapper.createObjectNode();
    config.putArray("architectures").add(Family.LLAMA.architecture());
    config.put("model_type", Family.LLAMA.modelType());
    config.put("torch_dtype", "float32");
    config.put("vocab_size", vocabularySize);
    config.put("hidden_size", hiddenSize);
    config.put("intermediate_size", intermediateSize);
    config.put("num_hidden_layers", layers);
    config.put("num_attention_heads", heads);
    config.put("num_key_value_heads", keyValueHeads);
    config.put("head_dim", hiddenSize / heads);
    config.put("max_position_embeddings", maxPositions);
    config.put("rms_norm_eps", EPSILON);
    config.put("rope_theta", THETA);
    config.put("hidden_act", "silu");
    config.put("attention_bias", false);
    config.put("mlp_bias", false);
    config.put("tie_word_embeddings", true);
    config.putNull("bos_token_id");
    config.putNull("eos_token_id");
    try {
      return (mapper.writerWithDefaultPrettyPrinter().writeValueAsString(config) + "\n")
          .getBytes(StandardCharsets.UTF_8);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a plain object does not become JSON", e);
    }
  }
}
