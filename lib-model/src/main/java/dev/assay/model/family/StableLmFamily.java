package dev.assay.model.family;

import dev.assay.model.architecture.Attention;
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
 * StableLM: layer norms and a partly rotated head; the 12B form adds the two blocks in parallel and
 * normalises each head of queries and keys with a norm of its own.
 */
final class StableLmFamily {
  private StableLmFamily() {}

  static ModelConfig config(ConfigFields fields) throws RejectedCheckpointException {
    Dimensions size = Dimensions.read(fields, 0, 32);
    return new ModelConfigBuilder(Family.STABLELM, size, SharedSpelling.maxPositions(fields, 4096))
        .norm(Norm.LAYER)
        .epsilon(SharedSpelling.epsilon(fields, "layer_norm_eps", 1e-5))
        .activation(SharedSpelling.activation(fields, "hidden_act", "silu"))
        .tied(SharedSpelling.tied(fields, false))
        .attentionBias(fields.flag("use_qkv_bias", false), false)
        .parallel(fields.flag("use_parallel_residual", false))
        .queryKeyNorm(fields.flag("qk_layernorm", false) ? HeadNorm.HEAD : HeadNorm.NONE)
        .rotary(RotaryReader.ofPartOfHead(fields, size.headSize(), 0.25))
        .build();
  }

  static List<ExpectedTensor> tensors(ModelConfig config) {
    int hidden = config.hiddenSize();
    TensorPlan plan = new TensorPlan();
    plan.at(-1, "model.").weight(Part.EMBEDDING, "embed_tokens", config.vocabularySize(), hidden);
    for (int layer = 0; layer < config.layers(); layer++) {
      plan.at(layer, "model.layers." + layer + ".")
          .layerNorm(Part.ATTENTION_NORM, "input_layernorm", hidden)
          .attention(config, "self_attn.o_proj");
      if (config.attention().queryKeyNorm() == HeadNorm.HEAD) {
        headNorms(plan, config.attention());
      }
      if (!config.parallelResidual()) {
        plan.layerNorm(Part.MLP_NORM, "post_attention_layernorm", hidden);
      }
      plan.gatedMlp(config);
    }
    plan.at(-1, "").layerNorm(Part.FINAL_NORM, "model.norm", hidden).head(config, "lm_head");
    return plan.tensors();
  }

  private static void headNorms(TensorPlan plan, Attention attention) {
    for (int head = 0; head < attention.heads(); head++) {
      plan.weight(Part.QUERY_NORM, "self_attn.q_layernorm.norms." + head, attention.headSize());
    }
    for (int head = 0; head < attention.keyValueHeads(); head++) {
      plan.weight(Part.KEY_NORM, "self_attn.k_layernorm.norms." + head, attention.headSize());
    }
  }
}
