package dev.assay.model.family;

import dev.assay.model.architecture.ExpectedTensor;
import dev.assay.model.architecture.ModelConfig;
import dev.assay.model.architecture.Norm;
import dev.assay.model.architecture.Part;
import dev.assay.model.config.ConfigBounds;
import dev.assay.model.config.ConfigFields;
import dev.assay.model.config.Dimensions;
import dev.assay.model.config.RotaryReader;
import dev.assay.model.config.SharedSpelling;
import dev.assay.model.rejection.RejectedCheckpointException;
import java.util.List;

/**
 * Starcoder 2: Llama with layer norms, biases, a window and a feed-forward block without a gate.
 */
final class Starcoder2Family {
  private Starcoder2Family() {}

  static ModelConfig config(ConfigFields fields) throws RejectedCheckpointException {
    Dimensions size = Dimensions.read(fields, 0, 2);
    boolean bias = fields.flag("use_bias", true);
    return new ModelConfigBuilder(
            Family.STARCODER2, size, SharedSpelling.maxPositions(fields, 4096))
        .norm(Norm.LAYER)
        .epsilon(SharedSpelling.epsilon(fields, "norm_epsilon", 1e-5))
        .activation(SharedSpelling.activation(fields, "hidden_act", "gelu_pytorch_tanh"))
        .tied(SharedSpelling.tied(fields, true))
        .attentionBias(bias, bias)
        .mlpBias(bias)
        .window(fields.switchedInteger("sliding_window", ConfigBounds.POSITIONS, 0))
        .rotary(RotaryReader.ofWholeHead(fields, size.headSize()))
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
          .attention(config, "self_attn.o_proj")
          .layerNorm(Part.MLP_NORM, "post_attention_layernorm", hidden)
          .linear(Part.UP, "mlp.c_fc", inner, hidden, config.mlpBias())
          .linear(Part.DOWN, "mlp.c_proj", hidden, inner, config.mlpBias());
    }
    plan.at(-1, "").layerNorm(Part.FINAL_NORM, "model.norm", hidden).head(config, "lm_head");
    return plan.tensors();
  }
}
