package dev.assay.model.family;

import dev.assay.model.architecture.ExpectedTensor;
import dev.assay.model.architecture.ModelConfig;
import dev.assay.model.architecture.Norm;
import dev.assay.model.architecture.Part;
import dev.assay.model.architecture.Rotary;
import dev.assay.model.architecture.RotaryScaling;
import dev.assay.model.config.ConfigFields;
import dev.assay.model.config.Dimensions;
import dev.assay.model.config.RotaryReader;
import dev.assay.model.config.SharedSpelling;
import dev.assay.model.rejection.RejectedCheckpointException;
import java.util.List;

/**
 * Llama without a gate in its feed-forward block, whose activation is squared: Arcee, and Nemotron,
 * which has layer norms and rotates half of a head.
 */
final class UngatedFamily {
  private UngatedFamily() {}

  static ModelConfig arcee(ConfigFields fields) throws RejectedCheckpointException {
    Dimensions size = Dimensions.read(fields, 0, Dimensions.KEY_VALUE_HEADS, Dimensions.HEAD_SIZE);
    return shared(fields, Family.ARCEE, size)
        .epsilon(SharedSpelling.epsilon(fields, "rms_norm_eps", 1e-5))
        .rotary(RotaryReader.ofWholeHead(fields, size.headSize()))
        .build();
  }

  static ModelConfig nemotron(ConfigFields fields) throws RejectedCheckpointException {
    Dimensions size = Dimensions.read(fields, 0, Dimensions.HEAD_SIZE);
    return shared(fields, Family.NEMOTRON, size)
        .norm(Norm.LAYER_PLUS_ONE)
        .epsilon(SharedSpelling.epsilon(fields, "norm_eps", 1e-5))
        .rotary(unscaled(fields, RotaryReader.ofPartOfHead(fields, size.headSize(), 0.5)))
        .build();
  }

  /** Transformers 4.57 computes scaled rotations of Nemotron otherwise than 5.23 does. */
  private static Rotary unscaled(ConfigFields fields, Rotary rotary)
      throws RejectedCheckpointException {
    if (rotary.scaling() instanceof RotaryScaling.None) {
      return rotary;
    }
    String key = fields.has("rope_scaling") ? "rope_scaling" : "rope_parameters";
    throw fields.wrong(
        key, fields.node(key), "unscaled, since transformers 4.57 and 5.23 read Nemotron's apart");
  }

  private static ModelConfigBuilder shared(ConfigFields fields, Family family, Dimensions size)
      throws RejectedCheckpointException {
    boolean bias = fields.flag("attention_bias", false);
    return new ModelConfigBuilder(family, size, SharedSpelling.maxPositions(fields, 4096))
        .activation(SharedSpelling.activation(fields, "hidden_act", "relu2"))
        .tied(SharedSpelling.tied(fields, false))
        .attentionBias(bias, bias)
        .mlpBias(fields.flag("mlp_bias", false));
  }

  static List<ExpectedTensor> tensors(ModelConfig config) {
    int hidden = config.hiddenSize();
    int inner = config.intermediateSize();
    boolean bias = config.family() == Family.NEMOTRON;
    TensorPlan plan = new TensorPlan();
    plan.at(-1, "model.").weight(Part.EMBEDDING, "embed_tokens", config.vocabularySize(), hidden);
    for (int layer = 0; layer < config.layers(); layer++) {
      plan.at(layer, "model.layers." + layer + ".")
          .norm(Part.ATTENTION_NORM, "input_layernorm", hidden, bias)
          .attention(config, "self_attn.o_proj")
          .norm(Part.MLP_NORM, "post_attention_layernorm", hidden, bias)
          .linear(Part.UP, "mlp.up_proj", inner, hidden, config.mlpBias())
          .linear(Part.DOWN, "mlp.down_proj", hidden, inner, config.mlpBias());
    }
    plan.at(-1, "").norm(Part.FINAL_NORM, "model.norm", hidden, bias).head(config, "lm_head");
    return plan.tensors();
  }
}
