package dev.assay.model.family;

import dev.assay.model.architecture.Attention;
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

/**
 * Falcon with rotary positions: query, key and value fused by key-value head, of which there is one
 * (7B), several (40B, 11B) or one per head; the two blocks in parallel or one after the other.
 */
final class FalconFamily {
  private static final String KEY_VALUE_HEADS = "num_kv_heads";
  private static final String NORMS = "num_ln_in_parallel_attn";

  private FalconFamily() {}

  static ModelConfig config(ConfigFields fields) throws RejectedCheckpointException {
    fields.requireUnset("alibi");
    for (String computed : List.of("head_dim", "rotary")) {
      if (fields.names(computed)) {
        throw fields.unsupported(computed, "a file without it, which transformers does not load");
      }
    }
    boolean grouped = fields.flag("new_decoder_architecture", false);
    boolean parallel = fields.flag("parallel_attn", true);
    boolean bias = fields.flag("bias", false);
    Dimensions size = size(fields, grouped);
    return new ModelConfigBuilder(Family.FALCON, size, SharedSpelling.maxPositions(fields, 2048))
        .norm(Norm.LAYER)
        .epsilon(SharedSpelling.epsilon(fields, "layer_norm_epsilon", 1e-5))
        .activation(SharedSpelling.activation(fields, "activation", "gelu"))
        .tied(SharedSpelling.tied(fields, true))
        .attentionBias(bias, bias)
        .mlpBias(bias)
        .parallel(parallel)
        .feedForwardNorm(hasTwoNorms(fields, grouped, parallel))
        .rotary(RotaryReader.ofWholeHead(fields, size.headSize()))
        .build();
  }

  private static Dimensions size(ConfigFields fields, boolean grouped)
      throws RejectedCheckpointException {
    int hidden = fields.integer("hidden_size", 1, ConfigBounds.HIDDEN);
    fields.requireSame("n_embed", "hidden_size", hidden);
    int heads = fields.integer("num_attention_heads", 1, ConfigBounds.HEADS);
    return new Dimensions(
        fields.integer("vocab_size", 1, ConfigBounds.VOCABULARY),
        hidden,
        fields.integerOrNull("ffn_hidden_size", 1, ConfigBounds.INTERMEDIATE, 4 * hidden),
        fields.integer("num_hidden_layers", 1, ConfigBounds.LAYERS),
        heads,
        keyValueHeads(fields, heads, grouped),
        Dimensions.share(fields, hidden, heads));
  }

  private static int keyValueHeads(ConfigFields fields, int heads, boolean grouped)
      throws RejectedCheckpointException {
    int stated = fields.integerOrNull(KEY_VALUE_HEADS, 1, ConfigBounds.HEADS, heads);
    boolean one = fields.flag("multi_query", true);
    if (!grouped && one) {
      return 1;
    }
    if (heads % stated != 0 || (!grouped && stated != heads)) {
      throw fields.contradiction(
          heads + " heads cannot share " + stated + " key-value heads as this family's do");
    }
    return stated;
  }

  /** Whether the feed-forward block has a norm of its own. */
  private static boolean hasTwoNorms(ConfigFields fields, boolean grouped, boolean parallel)
      throws RejectedCheckpointException {
    int norms = fields.integerOrNull(NORMS, 1, 2, grouped ? 2 : 1);
    if (grouped && !parallel) {
      throw fields.contradiction("parallel_attn is false and new_decoder_architecture is true");
    }
    if (!grouped && norms == 2) {
      throw fields.contradiction(NORMS + " is 2 and new_decoder_architecture is false");
    }
    return !parallel || norms == 2;
  }

  static List<ExpectedTensor> tensors(ModelConfig config) {
    int hidden = config.hiddenSize();
    int inner = config.intermediateSize();
    Attention attention = config.attention();
    boolean bias = attention.inputBias();
    boolean two = config.parallelResidual() && config.feedForwardNorm();
    long fused = attention.querySize() + 2L * attention.keyValueSize();
    TensorPlan plan = new TensorPlan();
    plan.at(-1, "transformer.")
        .weight(Part.EMBEDDING, "word_embeddings", config.vocabularySize(), hidden);
    for (int layer = 0; layer < config.layers(); layer++) {
      plan.at(layer, "transformer.h." + layer + ".")
          .layerNorm(Part.ATTENTION_NORM, two ? "ln_attn" : "input_layernorm", hidden)
          .linear(
              Part.QUERY_KEY_VALUE_BY_HEAD, "self_attention.query_key_value", fused, hidden, bias)
          .linear(Part.OUTPUT, "self_attention.dense", hidden, hidden, bias);
      if (config.feedForwardNorm()) {
        plan.layerNorm(Part.MLP_NORM, two ? "ln_mlp" : "post_attention_layernorm", hidden);
      }
      plan.linear(Part.UP, "mlp.dense_h_to_4h", inner, hidden, bias)
          .linear(Part.DOWN, "mlp.dense_4h_to_h", hidden, inner, bias);
    }
    plan.at(-1, "transformer.").layerNorm(Part.FINAL_NORM, "ln_f", hidden);
    plan.at(-1, "").head(config, "lm_head");
    return plan.tensors();
  }
}
