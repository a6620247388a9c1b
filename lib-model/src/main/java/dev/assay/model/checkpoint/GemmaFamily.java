package dev.assay.model.checkpoint;

import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * Gemma 1, 2 and 3 (text). The first has Llama's tensors; the others normalise the output of each
 * block as well, and let some layers look back only so far.
 */
final class GemmaFamily {
  private static final int HEAD_SIZE = 256;
  private static final double MOST_SOFT_CAP = 1e6;

  private GemmaFamily() {}

  static ModelConfig gemma(ConfigFields fields) throws RejectedCheckpointException {
    Dimensions size = Dimensions.read(fields, HEAD_SIZE);
    return config(
        fields,
        Family.GEMMA,
        size,
        1 / Math.sqrt(size.headSize()),
        Caps.NONE,
        SharedSpelling.windows(size.layers(), 0),
        RotaryReader.read(fields, size.headSize(), 1, 10_000),
        Optional.empty());
  }

  static ModelConfig gemma2(ConfigFields fields) throws RejectedCheckpointException {
    Dimensions size = Dimensions.read(fields, HEAD_SIZE);
    return config(
        fields,
        Family.GEMMA2,
        size,
        queryScale(fields),
        Caps.read(fields, OptionalDouble.of(50), OptionalDouble.of(30)),
        windows(fields, size.layers(), 2),
        RotaryReader.read(fields, size.headSize(), 1, 10_000),
        Optional.empty());
  }

  static ModelConfig gemma3(ConfigFields fields) throws RejectedCheckpointException {
    Dimensions size = Dimensions.read(fields, HEAD_SIZE);
    String key =
        fields.has("_sliding_window_pattern")
            ? "_sliding_window_pattern"
            : "sliding_window_pattern";
    int pattern = fields.integer(key, 1, ConfigBounds.LAYERS, 6);
    return config(
        fields,
        Family.GEMMA3,
        size,
        queryScale(fields),
        Caps.read(fields, OptionalDouble.empty(), OptionalDouble.empty()),
        windows(fields, size.layers(), pattern),
        RotaryReader.ofFullLayers(fields, size.headSize()),
        Optional.of(RotaryReader.ofSlidingLayers(fields, size.headSize())));
  }

  /** The soft caps of scores and logits. */
  private record Caps(OptionalDouble scores, OptionalDouble logits) {
    static final Caps NONE = new Caps(OptionalDouble.empty(), OptionalDouble.empty());

    static Caps read(ConfigFields fields, OptionalDouble scores, OptionalDouble logits)
        throws RejectedCheckpointException {
      return new Caps(
          fields.switchedNumber("attn_logit_softcapping", 1e-3, MOST_SOFT_CAP, scores),
          fields.switchedNumber("final_logit_softcapping", 1e-3, MOST_SOFT_CAP, logits));
    }
  }

  private static double queryScale(ConfigFields fields) throws RejectedCheckpointException {
    return 1 / Math.sqrt(fields.number("query_pre_attn_scalar", 1e-3, 1e6, HEAD_SIZE));
  }

  /** Of every {@code pattern} layers all but the last slide. */
  private static List<Integer> windows(ConfigFields fields, int layers, int pattern)
      throws RejectedCheckpointException {
    int window = fields.switchedInteger("sliding_window", ConfigBounds.POSITIONS, 4096);
    return SharedSpelling.windows(fields, layers, window, layer -> (layer + 1) % pattern != 0);
  }

  private static ModelConfig config(
      ConfigFields fields,
      Family family,
      Dimensions size,
      double scale,
      Caps caps,
      List<Integer> windows,
      Rotary rotary,
      Optional<Rotary> localRotary)
      throws RejectedCheckpointException {
    fields.requireUnset("use_bidirectional_attention");
    boolean bias = fields.flag("attention_bias", false);
    return new ModelConfig(
        family,
        size.vocabularySize(),
        size.hiddenSize(),
        size.intermediateSize(),
        size.layers(),
        SharedSpelling.maxPositions(fields, 8192),
        SharedSpelling.epsilon(fields, "rms_norm_eps", 1e-6),
        SharedSpelling.gemmaActivation(fields),
        SharedSpelling.tied(fields, true),
        false,
        false,
        caps.logits(),
        new Attention(
            size.heads(),
            size.keyValueHeads(),
            size.headSize(),
            scale,
            caps.scores(),
            bias,
            bias,
            family == Family.GEMMA3,
            windows),
        Optional.of(rotary),
        localRotary);
  }

  /** Of Gemma 2 and 3. */
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
      plan.weight(Part.POST_ATTENTION_NORM, "post_attention_layernorm", hidden)
          .weight(Part.MLP_NORM, "pre_feedforward_layernorm", hidden)
          .gatedMlp(config)
          .weight(Part.POST_MLP_NORM, "post_feedforward_layernorm", hidden);
    }
    plan.at(-1, "").weight(Part.FINAL_NORM, "model.norm", hidden).head(config, "lm_head");
    return plan.tensors();
  }
}
