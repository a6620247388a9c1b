package dev.assay.model.checkpoint;

import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * Phi 1, 1.5 and 2: one layer norm before two parallel blocks, biases everywhere, even in the head.
 */
final class PhiFamily {
  private PhiFamily() {}

  static ModelConfig config(ConfigFields fields) throws RejectedCheckpointException {
    Dimensions size = Dimensions.read(fields, 0);
    return new ModelConfig(
        Family.PHI,
        size.vocabularySize(),
        size.hiddenSize(),
        size.intermediateSize(),
        size.layers(),
        SharedSpelling.maxPositions(fields, 2048),
        SharedSpelling.epsilon(fields, "layer_norm_eps", 1e-5),
        SharedSpelling.activation(fields, "hidden_act", "gelu_new"),
        SharedSpelling.tied(fields, false),
        true,
        true,
        OptionalDouble.empty(),
        new Attention(
            size.heads(),
            size.keyValueHeads(),
            size.headSize(),
            1 / Math.sqrt(size.headSize()),
            OptionalDouble.empty(),
            true,
            true,
            fields.flag("qk_layernorm", false),
            SharedSpelling.windows(size.layers(), 0)),
        Optional.of(RotaryReader.read(fields, size.headSize(), 0.5, 10_000)),
        Optional.empty());
  }

  static List<ExpectedTensor> tensors(ModelConfig config) {
    int hidden = config.hiddenSize();
    int inner = config.intermediateSize();
    int headSize = config.attention().headSize();
    TensorPlan plan = new TensorPlan();
    plan.at(-1, "model.").weight(Part.EMBEDDING, "embed_tokens", config.vocabularySize(), hidden);
    for (int layer = 0; layer < config.layers(); layer++) {
      plan.at(layer, "model.layers." + layer + ".")
          .layerNorm(Part.ATTENTION_NORM, "input_layernorm", hidden)
          .attention(config, "self_attn.dense");
      if (config.attention().queryKeyNorm()) {
        plan.layerNorm(Part.QUERY_NORM, "self_attn.q_layernorm", headSize)
            .layerNorm(Part.KEY_NORM, "self_attn.k_layernorm", headSize);
      }
      plan.linear(Part.UP, "mlp.fc1", inner, hidden, true)
          .linear(Part.DOWN, "mlp.fc2", hidden, inner, true);
    }
    plan.at(-1, "model.").layerNorm(Part.FINAL_NORM, "final_layernorm", hidden);
    plan.at(-1, "")
        .head(config, "lm_head")
        .bias(true, Part.HEAD, "lm_head", config.vocabularySize());
    return plan.tensors();
  }
}
