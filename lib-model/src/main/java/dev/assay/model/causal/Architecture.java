package dev.assay.model.causal;

import dev.assay.model.architecture.Attention;
import dev.assay.model.architecture.ExpectedTensor;
import dev.assay.model.architecture.Experts;
import dev.assay.model.architecture.ModelConfig;
import dev.assay.model.architecture.Norm;
import dev.assay.model.architecture.Part;
import dev.assay.model.architecture.Rotary;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

/** Turns a configuration into the decoder program's attributes, recipes and frequencies. */
final class Architecture {
  /** What the program itself fills in. */
  private static final Map<String, Pickle.Empty> EMPTY_ATTRIBUTES =
      Map.ofEntries(
          Map.entry("weights", new Pickle.Empty("List[Dict[str, Tensor]]")),
          Map.entry("head", new Pickle.Empty("List[Dict[str, Tensor]]")),
          Map.entry("paths", new Pickle.Empty("Dict[str, Tuple[str, int, int]]")),
          Map.entry("files", new Pickle.Empty("Dict[str, Tensor]")),
          Map.entry("places", new Pickle.Empty("Dict[str, Tuple[str, int, int]]")),
          Map.entry("sources", new Pickle.Empty("Dict[str, Tensor]")),
          Map.entry(
              "recipes",
              new Pickle.Empty(
                  "List[Tuple[int, str, str, List[int], bool, List[int], List[int], bool, float,"
                      + " bool]]")),
          Map.entry("trained", new Pickle.Empty("List[Tensor]")),
          Map.entry("decays", new Pickle.Empty("List[bool]")),
          Map.entry("first", new Pickle.Empty("List[Tensor]")),
          Map.entry("second", new Pickle.Empty("List[Tensor]")),
          Map.entry("clock", new Pickle.Empty("List[Tensor]")));

  private final ModelConfig config;

  Architecture(ModelConfig config) {
    this.config = config;
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
    attributes.put("clip", attention.clip().orElse(0));
    attributes.put("embedding_scale", config.multipliers().embedding());
    attributes.put("residual_scale", config.multipliers().residual());
    attributes.put("logit_scale", config.multipliers().logits());
    attributes.put("experts", config.experts().map(Experts::count).orElse(0));
    attributes.put("active_experts", config.experts().map(Experts::active).orElse(0));
    attributes.put("shares_sum_up", config.experts().map(Experts::renormalised).orElse(false));
    attributes.put("epsilon", config.normEpsilon());
    attributes.put("norm", norm());
    attributes.put("qk_norm", attention.queryKeyNorm().name().toLowerCase(Locale.ROOT));
    attributes.put("activation", config.activation().name().toLowerCase(Locale.ROOT));
    attributes.put("parallel", config.parallelResidual());
    attributes.put("block", options.blockQueries());
    attributes.put("words", options.blockWords(config.vocabularySize()));
    attributes.put("packed", options.layout() != Layout.PLAIN);
    attributes.put("careful", false);
    attributes.put("device", options.deviceName());
    attributes.put("dtype", options.precision().scalarType());
    Tuning tuning = options.tuning().orElse(Tuning.whole(false));
    attributes.put("learns", options.tuning().isPresent());
    attributes.put("adapter_scale", tuning.adapterScale());
    attributes.put("adapted_roles", new Pickle.Texts(tuning.adapted()));
    attributes.put("recomputed", tuning.recomputed());
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
    boolean bias = tensor.bias();
    switch (tensor.part()) {
      case QUERY_KEY_VALUE -> {
        recipes.add(recipe(tensor, "query", bias, List.of(0L, query), List.of()));
        recipes.add(recipe(tensor, "key", bias, List.of(query, keyValue), List.of()));
        recipes.add(recipe(tensor, "value", bias, List.of(query + keyValue, keyValue), List.of()));
      }
      case QUERY_KEY_VALUE_BY_HEAD -> {
        long shared = query / keyValue;
        recipes.add(recipe(tensor, "query", bias, List.of(), List.of(0L, shared, shared + 2)));
        recipes.add(recipe(tensor, "key", bias, List.of(), List.of(shared, 1L, shared + 2)));
        recipes.add(recipe(tensor, "value", bias, List.of(), List.of(shared + 1, 1L, shared + 2)));
      }
      case GATE_UP -> {
        long middle = config.intermediateSize();
        recipes.add(recipe(tensor, "gate", bias, List.of(0L, middle), List.of()));
        recipes.add(recipe(tensor, "up", bias, List.of(middle, middle), List.of()));
      }
      default -> {
        Recipe whole = recipe(tensor, role(tensor), bias, List.of(), List.of());
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
        norm ? List.of(elements(tensor)) : tensor.shape(),
        tensor.transposed(),
        rows,
        group,
        isRotated(role) && config.rotary().map(Rotary::interleaved).orElse(false),
        norm && !bias && config.norm().addsOne() ? 1 : 0,
        norm || tensor.part() == Part.ROUTER);
  }

  private static long elements(ExpectedTensor tensor) {
    return tensor.shape().stream().mapToLong(Long::longValue).reduce(1, Math::multiplyExact);
  }

  private static boolean isRotated(String role) {
    return role.startsWith("query") || role.startsWith("key");
  }

  private String norm() {
    if (config.norm() == Norm.LAYER_BARE) {
      return "bare";
    }
    return config.norm().isLayer() ? "layer" : "rms";
  }

  /** A layer's row of the frequencies; -1 where it does not rotate. */
  private List<Integer> rotaryTables() {
    Attention attention = config.attention();
    return IntStream.range(0, config.layers())
        .mapToObj(
            layer -> rotaryTable(attention.rotated().get(layer), attention.windows().get(layer)))
        .toList();
  }

  private int rotaryTable(boolean rotated, int window) {
    if (config.rotary().isEmpty() || !rotated) {
      return -1;
    }
    return config.localRotary().isPresent() && window > 0 ? 1 : 0;
  }

  private List<Double> rotaryScales() {
    return frequencies().stream().map(RotaryFrequencies::scale).toList();
  }

  /** The name that the program gives to a tensor's part, and to that of an expert. */
  private static String role(ExpectedTensor tensor) {
    String role = role(tensor.part());
    return tensor.expert() < 0 ? role : "expert." + tensor.expert() + "." + role;
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
