package dev.assay.model.checkpoint;

import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * Llama 1 to 3 and what follows its form: Mistral, Qwen 2 and Qwen 3. RMS norms, rotary positions,
 * a gated feed-forward block.
 */
final class LlamaFamily {
  private LlamaFamily() {}

  static ModelConfig llama(ConfigFields fields) throws RejectedCheckpointException {
    Dimensions size = Dimensions.read(fields, 0);
    boolean bias = fields.flag("attention_bias", false);
    return config(
        fields,
        Family.LLAMA,
        size,
        fields.flag("mlp_bias", false),
        new Biases(bias, bias),
        false,
        SharedSpelling.windows(size.layers(), 0));
  }

  static ModelConfig mistral(ConfigFields fields) throws RejectedCheckpointException {
    Dimensions size = Dimensions.read(fields, 0);
    int window = fields.switchedInteger("sliding_window", ConfigBounds.POSITIONS, 4096);
    return config(
        fields,
        Family.MISTRAL,
        size,
        false,
        new Biases(false, false),
        false,
        SharedSpelling.windows(size.layers(), window));
  }

  static ModelConfig qwen2(ConfigFields fields) throws RejectedCheckpointException {
    Dimensions size = Dimensions.read(fields, 0);
    return config(
        fields,
        Family.QWEN2,
        size,
        false,
        new Biases(true, false),
        false,
        qwenWindows(fields, size.layers()));
  }

  static ModelConfig qwen3(ConfigFields fields) throws RejectedCheckpointException {
    Dimensions size = Dimensions.read(fields, 128);
    boolean bias = fields.flag("attention_bias", false);
    return config(
        fields,
        Family.QWEN3,
        size,
        false,
        new Biases(bias, bias),
        true,
        qwenWindows(fields, size.layers()));
  }

  private record Biases(boolean input, boolean output) {}

  private static ModelConfig config(
      ConfigFields fields,
      Family family,
      Dimensions size,
      boolean mlpBias,
      Biases biases,
      boolean queryKeyNorm,
      List<Integer> windows)
      throws RejectedCheckpointException {
    return new ModelConfig(
        family,
        size.vocabularySize(),
        size.hiddenSize(),
        size.intermediateSize(),
        size.layers(),
        SharedSpelling.maxPositions(fields, 2048),
        SharedSpelling.epsilon(fields, "rms_norm_eps", 1e-6),
        SharedSpelling.activation(fields, "hidden_act", "silu"),
        SharedSpelling.tied(fields, false),
        mlpBias,
        false,
        OptionalDouble.empty(),
        new Attention(
            size.heads(),
            size.keyValueHeads(),
            size.headSize(),
            1 / Math.sqrt(size.headSize()),
            OptionalDouble.empty(),
            biases.input(),
            biases.output(),
            queryKeyNorm,
            windows),
        Optional.of(RotaryReader.read(fields, size.headSize(), 1, 10_000)),
        Optional.empty());
  }

  /** The layers from max_window_layers on have the window, if windows are used at all. */
  private static List<Integer> qwenWindows(ConfigFields fields, int layers)
      throws RejectedCheckpointException {
    if (!fields.flag("use_sliding_window", false)) {
      return SharedSpelling.windows(layers, 0);
    }
    int window = fields.switchedInteger("sliding_window", ConfigBounds.POSITIONS, 4096);
    int first = fields.integer("max_window_layers", 0, ConfigBounds.LAYERS, 28);
    return SharedSpelling.windows(fields, layers, window, layer -> window > 0 && layer >= first);
  }

  static List<ExpectedTensor> tensors(ModelConfig config) {
    int hidden = config.hiddenSize();
    int headSize = config.attention().headSize();
    TensorPlan plan = new TensorPlan();
    plan.at(-1, "model.").weight(Part.EMBEDDING, "embed_tokens", config.vocabularySize(), hidden);
    for (int layer = 0; layer < config.layers(); layer++) {
      plan.at(layer, "model.layers." + layer + ".")
          .weight(Part.ATTENTION_NORM, "input_layernorm", hidden)
          .attention(config, "self_attn.o_proj");
      if (config.attention().queryKeyNorm()) {
        plan.weight(Part.QUERY_NORM, "self_attn.q_norm", headSize)
            .weight(Part.KEY_NORM, "self_attn.k_norm", headSize);
      }
      plan.weight(Part.MLP_NORM, "post_attention_layernorm", hidden).gatedMlp(config);
    }
    plan.at(-1, "").weight(Part.FINAL_NORM, "model.norm", hidden).head(config, "lm_head");
    return plan.tensors();
  }
}
