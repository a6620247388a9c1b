package dev.assay.model.family;

import dev.assay.model.architecture.ExpectedTensor;
import dev.assay.model.architecture.ModelConfig;
import dev.assay.model.architecture.Part;
import dev.assay.model.config.ConfigFields;
import dev.assay.model.config.Dimensions;
import dev.assay.model.config.RotaryReader;
import dev.assay.model.config.SharedSpelling;
import dev.assay.model.rejection.RejectedCheckpointException;
import java.util.List;

/**
 * GLM-4, as glm and, with norms after its blocks as well, glm4: half of a head rotates, in pairs
 * side by side; gate and up are one projection.
 */
final class GlmFamily {
  private GlmFamily() {}

  static ModelConfig glm(ConfigFields fields) throws RejectedCheckpointException {
    return config(fields, Family.GLM);
  }

  static ModelConfig glm4(ConfigFields fields) throws RejectedCheckpointException {
    return config(fields, Family.GLM4);
  }

  private static ModelConfig config(ConfigFields fields, Family family)
      throws RejectedCheckpointException {
    Dimensions size = Dimensions.read(fields, 128, 2);
    return new ModelConfigBuilder(family, size, SharedSpelling.maxPositions(fields, 131_072))
        .epsilon(SharedSpelling.epsilon(fields, "rms_norm_eps", 1.5625e-7))
        .activation(SharedSpelling.activation(fields, "hidden_act", "silu"))
        .tied(SharedSpelling.tied(fields, false))
        .attentionBias(fields.flag("attention_bias", true), false)
        .rotary(RotaryReader.ofPartOfHead(fields, size.headSize(), 0.5).sideBySide())
        .build();
  }

  static List<ExpectedTensor> tensors(ModelConfig config) {
    int hidden = config.hiddenSize();
    int inner = config.intermediateSize();
    boolean after = config.family() == Family.GLM4;
    TensorPlan plan = new TensorPlan();
    plan.at(-1, "model.").weight(Part.EMBEDDING, "embed_tokens", config.vocabularySize(), hidden);
    for (int layer = 0; layer < config.layers(); layer++) {
      plan.at(layer, "model.layers." + layer + ".")
          .weight(Part.ATTENTION_NORM, "input_layernorm", hidden)
          .attention(config, "self_attn.o_proj");
      if (after) {
        plan.weight(Part.POST_ATTENTION_NORM, "post_self_attn_layernorm", hidden);
      }
      plan.weight(Part.MLP_NORM, "post_attention_layernorm", hidden)
          .weight(Part.GATE_UP, "mlp.gate_up_proj", 2L * inner, hidden)
          .weight(Part.DOWN, "mlp.down_proj", hidden, inner);
      if (after) {
        plan.weight(Part.POST_MLP_NORM, "post_mlp_layernorm", hidden);
      }
    }
    plan.at(-1, "").weight(Part.FINAL_NORM, "model.norm", hidden).head(config, "lm_head");
    return plan.tensors();
  }
}
