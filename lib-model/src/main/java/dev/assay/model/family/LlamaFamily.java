package dev.assay.model.family;

import dev.assay.model.architecture.ExpectedTensor;
import dev.assay.model.architecture.HeadNorm;
import dev.assay.model.architecture.ModelConfig;
import dev.assay.model.architecture.Multipliers;
import dev.assay.model.architecture.Part;
import dev.assay.model.config.ConfigBounds;
import dev.assay.model.config.ConfigFields;
import dev.assay.model.config.Dimensions;
import dev.assay.model.config.RotaryReader;
import dev.assay.model.config.SharedSpelling;
import dev.assay.model.rejection.RejectedCheckpointException;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * Llama 1 to 3 and what follows its form: Mistral, Ministral, Seed-OSS, Qwen 2 and Qwen 3, Granite,
 * SmolLM3. RMS norms, rotary positions, a gated feed-forward block.
 */
final class LlamaFamily {
  private LlamaFamily() {}

  static ModelConfig llama(ConfigFields fields) throws RejectedCheckpointException {
    Dimensions size = Dimensions.read(fields, 0, Dimensions.KEY_VALUE_HEADS, Dimensions.HEAD_SIZE);
    boolean bias = fields.flag("attention_bias", false);
    return shared(fields, Family.LLAMA, size, 2048)
        .attentionBias(bias, bias)
        .mlpBias(fields.flag("mlp_bias", false))
        .build();
  }

  static ModelConfig mistral(ConfigFields fields) throws RejectedCheckpointException {
    Dimensions size = Dimensions.read(fields, 0, 8, Dimensions.HEAD_SIZE);
    return shared(fields, Family.MISTRAL, size, 131_072)
        .window(fields.switchedInteger("sliding_window", ConfigBounds.POSITIONS, 4096))
        .build();
  }

  /** Mistral whose layers may differ in whether they have the window. */
  static ModelConfig ministral(ConfigFields fields) throws RejectedCheckpointException {
    int headSize = fields.integer(Dimensions.HEAD_SIZE, 1, ConfigBounds.HEAD_SIZE);
    Dimensions size = Dimensions.read(fields, headSize, 8, Dimensions.KEY_VALUE_HEADS);
    int window = fields.integer("sliding_window", 1, ConfigBounds.POSITIONS, 4096);
    return shared(fields, Family.MINISTRAL, size, 131_072)
        .windows(SharedSpelling.windows(fields, size.layers(), window, layer -> true))
        .build();
  }

  /** Llama with biases of its own choice. */
  static ModelConfig seedOss(ConfigFields fields) throws RejectedCheckpointException {
    boolean named = fields.names(Dimensions.HEAD_SIZE);
    Dimensions size =
        Dimensions.read(
            fields, named ? 0 : 128, 8, Dimensions.KEY_VALUE_HEADS, Dimensions.HEAD_SIZE);
    return shared(fields, Family.SEED_OSS, size, 524_288)
        .attentionBias(
            fields.flag("attention_bias", true), fields.flag("attention_out_bias", false))
        .mlpBias(fields.flag("mlp_bias", false))
        .build();
  }

  static ModelConfig qwen2(ConfigFields fields) throws RejectedCheckpointException {
    Dimensions size = Dimensions.read(fields, 0, 32, Dimensions.KEY_VALUE_HEADS);
    return shared(fields, Family.QWEN2, size, 32_768)
        .attentionBias(true, false)
        .windows(qwenWindows(fields, size.layers()))
        .build();
  }

  static ModelConfig qwen3(ConfigFields fields) throws RejectedCheckpointException {
    Dimensions size = Dimensions.read(fields, 128, 32, Dimensions.KEY_VALUE_HEADS);
    boolean bias = fields.flag("attention_bias", false);
    return shared(fields, Family.QWEN3, size, 32_768)
        .attentionBias(bias, bias)
        .queryKeyNorm(HeadNorm.HEAD)
        .windows(qwenWindows(fields, size.layers()))
        .build();
  }

  /** Llama with factors of its own choice. */
  static ModelConfig granite(ConfigFields fields) throws RejectedCheckpointException {
    Dimensions size = Dimensions.read(fields, 0, Dimensions.KEY_VALUE_HEADS);
    boolean bias = fields.flag("attention_bias", false);
    Multipliers multipliers =
        new Multipliers(
            SharedSpelling.multiplier(fields, "embedding_multiplier", 1),
            SharedSpelling.multiplier(fields, "residual_multiplier", 1),
            1 / SharedSpelling.multiplier(fields, "logits_scaling", 1));
    return shared(fields, Family.GRANITE, size, 2048)
        .attentionBias(bias, bias)
        .mlpBias(fields.flag("mlp_bias", false))
        .scale(SharedSpelling.multiplier(fields, "attention_multiplier", 1))
        .multipliers(multipliers)
        .build();
  }

  /** Llama in which some layers do not rotate. */
  static ModelConfig smolLm3(ConfigFields fields) throws RejectedCheckpointException {
    Dimensions size = Dimensions.read(fields, 0, 4, Dimensions.KEY_VALUE_HEADS);
    boolean bias = fields.flag("attention_bias", false);
    boolean slides = fields.flag("use_sliding_window", false);
    int window = fields.switchedInteger("sliding_window", ConfigBounds.POSITIONS, 0);
    List<Boolean> rotated = rotatedOfSmolLm3(fields, size.layers());
    return shared(fields, Family.SMOLLM3, size, 32_768)
        .tied(SharedSpelling.tied(fields, true))
        .attentionBias(bias, bias)
        .mlpBias(fields.flag("mlp_bias", false))
        .windows(
            SharedSpelling.windows(
                fields,
                size.layers(),
                window,
                layer -> slides && window > 0 && !rotated.get(layer)))
        .rotated(rotated)
        .rotary(RotaryReader.ofWholeHead(fields, size.headSize(), 2_000_000))
        .build();
  }

  /** All but every fourth, unless the file has another interval or lists them (1: rotates). */
  private static List<Boolean> rotatedOfSmolLm3(ConfigFields fields, int layers)
      throws RejectedCheckpointException {
    int interval = fields.integer("no_rope_layer_interval", 1, ConfigBounds.LAYERS, 4);
    if (!fields.has("no_rope_layers")) {
      return IntStream.range(0, layers).mapToObj(layer -> (layer + 1) % interval != 0).toList();
    }
    List<Integer> listed = fields.integers("no_rope_layers");
    if (listed.size() < layers || !Set.of(0, 1).containsAll(listed)) {
      throw fields.wrong(
          "no_rope_layers", fields.node("no_rope_layers"), "an array of a 0 or 1 for each layer");
    }
    return listed.subList(0, layers).stream().map(flag -> flag == 1).toList();
  }

  private static ModelConfigBuilder shared(
      ConfigFields fields, Family family, Dimensions size, int positions)
      throws RejectedCheckpointException {
    return new ModelConfigBuilder(family, size, SharedSpelling.maxPositions(fields, positions))
        .epsilon(SharedSpelling.epsilon(fields, "rms_norm_eps", 1e-6))
        .activation(SharedSpelling.activation(fields, "hidden_act", "silu"))
        .tied(SharedSpelling.tied(fields, false))
        .rotary(RotaryReader.ofWholeHead(fields, size.headSize()));
  }

  /** The layers from max_window_layers on have the window, if windows are used at all. */
  private static List<Integer> qwenWindows(ConfigFields fields, int layers)
      throws RejectedCheckpointException {
    boolean used = fields.flag("use_sliding_window", false);
    int stated = fields.switchedInteger("sliding_window", ConfigBounds.POSITIONS, 4096);
    int window = used ? stated : 0;
    int first = fields.integer("max_window_layers", 0, ConfigBounds.LAYERS, 28);
    return SharedSpelling.windows(fields, layers, window, layer -> window > 0 && layer >= first);
  }

  static List<ExpectedTensor> tensors(ModelConfig config) {
    int hidden = config.hiddenSize();
    TensorPlan plan = new TensorPlan();
    plan.at(-1, "model.").weight(Part.EMBEDDING, "embed_tokens", config.vocabularySize(), hidden);
    for (int layer = 0; layer < config.layers(); layer++) {
      plan.at(layer, "model.layers." + layer + ".")
          .weight(Part.ATTENTION_NORM, "input_layernorm", hidden)
          .attention(config, "self_attn.o_proj")
          .headNorms(config, "self_attn.q_norm", "self_attn.k_norm", false)
          .weight(Part.MLP_NORM, "post_attention_layernorm", hidden)
          .gatedMlp(config);
    }
    plan.at(-1, "").weight(Part.FINAL_NORM, "model.norm", hidden).head(config, "lm_head");
    return plan.tensors();
  }
}
