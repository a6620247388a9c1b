package dev.assay.model.family;

import dev.assay.model.architecture.ExpectedTensor;
import dev.assay.model.architecture.HeadNorm;
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
 * Phi 1, 1.5 and 2: one layer norm before two parallel blocks, biases everywhere, even in the head.
 */
final class PhiFamily {
  private PhiFamily() {}

  static ModelConfig config(ConfigFields fields) throws RejectedCheckpointException {
    Dimensions size = Dimensions.read(fields, 0, Dimensions.KEY_VALUE_HEADS);
    return new ModelConfigBuilder(Family.PHI, size, SharedSpelling.maxPositions(fields, 2048))
        .norm(Norm.LAYER)
        .epsilon(SharedSpelling.epsilon(fields, "layer_norm_eps", 1e-5))
        .activation(SharedSpelling.activation(fields, "hidden_act", "gelu_new"))
        .tied(SharedSpelling.tied(fields, false))
        .attentionBias(true, true)
        .mlpBias(true)
        .parallel(true)
        .queryKeyNorm(fields.flag("qk_layernorm", false) ? HeadNorm.HEAD : HeadNorm.NONE)
        .rotary(RotaryReader.ofPartOfHead(fields, size.headSize(), 0.5))
        .build();
  }

  static List<ExpectedTensor> tensors(ModelConfig config) {
    int hidden = config.hiddenSize();
    int inner = config.intermediateSize();
    TensorPlan plan = new TensorPlan();
    plan.at(-1, "model.").weight(Part.EMBEDDING, "embed_tokens", config.vocabularySize(), hidden);
    for (int layer = 0; layer < config.layers(); layer++) {
      plan.at(layer, "model.layers." + layer + ".")
          .layerNorm(Part.ATTENTION_NORM, "input_layernorm", hidden)
          .attention(config, "self_attn.dense")
          .headNorms(config, "self_attn.q_layernorm", "self_attn.k_layernorm", true)
          .linear(Part.UP, "mlp.fc1", inner, hidden, true)
          .linear(Part.DOWN, "mlp.fc2", hidden, inner, true);
    }
    plan.at(-1, "model.").layerNorm(Part.FINAL_NORM, "final_layernorm", hidden);
    plan.at(-1, "")
        .head(config, "lm_head")
        .bias(true, Part.HEAD, "lm_head", config.vocabularySize());
    return plan.tensors();
  }
}
