package dev.assay.model.family;

import dev.assay.model.architecture.ExpectedTensor;
import dev.assay.model.architecture.ModelConfig;
import dev.assay.model.architecture.Norm;
import dev.assay.model.architecture.Part;
import dev.assay.model.config.ConfigFields;
import dev.assay.model.config.Dimensions;
import dev.assay.model.config.RotaryReader;
import dev.assay.model.config.SharedSpelling;
import dev.assay.model.rejection.RejectedCheckpointException;
import java.util.List;

/**
 * GPT-NeoX and Pythia: query, key and value fused head by head; the two blocks in parallel or one
 * after the other.
 */
final class GptNeoxFamily {
  private GptNeoxFamily() {}

  static ModelConfig config(ConfigFields fields) throws RejectedCheckpointException {
    Dimensions size = Dimensions.read(fields, 0);
    if (size.keyValueHeads() != size.heads()
        || size.heads() * size.headSize() != size.hiddenSize()) {
      throw fields.contradiction("heads of this family share the hidden size evenly");
    }
    boolean bias = fields.flag("attention_bias", true);
    return new ModelConfigBuilder(Family.GPT_NEOX, size, SharedSpelling.maxPositions(fields, 2048))
        .norm(Norm.LAYER)
        .epsilon(SharedSpelling.epsilon(fields, "layer_norm_eps", 1e-5))
        .activation(SharedSpelling.activation(fields, "hidden_act", "gelu"))
        .tied(SharedSpelling.tied(fields, false))
        .attentionBias(bias, bias)
        .mlpBias(true)
        .parallel(fields.flag("use_parallel_residual", true))
        .rotary(RotaryReader.ofGptNeox(fields, size.headSize()))
        .build();
  }

  static List<ExpectedTensor> tensors(ModelConfig config) {
    int hidden = config.hiddenSize();
    int inner = config.intermediateSize();
    boolean bias = config.attention().inputBias();
    TensorPlan plan = new TensorPlan();
    plan.at(-1, "gpt_neox.").weight(Part.EMBEDDING, "embed_in", config.vocabularySize(), hidden);
    for (int layer = 0; layer < config.layers(); layer++) {
      plan.at(layer, "gpt_neox.layers." + layer + ".")
          .layerNorm(Part.ATTENTION_NORM, "input_layernorm", hidden)
          .linear(
              Part.QUERY_KEY_VALUE_BY_HEAD, "attention.query_key_value", 3L * hidden, hidden, bias)
          .linear(Part.OUTPUT, "attention.dense", hidden, hidden, bias)
          .layerNorm(Part.MLP_NORM, "post_attention_layernorm", hidden)
          .linear(Part.UP, "mlp.dense_h_to_4h", inner, hidden, true)
          .linear(Part.DOWN, "mlp.dense_4h_to_h", hidden, inner, true);
    }
    plan.at(-1, "gpt_neox.").layerNorm(Part.FINAL_NORM, "final_layer_norm", hidden);
    plan.at(-1, "").head(config, "embed_out");
    return plan.tensors();
  }
}
