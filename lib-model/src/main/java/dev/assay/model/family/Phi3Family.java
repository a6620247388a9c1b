package dev.assay.model.family;

import dev.assay.model.architecture.Attention;
import dev.assay.model.architecture.ExpectedTensor;
import dev.assay.model.architecture.ModelConfig;
import dev.assay.model.architecture.Part;
import dev.assay.model.config.ConfigBounds;
import dev.assay.model.config.ConfigFields;
import dev.assay.model.config.Dimensions;
import dev.assay.model.config.RotaryReader;
import dev.assay.model.config.SharedSpelling;
import dev.assay.model.rejection.RejectedCheckpointException;
import java.util.List;

/** Phi-3: Llama with its projections fused, a window, and LongRoPE. */
final class Phi3Family {
  private Phi3Family() {}

  static ModelConfig config(ConfigFields fields) throws RejectedCheckpointException {
    Dimensions size = Dimensions.read(fields, 0, Dimensions.KEY_VALUE_HEADS);
    fields.integer("original_max_position_embeddings", 1, ConfigBounds.POSITIONS, 4096);
    return new ModelConfigBuilder(Family.PHI3, size, SharedSpelling.maxPositions(fields, 4096))
        .epsilon(SharedSpelling.epsilon(fields, "rms_norm_eps", 1e-5))
        .activation(SharedSpelling.activation(fields, "hidden_act", "silu"))
        .tied(SharedSpelling.tied(fields, false))
        .window(fields.switchedInteger("sliding_window", ConfigBounds.POSITIONS, 0))
        .rotary(RotaryReader.ofPhi3(fields, size.headSize()))
        .build();
  }

  static List<ExpectedTensor> tensors(ModelConfig config) {
    Attention attention = config.attention();
    int hidden = config.hiddenSize();
    int inner = config.intermediateSize();
    int fused = attention.querySize() + 2 * attention.keyValueSize();
    TensorPlan plan = new TensorPlan();
    plan.at(-1, "model.").weight(Part.EMBEDDING, "embed_tokens", config.vocabularySize(), hidden);
    for (int layer = 0; layer < config.layers(); layer++) {
      plan.at(layer, "model.layers." + layer + ".")
          .weight(Part.ATTENTION_NORM, "input_layernorm", hidden)
          .weight(Part.QUERY_KEY_VALUE, "self_attn.qkv_proj", fused, hidden)
          .weight(Part.OUTPUT, "self_attn.o_proj", hidden, attention.querySize())
          .weight(Part.MLP_NORM, "post_attention_layernorm", hidden)
          .weight(Part.GATE_UP, "mlp.gate_up_proj", 2L * inner, hidden)
          .weight(Part.DOWN, "mlp.down_proj", hidden, inner);
    }
    plan.at(-1, "").weight(Part.FINAL_NORM, "model.norm", hidden).head(config, "lm_head");
    return plan.tensors();
  }
}
