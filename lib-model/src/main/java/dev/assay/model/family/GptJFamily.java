package dev.assay.model.family;

import dev.assay.model.architecture.ExpectedTensor;
import dev.assay.model.architecture.ModelConfig;
import dev.assay.model.architecture.Norm;
import dev.assay.model.architecture.Part;
import dev.assay.model.architecture.Rotary;
import dev.assay.model.architecture.RotaryScaling;
import dev.assay.model.config.ConfigBounds;
import dev.assay.model.config.ConfigFields;
import dev.assay.model.config.SharedSpelling;
import dev.assay.model.rejection.RejectedCheckpointException;
import java.util.List;

/**
 * GPT-J: one layer norm before two parallel blocks, a part of each head rotates in pairs side by
 * side, and a head with a bias.
 */
final class GptJFamily {
  private static final double THETA = 10_000;

  private GptJFamily() {}

  static ModelConfig config(ConfigFields fields) throws RejectedCheckpointException {
    Gpt2Family.Sizes sizes = Gpt2Family.Sizes.read(fields, 2048);
    int headSize = sizes.dimensions().headSize();
    int rotated = fields.integer("rotary_dim", 2, ConfigBounds.HEAD_SIZE, 64);
    if (rotated % 2 != 0 || rotated > headSize) {
      throw fields.contradiction(
          "rotary_dim is " + rotated + "; it must be even and at most a head's " + headSize);
    }
    return new ModelConfigBuilder(Family.GPTJ, sizes.dimensions(), sizes.maxPositions())
        .norm(Norm.LAYER)
        .epsilon(SharedSpelling.epsilon(fields, "layer_norm_epsilon", 1e-5))
        .activation(SharedSpelling.activation(fields, "activation_function", "gelu_new"))
        .tied(SharedSpelling.tied(fields, false))
        .mlpBias(true)
        .parallel(true)
        .rotary(new Rotary(THETA, rotated, new RotaryScaling.None()).sideBySide())
        .build();
  }

  static List<ExpectedTensor> tensors(ModelConfig config) {
    int hidden = config.hiddenSize();
    int inner = config.intermediateSize();
    TensorPlan plan = new TensorPlan();
    plan.at(-1, "transformer.").weight(Part.EMBEDDING, "wte", config.vocabularySize(), hidden);
    for (int layer = 0; layer < config.layers(); layer++) {
      plan.at(layer, "transformer.h." + layer + ".")
          .layerNorm(Part.ATTENTION_NORM, "ln_1", hidden)
          .weight(Part.QUERY, "attn.q_proj", hidden, hidden)
          .weight(Part.KEY, "attn.k_proj", hidden, hidden)
          .weight(Part.VALUE, "attn.v_proj", hidden, hidden)
          .weight(Part.OUTPUT, "attn.out_proj", hidden, hidden)
          .linear(Part.UP, "mlp.fc_in", inner, hidden, true)
          .linear(Part.DOWN, "mlp.fc_out", hidden, inner, true);
    }
    plan.at(-1, "transformer.").layerNorm(Part.FINAL_NORM, "ln_f", hidden);
    plan.at(-1, "")
        .head(config, "lm_head")
        .bias(true, Part.HEAD, "lm_head", config.vocabularySize());
    return plan.tensors();
  }
}
