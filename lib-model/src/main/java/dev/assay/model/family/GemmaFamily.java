package dev.assay.model.family;

import dev.assay.model.architecture.Activation;
import dev.assay.model.architecture.ExpectedTensor;
import dev.assay.model.architecture.HeadNorm;
import dev.assay.model.architecture.ModelConfig;
import dev.assay.model.architecture.Multipliers;
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
 * Gemma 1, 2 and 3 (text). The first has Llama's tensors; the others normalise the output of each
 * block as well, and let some layers look back only so far.
 */
final class GemmaFamily {
  private static final int HEAD_SIZE = 256;
  private static final double MOST_SOFT_CAP = 1e6;

  private GemmaFamily() {}

  static ModelConfig gemma(ConfigFields fields) throws RejectedCheckpointException {
    Dimensions size = Dimensions.read(fields, HEAD_SIZE, 16);
    return shared(fields, Family.GEMMA, size)
        .activation(activation(fields))
        .rotary(RotaryReader.ofWholeHead(fields, size.headSize()))
        .build();
  }

  static ModelConfig gemma2(ConfigFields fields) throws RejectedCheckpointException {
    Dimensions size = Dimensions.read(fields, HEAD_SIZE, 4);
    return alternating(fields, Family.GEMMA2, size, 2)
        .softCaps(
            softCap(fields, "attn", OptionalDouble.of(50)),
            softCap(fields, "final", OptionalDouble.of(30)))
        .rotary(RotaryReader.ofWholeHead(fields, size.headSize()))
        .build();
  }

  /**
   * What transformers writes and never reads is not read here: a sliding_window_pattern with an
   * underscore, and a cap of the scores.
   */
  static ModelConfig gemma3(ConfigFields fields) throws RejectedCheckpointException {
    Dimensions size = Dimensions.read(fields, HEAD_SIZE, 4);
    softCap(fields, "attn", OptionalDouble.empty());
    int pattern = fields.integer("sliding_window_pattern", 1, ConfigBounds.LAYERS, 6);
    return alternating(fields, Family.GEMMA3, size, pattern)
        .softCaps(OptionalDouble.empty(), softCap(fields, "final", OptionalDouble.empty()))
        .queryKeyNorm(HeadNorm.HEAD)
        .rotary(RotaryReader.ofFullLayers(fields, size.headSize()))
        .localRotary(RotaryReader.ofSlidingLayers(fields, size.headSize()))
        .build();
  }

  private static ModelConfigBuilder shared(ConfigFields fields, Family family, Dimensions size)
      throws RejectedCheckpointException {
    fields.requireUnset("use_bidirectional_attention");
    boolean bias = fields.flag("attention_bias", false);
    return new ModelConfigBuilder(
            family,
            size,
            SharedSpelling.maxPositions(fields, family == Family.GEMMA3 ? 131_072 : 8192))
        .norm(Norm.RMS_PLUS_ONE)
        .multipliers(Multipliers.ofEmbeddings(Math.sqrt(size.hiddenSize())))
        .epsilon(SharedSpelling.epsilon(fields, "rms_norm_eps", 1e-6))
        .tied(SharedSpelling.tied(fields, true))
        .attentionBias(bias, bias);
  }

  /** Of every {@code pattern} layers all but the last slide, unless layer_types says otherwise. */
  private static ModelConfigBuilder alternating(
      ConfigFields fields, Family family, Dimensions size, int pattern)
      throws RejectedCheckpointException {
    int window = fields.switchedInteger("sliding_window", ConfigBounds.POSITIONS, 4096);
    int queryScale = fields.integer("query_pre_attn_scalar", 1, 1_000_000, HEAD_SIZE);
    return shared(fields, family, size)
        .activation(SharedSpelling.activation(fields, "hidden_activation", "gelu_pytorch_tanh"))
        .scale(1 / Math.sqrt(queryScale))
        .windows(
            SharedSpelling.windows(
                fields, size.layers(), window, layer -> (layer + 1) % pattern != 0));
  }

  /** The first Gemma's gelu has always meant tanh's approximation. */
  private static Activation activation(ConfigFields fields) throws RejectedCheckpointException {
    Activation activation = SharedSpelling.activation(fields, "hidden_act", "gelu_pytorch_tanh");
    return activation == Activation.GELU ? Activation.GELU_TANH : activation;
  }

  private static OptionalDouble softCap(ConfigFields fields, String of, OptionalDouble otherwise)
      throws RejectedCheckpointException {
    return fields.switchedNumber(of + "_logit_softcapping", 1e-3, MOST_SOFT_CAP, otherwise);
  }

  /** Of Gemma 2 and 3. */
  static List<ExpectedTensor> tensors(ModelConfig config) {
    int hidden = config.hiddenSize();
    TensorPlan plan = new TensorPlan();
    plan.at(-1, "model.").weight(Part.EMBEDDING, "embed_tokens", config.vocabularySize(), hidden);
    for (int layer = 0; layer < config.layers(); layer++) {
      plan.at(layer, "model.layers." + layer + ".")
          .weight(Part.ATTENTION_NORM, "input_layernorm", hidden)
          .attention(config, "self_attn.o_proj")
          .headNorms(config, "self_attn.q_norm", "self_attn.k_norm", false)
          .weight(Part.POST_ATTENTION_NORM, "post_attention_layernorm", hidden)
          .weight(Part.MLP_NORM, "pre_feedforward_layernorm", hidden)
          .gatedMlp(config)
          .weight(Part.POST_MLP_NORM, "post_feedforward_layernorm", hidden);
    }
    plan.at(-1, "").weight(Part.FINAL_NORM, "model.norm", hidden).head(config, "lm_head");
    return plan.tensors();
  }
}
