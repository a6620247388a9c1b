package dev.assay.model.family;

import dev.assay.model.architecture.ExpectedTensor;
import dev.assay.model.architecture.ModelConfig;
import dev.assay.model.architecture.Norm;
import dev.assay.model.architecture.Part;
import dev.assay.model.config.ConfigBounds;
import dev.assay.model.config.ConfigFields;
import dev.assay.model.config.Dimensions;
import dev.assay.model.config.SharedSpelling;
import dev.assay.model.rejection.RejectedCheckpointException;
import java.util.List;

/** GPT-2: learned positions, layer norms, and linear layers stored as [in, out]. */
final class Gpt2Family {
  private Gpt2Family() {}

  static ModelConfig config(ConfigFields fields) throws RejectedCheckpointException {
    requireOrdinaryAttention(fields);
    Sizes sizes = Sizes.read(fields, 1024);
    return new ModelConfigBuilder(Family.GPT2, sizes.dimensions(), sizes.maxPositions())
        .norm(Norm.LAYER)
        .epsilon(SharedSpelling.epsilon(fields, "layer_norm_epsilon", 1e-5))
        .activation(SharedSpelling.activation(fields, "activation_function", "gelu_new"))
        .tied(SharedSpelling.tied(fields, true))
        .attentionBias(true, true)
        .mlpBias(true)
        .build();
  }

  /** The numbers that GPT-2 and GPT-J spell alike, each under two names. */
  record Sizes(Dimensions dimensions, int maxPositions) {
    static Sizes read(ConfigFields fields, int familyPositions) throws RejectedCheckpointException {
      int hidden = fields.integer("n_embd", 1, ConfigBounds.HIDDEN);
      int heads = fields.integer("n_head", 1, ConfigBounds.HEADS);
      Dimensions size =
          new Dimensions(
              fields.integer("vocab_size", 1, ConfigBounds.VOCABULARY),
              hidden,
              fields.integerOrNull("n_inner", 1, ConfigBounds.INTERMEDIATE, 4 * hidden),
              fields.integer("n_layer", 1, ConfigBounds.LAYERS),
              heads,
              heads,
              Dimensions.share(fields, hidden, heads));
      int positions = fields.integer("n_positions", 1, ConfigBounds.POSITIONS, familyPositions);
      fields.requireSame("hidden_size", "n_embd", hidden);
      fields.requireSame("num_attention_heads", "n_head", heads);
      fields.requireSame("num_hidden_layers", "n_layer", size.layers());
      fields.requireSame("max_position_embeddings", "n_positions", positions);
      return new Sizes(size, positions);
    }
  }

  private static void requireOrdinaryAttention(ConfigFields fields)
      throws RejectedCheckpointException {
    if (!fields.flag("scale_attn_weights", true)) {
      throw fields.unsupported("scale_attn_weights", "true");
    }
    fields.requireUnset("scale_attn_by_inverse_layer_idx");
    fields.requireUnset("add_cross_attention");
  }

  static List<ExpectedTensor> tensors(ModelConfig config) {
    int hidden = config.hiddenSize();
    int inner = config.intermediateSize();
    TensorPlan plan = new TensorPlan();
    plan.at(-1, "transformer.")
        .weight(Part.EMBEDDING, "wte", config.vocabularySize(), hidden)
        .weight(Part.POSITION_EMBEDDING, "wpe", config.maxPositions(), hidden);
    for (int layer = 0; layer < config.layers(); layer++) {
      plan.at(layer, "transformer.h." + layer + ".")
          .layerNorm(Part.ATTENTION_NORM, "ln_1", hidden)
          .transposed(Part.QUERY_KEY_VALUE, "attn.c_attn", 3L * hidden, hidden)
          .transposed(Part.OUTPUT, "attn.c_proj", hidden, hidden)
          .layerNorm(Part.MLP_NORM, "ln_2", hidden)
          .transposed(Part.UP, "mlp.c_fc", inner, hidden)
          .transposed(Part.DOWN, "mlp.c_proj", hidden, inner);
    }
    plan.at(-1, "transformer.").layerNorm(Part.FINAL_NORM, "ln_f", hidden);
    plan.at(-1, "").head(config, "lm_head");
    return plan.tensors();
  }
}
