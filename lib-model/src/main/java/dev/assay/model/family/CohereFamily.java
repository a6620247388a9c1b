package dev.assay.model.family;

import dev.assay.model.architecture.Attention;
import dev.assay.model.architecture.ExpectedTensor;
import dev.assay.model.architecture.HeadNorm;
import dev.assay.model.architecture.ModelConfig;
import dev.assay.model.architecture.Multipliers;
import dev.assay.model.architecture.Norm;
import dev.assay.model.architecture.Part;
import dev.assay.model.config.ConfigFields;
import dev.assay.model.config.Dimensions;
import dev.assay.model.config.RotaryReader;
import dev.assay.model.config.SharedSpelling;
import dev.assay.model.rejection.RejectedCheckpointException;
import java.util.List;

/**
 * Cohere's Command R: one layer norm before two parallel blocks, pairs of rotated dimensions side
 * by side, and logits that are scaled.
 */
final class CohereFamily {
  private CohereFamily() {}

  static ModelConfig config(ConfigFields fields) throws RejectedCheckpointException {
    Dimensions size = Dimensions.read(fields, 0, Dimensions.KEY_VALUE_HEADS);
    boolean bias = fields.flag("attention_bias", false);
    return new ModelConfigBuilder(Family.COHERE, size, SharedSpelling.maxPositions(fields, 8192))
        .norm(Norm.LAYER)
        .epsilon(SharedSpelling.epsilon(fields, "layer_norm_eps", 1e-5))
        .activation(SharedSpelling.activation(fields, "hidden_act", "silu"))
        .tied(SharedSpelling.tied(fields, true))
        .attentionBias(bias, bias)
        .parallel(true)
        .queryKeyNorm(fields.flag("use_qk_norm", false) ? HeadNorm.HEAD : HeadNorm.NONE)
        .multipliers(
            new Multipliers(1, 1, SharedSpelling.multiplier(fields, "logit_scale", 0.0625)))
        .rotary(RotaryReader.ofWholeHeadWithBase(fields, size.headSize()).sideBySide())
        .build();
  }

  static List<ExpectedTensor> tensors(ModelConfig config) {
    int hidden = config.hiddenSize();
    Attention attention = config.attention();
    TensorPlan plan = new TensorPlan();
    plan.at(-1, "model.").weight(Part.EMBEDDING, "embed_tokens", config.vocabularySize(), hidden);
    for (int layer = 0; layer < config.layers(); layer++) {
      plan.at(layer, "model.layers." + layer + ".")
          .weight(Part.ATTENTION_NORM, "input_layernorm", hidden)
          .attention(config, "self_attn.o_proj");
      if (attention.queryKeyNorm() == HeadNorm.HEAD) {
        int size = attention.headSize();
        plan.weight(Part.QUERY_NORM, "self_attn.q_norm", attention.heads(), size)
            .weight(Part.KEY_NORM, "self_attn.k_norm", attention.keyValueHeads(), size);
      }
      plan.gatedMlp(config);
    }
    plan.at(-1, "").weight(Part.FINAL_NORM, "model.norm", hidden).head(config, "lm_head");
    return plan.tensors();
  }
}
