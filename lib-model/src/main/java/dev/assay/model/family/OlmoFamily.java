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
import java.util.OptionalDouble;

/**
 * OLMo 1: Llama whose layer norms have no weights and whose queries, keys and values are clipped.
 */
final class OlmoFamily {
  /** Of a norm that the configuration says nothing about. */
  private static final double EPSILON = 1e-5;

  private OlmoFamily() {}

  static ModelConfig config(ConfigFields fields) throws RejectedCheckpointException {
    Dimensions size = Dimensions.read(fields, 0, Dimensions.KEY_VALUE_HEADS);
    boolean bias = fields.flag("attention_bias", false);
    return new ModelConfigBuilder(Family.OLMO, size, SharedSpelling.maxPositions(fields, 2048))
        .norm(Norm.LAYER_BARE)
        .epsilon(EPSILON)
        .activation(SharedSpelling.activation(fields, "hidden_act", "silu"))
        .tied(SharedSpelling.tied(fields, false))
        .attentionBias(bias, bias)
        .clip(clip(fields))
        .rotary(RotaryReader.ofWholeHead(fields, size.headSize()))
        .build();
  }

  /** The largest magnitude of queries, keys and values, where the file has one. */
  static OptionalDouble clip(ConfigFields fields) throws RejectedCheckpointException {
    return fields.switchedNumber(
        "clip_qkv",
        1 / ConfigBounds.MOST_MULTIPLIER,
        ConfigBounds.MOST_MULTIPLIER,
        OptionalDouble.empty());
  }

  static List<ExpectedTensor> tensors(ModelConfig config) {
    TensorPlan plan = new TensorPlan();
    plan.at(-1, "model.")
        .weight(Part.EMBEDDING, "embed_tokens", config.vocabularySize(), config.hiddenSize());
    for (int layer = 0; layer < config.layers(); layer++) {
      plan.at(layer, "model.layers." + layer + ".")
          .attention(config, "self_attn.o_proj")
          .gatedMlp(config);
    }
    plan.at(-1, "").head(config, "lm_head");
    return plan.tensors();
  }
}
