package dev.assay.model.checkpoint;

import java.util.Collections;
import java.util.List;

/** What most families' configurations spell alike. */
final class CommonConfig {
  private CommonConfig() {}

  static int vocabularySize(ConfigFields fields) throws RejectedCheckpointException {
    return fields.integer("vocab_size", 1, ConfigBounds.VOCABULARY);
  }

  static int hiddenSize(ConfigFields fields) throws RejectedCheckpointException {
    return fields.integer("hidden_size", 1, ConfigBounds.HIDDEN);
  }

  static int intermediateSize(ConfigFields fields) throws RejectedCheckpointException {
    return fields.integer("intermediate_size", 1, ConfigBounds.INTERMEDIATE);
  }

  static int layers(ConfigFields fields) throws RejectedCheckpointException {
    return fields.integer("num_hidden_layers", 1, ConfigBounds.LAYERS);
  }

  static int heads(ConfigFields fields) throws RejectedCheckpointException {
    return fields.integer("num_attention_heads", 1, ConfigBounds.HEADS);
  }

  /** As many as heads unless the file says fewer; they divide the heads. */
  static int keyValueHeads(ConfigFields fields, int heads) throws RejectedCheckpointException {
    int keyValueHeads = fields.integer("num_key_value_heads", 1, ConfigBounds.HEADS, heads);
    if (heads % keyValueHeads != 0) {
      throw fields.contradiction(
          heads + " heads cannot share " + keyValueHeads + " key-value heads evenly");
    }
    return keyValueHeads;
  }

  /** head_dim where the file says it, else the hidden size divided among the heads. */
  static int headSize(ConfigFields fields, int hiddenSize, int heads)
      throws RejectedCheckpointException {
    if (fields.has("head_dim")) {
      return fields.integer("head_dim", 1, ConfigBounds.HEAD_SIZE);
    }
    if (hiddenSize % heads != 0 || hiddenSize / heads > ConfigBounds.HEAD_SIZE) {
      throw fields.contradiction(
          "a hidden size of " + hiddenSize + " cannot be divided among " + heads + " heads");
    }
    return hiddenSize / heads;
  }

  static int maxPositions(ConfigFields fields, int otherwise) throws RejectedCheckpointException {
    return fields.integer("max_position_embeddings", 1, ConfigBounds.POSITIONS, otherwise);
  }

  static double epsilon(ConfigFields fields, String key, double otherwise)
      throws RejectedCheckpointException {
    return fields.number(key, ConfigBounds.LEAST_EPSILON, ConfigBounds.MOST_EPSILON, otherwise);
  }

  static boolean tied(ConfigFields fields, boolean otherwise) throws RejectedCheckpointException {
    return fields.flag("tie_word_embeddings", otherwise);
  }

  static Activation activation(ConfigFields fields, String key, String otherwise)
      throws RejectedCheckpointException {
    return switch (fields.text(key, otherwise)) {
      case "silu", "swish" -> Activation.SILU;
      case "gelu" -> Activation.GELU;
      case "gelu_new", "gelu_fast", "gelu_pytorch_tanh" -> Activation.GELU_TANH;
      case "relu" -> Activation.RELU;
      default -> throw fields.unsupported(key, "silu, gelu, gelu_new, gelu_pytorch_tanh, relu");
    };
  }

  /** The same window in every layer; 0 is none. */
  static List<Integer> windows(int layers, int window) {
    return Collections.nCopies(layers, window);
  }
}
