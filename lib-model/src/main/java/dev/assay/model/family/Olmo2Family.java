package dev.assay.model.family;

import dev.assay.model.architecture.Attention;
import dev.assay.model.architecture.ExpectedTensor;
import dev.assay.model.architecture.HeadNorm;
import dev.assay.model.architecture.ModelConfig;
import dev.assay.model.architecture.Part;
import dev.assay.model.config.ConfigBounds;
import dev.assay.model.config.ConfigFields;
import dev.assay.model.config.Dimensions;
import dev.assay.model.config.RotaryReader;
import dev.assay.model.config.SharedSpelling;
import dev.assay.model.rejection.RejectedCheckpointException;
import java.util.List;

/**
 * OLMo 2: Llama with norms after the blocks instead of before, and over all of a layer's queries
 * and keys. OLMo 3 adds a window in three layers of four.
 */
final class Olmo2Family {
  private Olmo2Family() {}

  static ModelConfig config(ConfigFields fields) throws RejectedCheckpointException {
    Dimensions size = Dimensions.read(fields, 0, Dimensions.KEY_VALUE_HEADS);
    return shared(fields, Family.OLMO2, size)
        .rotary(RotaryReader.ofWholeHead(fields, size.headSize()))
        .build();
  }

  static ModelConfig olmo3(ConfigFields fields) throws RejectedCheckpointException {
    Dimensions size = Dimensions.read(fields, 0, Dimensions.KEY_VALUE_HEADS);
    int window = fields.integer("sliding_window", 1, ConfigBounds.POSITIONS, 4096);
    return shared(fields, Family.OLMO3, size)
        .windows(
            SharedSpelling.windows(fields, size.layers(), window, layer -> (layer + 1) % 4 != 0))
        .rotary(RotaryReader.ofFullLayersOfOlmo3(fields, size.headSize()))
        .localRotary(RotaryReader.ofSlidingLayersOfOlmo3(fields, size.headSize()))
        .build();
  }

  private static ModelConfigBuilder shared(ConfigFields fields, Family family, Dimensions size)
      throws RejectedCheckpointException {
    boolean bias = fields.flag("attention_bias", false);
    return new ModelConfigBuilder(family, size, SharedSpelling.maxPositions(fields, 2048))
        .epsilon(SharedSpelling.epsilon(fields, "rms_norm_eps", 1e-5))
        .activation(SharedSpelling.activation(fields, "hidden_act", "silu"))
        .tied(SharedSpelling.tied(fields, false))
        .attentionBias(bias, bias)
        .queryKeyNorm(HeadNorm.FULL);
  }

  /** Of OLMo 2 and 3 and of EXAONE 4. */
  static List<ExpectedTensor> tensors(ModelConfig config) {
    int hidden = config.hiddenSize();
    Attention attention = config.attention();
    boolean full = attention.queryKeyNorm() == HeadNorm.FULL;
    int headSize = attention.headSize();
    TensorPlan plan = new TensorPlan();
    plan.at(-1, "model.").weight(Part.EMBEDDING, "embed_tokens", config.vocabularySize(), hidden);
    for (int layer = 0; layer < config.layers(); layer++) {
      plan.at(layer, "model.layers." + layer + ".")
          .attention(config, "self_attn.o_proj")
          .weight(Part.QUERY_NORM, "self_attn.q_norm", full ? attention.querySize() : headSize)
          .weight(Part.KEY_NORM, "self_attn.k_norm", full ? attention.keyValueSize() : headSize)
          .weight(Part.POST_ATTENTION_NORM, "post_attention_layernorm", hidden)
          .gatedMlp(config)
          .weight(Part.POST_MLP_NORM, "post_feedforward_layernorm", hidden);
    }
    plan.at(-1, "").weight(Part.FINAL_NORM, "model.norm", hidden).head(config, "lm_head");
    return plan.tensors();
  }
}
