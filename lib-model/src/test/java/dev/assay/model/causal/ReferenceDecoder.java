package dev.assay.model.causal;

import dev.assay.model.architecture.Attention;
import dev.assay.model.architecture.ModelConfig;
import dev.assay.model.architecture.Part;
import dev.assay.model.architecture.Rotary;
import dev.assay.model.checkpoint.Checkpoint;
import dev.assay.model.text.SampleEncoder;
import java.io.IOException;
import java.util.Arrays;

/**
 * The oracle: every family in plain Java loops and float64, written from the modelling code's
 * formulas and sharing nothing with the decoder program but the frequencies' table, which recorded
 * losses check.
 */
public final class ReferenceDecoder {
  private final ModelConfig config;
  private final Attention attention;
  private final ReferenceWeights weights;
  private final String family;
  private final int sequenceLength;

  public ReferenceDecoder(Checkpoint checkpoint) throws IOException {
    this(checkpoint, SampleEncoder.MAX_TOKENS);
  }

  /**
   * @param sequenceLength what rotary scalings follow
   */
  public ReferenceDecoder(Checkpoint checkpoint, int sequenceLength) throws IOException {
    this.sequenceLength = sequenceLength;
    this.config = checkpoint.config();
    this.attention = config.attention();
    this.weights = new ReferenceWeights(checkpoint);
    this.family = config.family().modelType();
  }

  /** −log p of every token but the first. */
  public double[] losses(int[] ids) {
    double[][] x = embedded(ids);
    for (int layer = 0; layer < config.layers(); layer++) {
      block(layer, x);
    }
    double[] losses = new double[ids.length - 1];
    for (int t = 0; t < losses.length; t++) {
      losses[t] = loss(normalised(-1, Part.FINAL_NORM, x[t]), ids[t + 1]);
    }
    return losses;
  }

  private double[][] embedded(int[] ids) {
    int hidden = config.hiddenSize();
    double[][] x = new double[ids.length][hidden];
    double scale = config.multipliers().embedding();
    double[] table = weights.weight(-1, Part.EMBEDDING);
    for (int t = 0; t < ids.length; t++) {
      for (int i = 0; i < hidden; i++) {
        x[t][i] = table[ids[t] * hidden + i] * scale;
        if (weights.has(-1, Part.POSITION_EMBEDDING)) {
          x[t][i] += weights.weight(-1, Part.POSITION_EMBEDDING)[t * hidden + i];
        }
      }
    }
    return x;
  }

  private void block(int layer, double[][] x) {
    double[][] normal = normalised(layer, Part.ATTENTION_NORM, x);
    double[][] attended = attended(layer, normal);
    double[][] beside = normal;
    if (config.parallelResidual() && weights.has(layer, Part.MLP_NORM)) {
      beside = normalised(layer, Part.MLP_NORM, x);
    }
    for (int t = 0; t < x.length; t++) {
      add(x[t], scaled(normalised(layer, Part.POST_ATTENTION_NORM, attended[t])));
    }
    for (int t = 0; t < x.length; t++) {
      double[] input =
          config.parallelResidual() ? beside[t] : normalised(layer, Part.MLP_NORM, x[t]);
      double[] fed =
          weights.has(layer, Part.ROUTER)
              ? mixed(layer, input)
              : fedForward(layer, input, config.intermediateSize());
      add(x[t], scaled(normalised(layer, Part.POST_MLP_NORM, fed)));
    }
  }

  private double[] scaled(double[] x) {
    double factor = config.multipliers().residual();
    return Arrays.stream(x).map(value -> value * factor).toArray();
  }

  private double[] mixed(int layer, double[] x) {
    ReferenceExperts experts =
        new ReferenceExperts(config.experts().orElseThrow(), weights, layer, this::activated);
    return experts.output(x);
  }

  private double[] fedForward(int layer, double[] x, int inner) {
    double[] middle = new double[inner];
    if (weights.has(layer, Part.GATE_UP)) {
      double[] both = linear(layer, Part.GATE_UP, x, 2 * inner);
      for (int i = 0; i < inner; i++) {
        middle[i] = activated(both[i]) * both[inner + i];
      }
    } else if (weights.has(layer, Part.GATE)) {
      double[] gate = linear(layer, Part.GATE, x, inner);
      double[] up = linear(layer, Part.UP, x, inner);
      for (int i = 0; i < inner; i++) {
        middle[i] = activated(gate[i]) * up[i];
      }
    } else {
      double[] up = linear(layer, Part.UP, x, inner);
      for (int i = 0; i < inner; i++) {
        middle[i] = activated(up[i]);
      }
    }
    return linear(layer, Part.DOWN, middle, config.hiddenSize());
  }

  private double[][] attended(int layer, double[][] x) {
    double[][][] q = new double[x.length][][];
    double[][][] k = new double[x.length][][];
    double[][][] v = new double[x.length][][];
    for (int t = 0; t < x.length; t++) {
      double[][] projected = projected(layer, x[t]);
      q[t] = heads(layer, Part.QUERY_NORM, projected[0], attention.heads());
      k[t] = heads(layer, Part.KEY_NORM, projected[1], attention.keyValueHeads());
      v[t] = split(projected[2], attention.keyValueHeads());
      for (double[][] heads : new double[][][] {q[t], k[t], v[t]}) {
        clip(heads);
      }
      if (attention.rotated().get(layer)) {
        rotate(layer, q[t], t);
        rotate(layer, k[t], t);
      }
    }
    int window = attention.windows().get(layer);
    int group = attention.heads() / attention.keyValueHeads();
    double[][] out = new double[x.length][];
    for (int t = 0; t < x.length; t++) {
      int first = window == 0 ? 0 : Math.max(0, t - window + 1);
      double[] joined = new double[attention.querySize()];
      for (int h = 0; h < attention.heads(); h++) {
        double[] scores = new double[t - first + 1];
        for (int s = first; s <= t; s++) {
          double score = dot(q[t][h], k[s][h / group]) * attention.scale();
          scores[s - first] = capped(score, attention.softCap().orElse(0));
        }
        double normaliser = logSumExp(scores);
        for (int s = first; s <= t; s++) {
          double share = Math.exp(scores[s - first] - normaliser);
          for (int d = 0; d < attention.headSize(); d++) {
            joined[h * attention.headSize() + d] += share * v[s][h / group][d];
          }
        }
      }
      out[t] = linear(layer, Part.OUTPUT, joined, config.hiddenSize());
    }
    return out;
  }

  /** Query, key and value of one position, each over all heads. */
  private double[][] projected(int layer, double[] x) {
    int query = attention.querySize();
    int keyValue = attention.keyValueSize();
    if (weights.has(layer, Part.QUERY_KEY_VALUE_BY_HEAD)) {
      return byHead(linear(layer, Part.QUERY_KEY_VALUE_BY_HEAD, x, query + 2 * keyValue));
    }
    if (!weights.has(layer, Part.QUERY_KEY_VALUE)) {
      return new double[][] {
        linear(layer, Part.QUERY, x, query),
        linear(layer, Part.KEY, x, keyValue),
        linear(layer, Part.VALUE, x, keyValue)
      };
    }
    double[] joint = linear(layer, Part.QUERY_KEY_VALUE, x, query + 2 * keyValue);
    double[][] parts = {new double[query], new double[keyValue], new double[keyValue]};
    for (int i = 0; i < joint.length; i++) {
      if (i < query) {
        parts[0][i] = joint[i];
      } else {
        parts[1 + (i - query) / keyValue][(i - query) % keyValue] = joint[i];
      }
    }
    return parts;
  }

  /** Of each key-value head its queries, its key and its value, one after the other. */
  private double[][] byHead(double[] joint) {
    int size = attention.headSize();
    int queries = attention.heads() / attention.keyValueHeads();
    double[][] parts = {
      new double[attention.querySize()],
      new double[attention.keyValueSize()],
      new double[attention.keyValueSize()]
    };
    int[] filled = new int[3];
    for (int i = 0; i < joint.length; i++) {
      int part = Math.max(0, i / size % (queries + 2) - queries + 1);
      parts[part][filled[part]++] = joint[i];
    }
    return parts;
  }

  private void clip(double[][] heads) {
    double most = attention.clip().orElse(Double.POSITIVE_INFINITY);
    for (double[] head : heads) {
      Arrays.setAll(head, i -> Math.max(-most, Math.min(most, head[i])));
    }
  }

  private double[][] heads(int layer, Part norm, double[] x, int count) {
    if (!weights.has(layer, norm)) {
      return split(x, count);
    }
    if (family.startsWith("olmo")) {
      return split(normalised(layer, norm, x), count);
    }
    double[][] heads = split(x, count);
    double[] weight = weights.weight(layer, norm);
    double[] bias = weights.bias(layer, norm);
    for (int h = 0; h < count; h++) {
      int start = weight.length == attention.headSize() ? 0 : h * attention.headSize();
      heads[h] = normalised(heads[h], weight, bias, start);
    }
    return heads;
  }

  private double[][] split(double[] x, int count) {
    double[][] heads = new double[count][attention.headSize()];
    for (int i = 0; i < x.length; i++) {
      heads[i / attention.headSize()][i % attention.headSize()] = x[i];
    }
    return heads;
  }

  private void rotate(int layer, double[][] heads, int position) {
    if (config.rotary().isEmpty()) {
      return;
    }
    boolean local = config.localRotary().isPresent() && attention.windows().get(layer) > 0;
    Rotary rotary = local ? config.localRotary().get() : config.rotary().get();
    RotaryFrequencies table = new RotaryFrequencies(rotary);
    double[] frequencies = table.at(sequenceLength);
    int half = rotary.dimensions() / 2;
    boolean sideBySide =
        switch (family) {
          case "cohere", "glm", "glm4", "gptj" -> true;
          default -> false;
        };
    for (double[] head : heads) {
      for (int i = 0; i < half; i++) {
        double cosine = Math.cos(position * frequencies[i]) * table.scale();
        double sine = Math.sin(position * frequencies[i]) * table.scale();
        int first = sideBySide ? 2 * i : i;
        int second = sideBySide ? 2 * i + 1 : i + half;
        double a = head[first];
        double b = head[second];
        head[first] = a * cosine - b * sine;
        head[second] = b * cosine + a * sine;
      }
    }
  }

  private double[][] normalised(int layer, Part part, double[][] x) {
    double[][] y = new double[x.length][];
    for (int t = 0; t < x.length; t++) {
      y[t] = normalised(layer, part, x[t]);
    }
    return y;
  }

  private double[] normalised(int layer, Part part, double[] x) {
    if (family.equals("olmo") && part != Part.POST_ATTENTION_NORM && part != Part.POST_MLP_NORM) {
      double[] ones = new double[x.length];
      Arrays.fill(ones, 1);
      return normalised(x, ones, null, 0);
    }
    return weights.has(layer, part)
        ? normalised(x, weights.weight(layer, part), weights.bias(layer, part), 0)
        : x;
  }

  private double[] normalised(double[] x, double[] weight, double[] bias, int start) {
    boolean layerNorm =
        switch (family) {
          case "stablelm", "phi", "gpt_neox", "gpt2", "starcoder2", "nemotron" -> true;
          case "olmo", "cohere", "gptj", "falcon" -> true;
          default -> false;
        };
    double plus = family.startsWith("gemma") || family.equals("nemotron") ? 1 : 0;
    double mean = 0;
    for (double value : x) {
      mean += layerNorm ? value / x.length : 0;
    }
    double variance = 0;
    for (double value : x) {
      variance += (value - mean) * (value - mean) / x.length;
    }
    double[] y = new double[x.length];
    for (int i = 0; i < x.length; i++) {
      y[i] =
          (x[i] - mean) / Math.sqrt(variance + config.normEpsilon()) * (weight[start + i] + plus);
      y[i] += bias == null ? 0 : bias[start + i];
    }
    return y;
  }

  private double[] linear(int layer, Part part, double[] x, int out) {
    double[] weight = weights.weight(layer, part);
    double[] bias = weights.bias(layer, part);
    boolean transposed = family.equals("gpt2");
    double[] y = new double[out];
    for (int o = 0; o < out; o++) {
      double sum = bias == null ? 0 : bias[o];
      for (int i = 0; i < x.length; i++) {
        sum += x[i] * (transposed ? weight[i * out + o] : weight[o * x.length + i]);
      }
      y[o] = sum;
    }
    return y;
  }

  private double loss(double[] x, int label) {
    Part part = config.tiedEmbeddings() ? Part.EMBEDDING : Part.HEAD;
    double[] head = weights.weight(-1, part);
    double[] bias = weights.bias(-1, Part.HEAD);
    double[] logits = new double[config.vocabularySize()];
    for (int o = 0; o < logits.length; o++) {
      double sum = bias == null ? 0 : bias[o];
      for (int i = 0; i < x.length; i++) {
        sum += x[i] * head[o * x.length + i];
      }
      logits[o] = capped(sum * config.multipliers().logits(), config.finalSoftCap().orElse(0));
    }
    return logSumExp(logits) - logits[label];
  }

  private double activated(double x) {
    return switch (config.activation()) {
      case SILU -> x / (1 + Math.exp(-x));
      case GELU -> x * normalDistribution(x);
      case GELU_TANH ->
          0.5 * x * (1 + Math.tanh(Math.sqrt(2 / Math.PI) * (x + 0.044715 * x * x * x)));
      case RELU -> Math.max(0, x);
      case RELU_SQUARED -> x > 0 ? x * x : 0;
    };
  }

  /**
   * The normal distribution function by its Taylor series around 0, exact to 1e-15 for the small
   * values met here.
   */
  private static double normalDistribution(double x) {
    double sum = 0;
    double term = x;
    for (int i = 1; i < 200; i++) {
      sum += term;
      term *= x * x / (2 * i + 1);
    }
    return 0.5 + sum * Math.exp(-x * x / 2) / Math.sqrt(2 * Math.PI);
  }

  private static double capped(double x, double cap) {
    return cap == 0 ? x : cap * Math.tanh(x / cap);
  }

  private static double dot(double[] a, double[] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += a[i] * b[i];
    }
    return sum;
  }

  private static double logSumExp(double[] values) {
    double largest = Double.NEGATIVE_INFINITY;
    for (double value : values) {
      largest = Math.max(largest, value);
    }
    double sum = 0;
    for (double value : values) {
      sum += Math.exp(value - largest);
    }
    return largest + Math.log(sum);
  }

  private static void add(double[] x, double[] y) {
    for (int i = 0; i < x.length; i++) {
      x[i] += y[i];
    }
  }
}
