package dev.assay.model.checkpoint;

import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/** Llama 1 to 3: RMS norms, rotary positions, a gated feed-forward block. */
final class LlamaFamily {
  private LlamaFamily() {}

  static ModelConfig config(ConfigFields fields) throws RejectedCheckpointException {
    int hidden = CommonConfig.hiddenSize(fields);
    int layers = CommonConfig.layers(fields);
    int heads = CommonConfig.heads(fields);
    int headSize = CommonConfig.headSize(fields, hidden, heads);
    boolean bias = fields.flag("attention_bias", false);
    return new ModelConfig(
        Family.LLAMA,
        CommonConfig.vocabularySize(fields),
        hidden,
        CommonConfig.intermediateSize(fields),
        layers,
        CommonConfig.maxPositions(fields, 2048),
        CommonConfig.epsilon(fields, "rms_norm_eps", 1e-6),
        CommonConfig.activation(fields, "hidden_act", "silu"),
        CommonConfig.tied(fields, false),
        fields.flag("mlp_bias", false),
        false,
        OptionalDouble.empty(),
        new Attention(
            heads,
            CommonConfig.keyValueHeads(fields, heads),
            headSize,
            1 / Math.sqrt(headSize),
            OptionalDouble.empty(),
            bias,
            bias,
            false,
            CommonConfig.windows(layers, 0)),
        Optional.of(RotaryReader.read(fields, headSize, 1, 10_000)),
        Optional.empty());
  }

  static List<ExpectedTensor> tensors(ModelConfig config) {
    Attention attention = config.attention();
    int hidden = config.hiddenSize();
    int inner = config.intermediateSize();
    TensorPlan plan = new TensorPlan();
    plan.at(-1, "model.").weight(Part.EMBEDDING, "embed_tokens", config.vocabularySize(), hidden);
    for (int layer = 0; layer < config.layers(); layer++) {
      plan.at(layer, "model.layers." + layer + ".")
          .weight(Part.ATTENTION_NORM, "input_layernorm", hidden)
          .linear(
              Part.QUERY, "self_attn.q_proj", attention.querySize(), hidden, attention.inputBias())
          .linear(
              Part.KEY, "self_attn.k_proj", attention.keyValueSize(), hidden, attention.inputBias())
          .linear(
              Part.VALUE,
              "self_attn.v_proj",
              attention.keyValueSize(),
              hidden,
              attention.inputBias())
          .linear(
              Part.OUTPUT,
              "self_attn.o_proj",
              hidden,
              attention.querySize(),
              attention.outputBias())
          .weight(Part.MLP_NORM, "post_attention_layernorm", hidden)
          .linear(Part.GATE, "mlp.gate_proj", inner, hidden, config.mlpBias())
          .linear(Part.UP, "mlp.up_proj", inner, hidden, config.mlpBias())
          .linear(Part.DOWN, "mlp.down_proj", hidden, inner, config.mlpBias());
    }
    plan.at(-1, "").weight(Part.FINAL_NORM, "model.norm", hidden).head(config, "lm_head");
    return plan.tensors();
  }
}
