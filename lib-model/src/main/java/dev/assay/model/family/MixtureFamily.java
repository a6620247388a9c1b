package dev.assay.model.family;

import dev.assay.model.architecture.Attention;
import dev.assay.model.architecture.ExpectedTensor;
import dev.assay.model.architecture.Experts;
import dev.assay.model.architecture.HeadNorm;
import dev.assay.model.architecture.ModelConfig;
import dev.assay.model.architecture.Part;
import dev.assay.model.architecture.Rotary;
import dev.assay.model.architecture.RotaryScaling;
import dev.assay.model.config.ConfigBounds;
import dev.assay.model.config.ConfigFields;
import dev.assay.model.config.Dimensions;
import dev.assay.model.config.RotaryReader;
import dev.assay.model.config.SharedSpelling;
import dev.assay.model.rejection.RejectedCheckpointException;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Families whose feed-forward blocks are mixtures of experts: Mixtral, which is Mistral otherwise,
 * Qwen 2 MoE with a shared expert, Qwen 3 MoE, and OLMoE, which clips and normalises whole
 * projections of queries and keys.
 */
final class MixtureFamily {
  private static final String LOCAL = "num_local_experts";
  private static final String EXPERTS = "num_experts";
  private static final String INNER = "moe_intermediate_size";

  private MixtureFamily() {}

  static ModelConfig mixtral(ConfigFields fields) throws RejectedCheckpointException {
    Dimensions size =
        Dimensions.read(fields, 0, 8, Dimensions.KEY_VALUE_HEADS, Dimensions.HEAD_SIZE);
    int count = fields.integer(LOCAL, 1, ConfigBounds.EXPERTS, 8);
    fields.requireSame(EXPERTS, LOCAL, count);
    return shared(fields, Family.MIXTRAL, size, 131_072, 1e-5)
        .window(fields.switchedInteger("sliding_window", ConfigBounds.POSITIONS, 0))
        .experts(
            experts(fields, size, count, 2, size.intermediateSize(), 0, true, everyLayer(size)))
        .rotary(rotaryOfMixtral(fields, size))
        .build();
  }

  /** Transformers 5 computes three kinds of scaling only where the size of a head is stated. */
  private static Rotary rotaryOfMixtral(ConfigFields fields, Dimensions size)
      throws RejectedCheckpointException {
    Rotary rotary = RotaryReader.ofWholeHead(fields, size.headSize(), 1_000_000);
    boolean needsHeadSize =
        rotary.scaling() instanceof RotaryScaling.Dynamic
            || rotary.scaling() instanceof RotaryScaling.Yarn
            || rotary.scaling() instanceof RotaryScaling.LongRope;
    if (needsHeadSize && !fields.has(Dimensions.HEAD_SIZE)) {
      throw fields.contradiction("this rotary scaling needs head_dim; state it");
    }
    return rotary;
  }

  static ModelConfig qwen2(ConfigFields fields) throws RejectedCheckpointException {
    Dimensions size = Dimensions.read(fields, 0, 16);
    if (fields.flag("use_sliding_window", false)) {
      // Transformers 4 and 5 give the window to other layers.
      throw fields.unsupported("use_sliding_window", "false");
    }
    fields.integer("max_window_layers", 0, ConfigBounds.LAYERS, 28);
    fields.integerOrNull("sliding_window", 0, ConfigBounds.POSITIONS, 0);
    int count = fields.integer(EXPERTS, 1, ConfigBounds.EXPERTS, 60);
    int inner = fields.integer(INNER, 1, ConfigBounds.INTERMEDIATE, 1408);
    int sharedInner =
        fields.integer("shared_expert_intermediate_size", 1, ConfigBounds.INTERMEDIATE, 5632);
    return shared(fields, Family.QWEN2_MOE, size, 32_768, 1e-6)
        .attentionBias(fields.flag("qkv_bias", true), false)
        .windows(SharedSpelling.windows(fields, size.layers(), 0, layer -> false))
        .experts(
            experts(
                fields,
                size,
                count,
                4,
                inner,
                sharedInner,
                isRenormalised(fields),
                mixtures(fields, size)))
        .rotary(RotaryReader.ofWholeHead(fields, size.headSize()))
        .build();
  }

  static ModelConfig qwen3(ConfigFields fields) throws RejectedCheckpointException {
    Dimensions size = Dimensions.read(fields, 0, 4);
    boolean bias = fields.flag("attention_bias", false);
    boolean slides = fields.flag("use_sliding_window", false);
    int window = fields.switchedInteger("sliding_window", ConfigBounds.POSITIONS, 4096);
    // Transformers 4 writes the one name, transformers 5 the other.
    String key = fields.names(LOCAL) && !fields.names(EXPERTS) ? LOCAL : EXPERTS;
    int count = fields.integer(key, 1, ConfigBounds.EXPERTS, 128);
    fields.requireSame(key.equals(LOCAL) ? EXPERTS : LOCAL, key, count);
    int inner = fields.integer(INNER, 1, ConfigBounds.INTERMEDIATE, 768);
    return shared(fields, Family.QWEN3_MOE, size, 32_768, 1e-6)
        .attentionBias(bias, bias)
        .queryKeyNorm(HeadNorm.HEAD)
        .window(slides ? window : 0)
        .experts(
            experts(
                fields, size, count, 8, inner, 0, isRenormalised(fields), mixtures(fields, size)))
        .rotary(RotaryReader.ofWholeHead(fields, size.headSize()))
        .build();
  }

  static ModelConfig olmoe(ConfigFields fields) throws RejectedCheckpointException {
    Dimensions size = Dimensions.read(fields, 0, Dimensions.KEY_VALUE_HEADS);
    if (size.heads() * size.headSize() != size.hiddenSize()) {
      throw fields.contradiction("heads of this family share the hidden size evenly");
    }
    boolean bias = fields.flag("attention_bias", false);
    int count = fields.integer(EXPERTS, 1, ConfigBounds.EXPERTS, 64);
    fields.requireSame(LOCAL, EXPERTS, count);
    return shared(fields, Family.OLMOE, size, 4096, 1e-5)
        .attentionBias(bias, bias)
        .queryKeyNorm(HeadNorm.FULL)
        .clip(OlmoFamily.clip(fields))
        .experts(
            experts(
                fields,
                size,
                count,
                8,
                size.intermediateSize(),
                0,
                isRenormalised(fields),
                everyLayer(size)))
        .rotary(RotaryReader.ofWholeHead(fields, size.headSize()))
        .build();
  }

  private static ModelConfigBuilder shared(
      ConfigFields fields, Family family, Dimensions size, int positions, double epsilon)
      throws RejectedCheckpointException {
    return new ModelConfigBuilder(family, size, SharedSpelling.maxPositions(fields, positions))
        .epsilon(SharedSpelling.epsilon(fields, "rms_norm_eps", epsilon))
        .activation(SharedSpelling.activation(fields, "hidden_act", "silu"))
        .tied(SharedSpelling.tied(fields, false));
  }

  private static boolean isRenormalised(ConfigFields fields) throws RejectedCheckpointException {
    return fields.flag("norm_topk_prob", false);
  }

  private static List<Boolean> everyLayer(Dimensions size) {
    return Collections.nCopies(size.layers(), true);
  }

  /** Every so many layers, but for those that are named. */
  private static List<Boolean> mixtures(ConfigFields fields, Dimensions size)
      throws RejectedCheckpointException {
    int step = fields.integer("decoder_sparse_step", 1, ConfigBounds.LAYERS, 1);
    List<Integer> others = fields.integers("mlp_only_layers");
    return IntStream.range(0, size.layers())
        .mapToObj(layer -> (layer + 1) % step == 0 && !others.contains(layer))
        .toList();
  }

  private static Experts experts(
      ConfigFields fields,
      Dimensions size,
      int count,
      int familyActive,
      int inner,
      int sharedInner,
      boolean renormalised,
      List<Boolean> layers)
      throws RejectedCheckpointException {
    int active = fields.integer("num_experts_per_tok", 1, ConfigBounds.EXPERTS, familyActive);
    if (active > count) {
      throw fields.contradiction("a token takes " + active + " experts of " + count);
    }
    if ((long) count * size.layers() > ConfigBounds.ALL_EXPERTS) {
      throw fields.contradiction(
          String.format(
              "%d layers of %d experts are more than %d experts",
              size.layers(), count, ConfigBounds.ALL_EXPERTS));
    }
    return new Experts(count, active, inner, sharedInner, renormalised, layers);
  }

  static List<ExpectedTensor> tensors(ModelConfig config) {
    int hidden = config.hiddenSize();
    TensorPlan plan = new TensorPlan();
    plan.at(-1, "model.").weight(Part.EMBEDDING, "embed_tokens", config.vocabularySize(), hidden);
    for (int layer = 0; layer < config.layers(); layer++) {
      plan.at(layer, "model.layers." + layer + ".")
          .weight(Part.ATTENTION_NORM, "input_layernorm", hidden)
          .attention(config, "self_attn.o_proj");
      queryKeyNorms(plan, config.attention());
      plan.weight(Part.MLP_NORM, "post_attention_layernorm", hidden);
      if (config.experts().orElseThrow().layers().get(layer)) {
        mixture(plan, config);
      } else {
        plan.gatedMlp(config);
      }
    }
    plan.at(-1, "").weight(Part.FINAL_NORM, "model.norm", hidden).head(config, "lm_head");
    return plan.tensors();
  }

  private static void queryKeyNorms(TensorPlan plan, Attention attention) {
    switch (attention.queryKeyNorm()) {
      case HEAD ->
          plan.weight(Part.QUERY_NORM, "self_attn.q_norm", attention.headSize())
              .weight(Part.KEY_NORM, "self_attn.k_norm", attention.headSize());
      case FULL ->
          plan.weight(Part.QUERY_NORM, "self_attn.q_norm", attention.querySize())
              .weight(Part.KEY_NORM, "self_attn.k_norm", attention.keyValueSize());
      case NONE -> {}
    }
  }

  private static void mixture(TensorPlan plan, ModelConfig config) {
    Experts experts = config.experts().orElseThrow();
    int hidden = config.hiddenSize();
    boolean mixtral = config.family() == Family.MIXTRAL;
    String module = mixtral ? "block_sparse_moe" : "mlp";
    plan.weight(Part.ROUTER, module + ".gate", experts.count(), hidden);
    for (int expert = 0; expert < experts.count(); expert++) {
      String own = module + ".experts." + expert;
      plan.expert(expert);
      if (mixtral) {
        plan.weight(Part.GATE, own + ".w1", experts.innerSize(), hidden)
            .weight(Part.UP, own + ".w3", experts.innerSize(), hidden)
            .weight(Part.DOWN, own + ".w2", hidden, experts.innerSize());
      } else {
        plan.gatedMlp(config, own, experts.innerSize());
      }
    }
    if (experts.sharedInnerSize() > 0) {
      plan.expert(experts.count())
          .gatedMlp(config, "mlp.shared_expert", experts.sharedInnerSize())
          .expert(-1)
          .weight(Part.SHARED_ROUTER, "mlp.shared_expert_gate", 1, hidden);
    }
    plan.expert(-1);
  }
}
