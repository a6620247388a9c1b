package dev.assay.model.causal;

import dev.assay.model.checkpoint.Attention;
import dev.assay.model.checkpoint.ExpectedTensor;
import dev.assay.model.checkpoint.ModelConfig;
import dev.assay.model.checkpoint.Part;
import dev.assay.model.checkpoint.Rotary;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.DoubleStream;

/** Turns a configuration into the decoder program's attributes, recipes and frequencies. */
final class Architecture {
  /** What the program itself fills in. */
  private static final Map<String, Pickle.Empty> EMPTY_ATTRIBUTES =
      Map.of(
          "weights", new Pickle.Empty("List[Dict[str, Tensor]]"),
          "files", new Pickle.Empty("Dict[str, Tensor]"),
          "sources", new Pickle.Empty("Dict[str, Tensor]"),
          "recipes",
              new Pickle.Empty(
                  "List[Tuple[int, str, str, List[int], bool, List[int], List[int], float, bool]]"),
          "trained", new Pickle.Empty("List[Tensor]"),
          "decays", new Pickle.Empty("List[bool]"),
          "first", new Pickle.Empty("List[Tensor]"),
          "second", new Pickle.Empty("List[Tensor]"),
          "clock", new Pickle.Empty("List[Tensor]"));

  private final ModelConfig config;
  private final Traits traits;

  Architecture(ModelConfig config) {
    this.config = config;
    this.traits = Traits.of(config.family());
  }

  ModelConfig config() {
    return config;
  }

  /** The program's attributes, by name. */
  Map<String, Object> attributes(DecoderOptions options) {
    Attention attention = config.attention();
    Map<String, Object> attributes = new LinkedHashMap<>();
    attributes.put("training", false);
    attributes.put("layers", config.layers());
    attributes.put("heads", attention.heads());
    attributes.put("kv_heads", attention.keyValueHeads());
    attributes.put("head_dim", attention.headSize());
    attributes.put("rotary_dim", config.rotary().map(Rotary::dimensions).orElse(0));
    attributes.put("rotary_tables", new Pickle.Integers(rotaryTables()));
    attributes.put("rotary_scales", new Pickle.Numbers(rotaryScales()));
    attributes.put(
        "rotary_frequencies", new Pickle.Numbers(rotaryFrequencies(options.sequenceLength())));
    attributes.put("windows", new Pickle.Integers(attention.windows()));
    attributes.put("attention_scale", attention.scale());
    attributes.put("attention_cap", attention.softCap().orElse(0));
    attributes.put("logit_cap", config.finalSoftCap().orElse(0));
    attributes.put(
        "embedding_scale", traits.scaledEmbedding() ? Math.sqrt(config.hiddenSize()) : 1.0);
    attributes.put("epsilon", config.normEpsilon());
    attributes.put("norm", norm());
    attributes.put("qk_norm", queryKeyNorm());
    attributes.put("activation", config.activation().name().toLowerCase(Locale.ROOT));
    attributes.put("parallel", config.parallelResidual());
    attributes.put("block", options.blockQueries());
    attributes.put("chunk", options.chunkRows());
    attributes.put("packed", options.packed());
    attributes.put("device", options.deviceName());
    attributes.put("dtype", options.precision().scalarType());
    attributes.put("adapter_scale", options.adapterScale());
    attributes.putAll(EMPTY_ATTRIBUTES);
    return attributes;
  }

  private List<Double> rotaryFrequencies(int sequenceLength) {
    return frequencies().stream()
        .flatMap(table -> DoubleStream.of(table.at(sequenceLength)).boxed())
        .toList();
  }

  /** The rotary embeddings: the model's own and, where some layers have another, theirs. */
  private List<RotaryFrequencies> frequencies() {
    List<RotaryFrequencies> tables = new ArrayList<>();
    config.rotary().ifPresent(rotary -> tables.add(new RotaryFrequencies(rotary)));
    config.localRotary().ifPresent(rotary -> tables.add(new RotaryFrequencies(rotary)));
    return tables;
  }

  /** How every weight is made, in the order of the checkpoint's tensors. */
  List<Recipe> recipes() {
    List<Recipe> recipes = new ArrayList<>();
    for (ExpectedTensor tensor : config.family().expectedTensors(config)) {
      if (tensor.required()) {
        addRecipes(recipes, tensor);
      }
    }
    return recipes;
  }

  /**
   * Whether every weight shares the memory of the tensor it is made of, so that it sees the
   * tensor's updates.
   */
  boolean weightsAreViews() {
    List<Recipe> recipes = recipes();
    long weights =
        recipes.stream().map(recipe -> recipe.layer() + "." + recipe.role()).distinct().count();
    return weights == recipes.size() && recipes.stream().allMatch(Recipe::isView);
  }

  private void addRecipes(List<Recipe> recipes, ExpectedTensor tensor) {
    long query = config.attention().querySize();
    long keyValue = config.attention().keyValueSize();
    long middle = config.intermediateSize();
    boolean bias = tensor.bias();
    switch (tensor.part()) {
      case QUERY_KEY_VALUE -> {
        if (traits.joint() == Traits.Joint.BY_HEAD) {
          recipes.add(recipe(tensor, "query", bias, List.of(), List.of(0L, 3L)));
          recipes.add(recipe(tensor, "key", bias, List.of(), List.of(1L, 3L)));
          recipes.add(recipe(tensor, "value", bias, List.of(), List.of(2L, 3L)));
        } else {
          recipes.add(recipe(tensor, "query", bias, List.of(0L, query), List.of()));
          recipes.add(recipe(tensor, "key", bias, List.of(query, keyValue), List.of()));
          recipes.add(
              recipe(tensor, "value", bias, List.of(query + keyValue, keyValue), List.of()));
        }
      }
      case GATE_UP -> {
        recipes.add(recipe(tensor, "gate", bias, List.of(0L, middle), List.of()));
        recipes.add(recipe(tensor, "up", bias, List.of(middle, middle), List.of()));
      }
      default -> {
        Recipe whole = recipe(tensor, role(tensor.part()), bias, List.of(), List.of());
        recipes.add(whole);
        if (tensor.part() == Part.HEAD && !bias) {
          recipes.add(whole.under("head.rows"));
        }
      }
    }
  }

  private Recipe recipe(
      ExpectedTensor tensor, String role, boolean bias, List<Long> rows, List<Long> group) {
    boolean norm = isNorm(tensor.part());
    return new Recipe(
        tensor.layer() < 0 ? config.layers() : tensor.layer(),
        role + (bias ? ".bias" : ".weight"),
        tensor.name(),
        tensor.shape(),
        isTransposed(tensor),
        rows,
        group,
        norm && !bias && addsOne() ? 1 : 0,
        norm);
  }

  private boolean isTransposed(ExpectedTensor tensor) {
    if (traits.joint() != Traits.Joint.STACKED_TRANSPOSED || tensor.bias()) {
      return false;
    }
    return switch (tensor.part()) {
      case QUERY_KEY_VALUE, OUTPUT, UP, DOWN -> true;
      default -> false;
    };
  }

  private boolean addsOne() {
    return traits.norm() == Traits.Norm.RMS_PLUS_ONE || traits.norm() == Traits.Norm.LAYER_PLUS_ONE;
  }

  private String norm() {
    return traits.norm() == Traits.Norm.LAYER || traits.norm() == Traits.Norm.LAYER_PLUS_ONE
        ? "layer"
        : "rms";
  }

  private String queryKeyNorm() {
    return config.attention().queryKeyNorm()
        ? traits.headNorm().name().toLowerCase(Locale.ROOT)
        : "none";
  }

  private List<Integer> rotaryTables() {
    return config.attention().windows().stream()
        .map(window -> config.localRotary().isPresent() && window > 0 ? 1 : 0)
        .toList();
  }

  private List<Double> rotaryScales() {
    return frequencies().stream().map(RotaryFrequencies::scale).toList();
  }

  private static boolean isNorm(Part part) {
    return part == Part.FINAL_NORM || role(part).endsWith("_norm");
  }

  /** The name that the program gives to a part. */
  private static String role(Part part) {
    return switch (part) {
      case POSITION_EMBEDDING -> "positions";
      case POST_ATTENTION_NORM -> "attention_post_norm";
      case MLP_NORM -> "feed_forward_norm";
      case POST_MLP_NORM -> "feed_forward_post_norm";
      case FINAL_NORM -> "norm";
      default -> part.name().toLowerCase(Locale.ROOT);
    };
  }
}
