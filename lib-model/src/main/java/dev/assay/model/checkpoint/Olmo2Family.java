package dev.assay.model.checkpoint;

import java.util.List;

/**
 * OLMo 2: Llama with norms after the blocks instead of before, and over all of a layer's queries
 * and keys.
 */
final class Olmo2Family {
  private Olmo2Family() {}

  static ModelConfig config(ConfigFields fields) throws RejectedCheckpointException {
    Dimensions size = Dimensions.read(fields, 0, Dimensions.KEY_VALUE_HEADS);
    boolean bias = fields.flag("attention_bias", false);
    return new ModelConfigBuilder(Family.OLMO2, size, SharedSpelling.maxPositions(fields, 2048))
        .epsilon(SharedSpelling.epsilon(fields, "rms_norm_eps", 1e-5))
        .activation(SharedSpelling.activation(fields, "hidden_act", "silu"))
        .tied(SharedSpelling.tied(fields, false))
        .attentionBias(bias, bias)
        .queryKeyNorm(true)
        .rotary(RotaryReader.ofWholeHead(fields, size.headSize()))
        .build();
  }

  static List<ExpectedTensor> tensors(ModelConfig config) {
    int hidden = config.hiddenSize();
    Attention attention = config.attention();
    TensorPlan plan = new TensorPlan();
    plan.at(-1, "model.").weight(Part.EMBEDDING, "embed_tokens", config.vocabularySize(), hidden);
    for (int layer = 0; layer < config.layers(); layer++) {
      plan.at(layer, "model.layers." + layer + ".")
          .attention(config, "self_attn.o_proj")
          .weight(Part.QUERY_NORM, "self_attn.q_norm", attention.querySize())
          .weight(Part.KEY_NORM, "self_attn.k_norm", attention.keyValueSize())
          .weight(Part.POST_ATTENTION_NORM, "post_attention_layernorm", hidden)
          .gatedMlp(config)
          .weight(Part.POST_MLP_NORM, "post_feedforward_layernorm", hidden);
    }
    plan.at(-1, "").weight(Part.FINAL_NORM, "model.norm", hidden).head(config, "lm_head");
    return plan.tensors();
  }
}
