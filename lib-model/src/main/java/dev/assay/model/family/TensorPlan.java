package dev.assay.model.family;

import dev.assay.model.architecture.Attention;
import dev.assay.model.architecture.ExpectedTensor;
import dev.assay.model.architecture.HeadNorm;
import dev.assay.model.architecture.ModelConfig;
import dev.assay.model.architecture.Part;
import java.util.ArrayList;
import java.util.List;

/** Collects the tensors a family expects, in the order of the forward pass. */
final class TensorPlan {
  private final List<ExpectedTensor> tensors = new ArrayList<>();
  private String prefix = "";
  private int layer = -1;
  private int expert = -1;

  /** From here on names begin with the prefix and tensors belong to the layer (−1: to none). */
  TensorPlan at(int layer, String prefix) {
    this.layer = layer;
    this.expert = -1;
    this.prefix = prefix;
    return this;
  }

  /** From here on tensors belong to one of the layer's experts (−1: to none). */
  TensorPlan expert(int number) {
    this.expert = number;
    return this;
  }

  TensorPlan weight(Part part, String module, long... shape) {
    return add(part, false, module + ".weight", false, true, shape);
  }

  TensorPlan bias(boolean present, Part part, String module, long size) {
    return present ? add(part, true, module + ".bias", false, true, size) : this;
  }

  /** A linear layer stored as [out, in], with its bias where there is one. */
  TensorPlan linear(Part part, String module, long out, long in, boolean bias) {
    return weight(part, module, out, in).bias(bias, part, module, out);
  }

  /** A linear layer stored as [in, out], with a bias. */
  TensorPlan transposed(Part part, String module, long out, long in) {
    return add(part, false, module + ".weight", true, true, in, out).bias(true, part, module, out);
  }

  /** Query, key and value projections, apart, and the output projection under its own name. */
  TensorPlan attention(ModelConfig config, String output) {
    Attention attention = config.attention();
    int hidden = config.hiddenSize();
    int shared = attention.keyValueSize();
    boolean bias = attention.inputBias();
    return linear(Part.QUERY, "self_attn.q_proj", attention.querySize(), hidden, bias)
        .linear(Part.KEY, "self_attn.k_proj", shared, hidden, bias)
        .linear(Part.VALUE, "self_attn.v_proj", shared, hidden, bias)
        .linear(Part.OUTPUT, output, hidden, attention.querySize(), attention.outputBias());
  }

  /** Norms of every head's queries and keys, one weight for all heads, where the model has them. */
  TensorPlan headNorms(ModelConfig config, String query, String key, boolean bias) {
    int headSize = config.attention().headSize();
    return config.attention().queryKeyNorm() == HeadNorm.HEAD
        ? norm(Part.QUERY_NORM, query, headSize, bias).norm(Part.KEY_NORM, key, headSize, bias)
        : this;
  }

  /** A gated feed-forward block. */
  TensorPlan gatedMlp(ModelConfig config) {
    return gatedMlp(config, "mlp", config.intermediateSize());
  }

  /** A gated feed-forward block of a size under a module's name. */
  TensorPlan gatedMlp(ModelConfig config, String module, int inner) {
    int hidden = config.hiddenSize();
    return linear(Part.GATE, module + ".gate_proj", inner, hidden, config.mlpBias())
        .linear(Part.UP, module + ".up_proj", inner, hidden, config.mlpBias())
        .linear(Part.DOWN, module + ".down_proj", hidden, inner, config.mlpBias());
  }

  /** A layer norm: weight and bias of one size. */
  TensorPlan layerNorm(Part part, String module, long size) {
    return norm(part, module, size, true);
  }

  /** A norm's weight, and its bias where it has one. */
  TensorPlan norm(Part part, String module, long size, boolean bias) {
    return weight(part, module, size).bias(bias, part, module, size);
  }

  /** The head; a tied one may be stored too. */
  TensorPlan head(ModelConfig config, String module) {
    return add(
        Part.HEAD,
        false,
        module + ".weight",
        false,
        !config.tiedEmbeddings(),
        config.vocabularySize(),
        config.hiddenSize());
  }

  List<ExpectedTensor> tensors() {
    return List.copyOf(tensors);
  }

  private TensorPlan add(
      Part part, boolean bias, String name, boolean transposed, boolean required, long... shape) {
    List<Long> sizes = new ArrayList<>();
    for (long size : shape) {
      sizes.add(size);
    }
    tensors.add(
        new ExpectedTensor(part, bias, layer, expert, prefix + name, sizes, transposed, required));
    return this;
  }
}
