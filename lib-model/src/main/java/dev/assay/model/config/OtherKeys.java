package dev.assay.model.config;

import com.fasterxml.jackson.databind.JsonNode;
import dev.assay.model.rejection.RejectedCheckpointException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The keys of config.json that no family reads here and that transformers (4.57, 5.23) reads all
 * the same: one that would make it compute something else, or fail, refuses the checkpoint. Every
 * other key says nothing about losses and is left alone.
 */
public final class OtherKeys {

  /** What a key may hold. */
  // The predicates hold no state, which the checker cannot see.
  @SuppressWarnings("ImmutableEnumChecker")
  private enum Kind {
    FLAG("true or false", JsonNode::isBoolean),
    OPTIONAL_FLAG("true, false or null", node -> node.isBoolean() || node.isNull()),
    UNSET("false or absent", node -> node.isBoolean() && !node.booleanValue()),
    OPTIONAL_UNSET(
        "false or null", node -> node.isNull() || (node.isBoolean() && !node.booleanValue())),
    SET("true", node -> node.isBoolean() && node.booleanValue()),
    SHARE("a number from 0 to 1", node -> node.isNumber() && within(node.doubleValue())),
    FRACTION(
        "a number with a point from 0 to 1",
        node -> node.isFloatingPointNumber() && within(node.doubleValue())),
    ID("an integer or null", node -> node.isIntegralNumber() || node.isNull()),
    IDS(
        "an integer, a list of integers or null",
        node ->
            node.isIntegralNumber() || node.isNull() || isList(node, JsonNode::isIntegralNumber)),
    DECIMAL("a number with a point", JsonNode::isFloatingPointNumber),
    COUNT("an integer", JsonNode::isIntegralNumber),
    TEXT("a string", JsonNode::isTextual),
    OPTIONAL_TEXT("a string or null", node -> node.isTextual() || node.isNull()),
    PROBLEM(
        "null, regression, single_label_classification or multi_label_classification",
        node -> node.isNull() || (node.isTextual() && PROBLEMS.contains(node.textValue()))),
    DTYPE(
        "float32, float16, bfloat16 or float64",
        node -> node.isNull() || (node.isTextual() && DTYPES.contains(node.textValue()))),
    OBJECT("an object", JsonNode::isObject),
    OPTIONAL_OBJECT("an object or null", node -> node.isObject() || node.isNull()),
    LABELS(
        "an object of a string for each number, or null", node -> node.isNull() || areLabels(node)),
    NOTHING("null or absent", JsonNode::isNull),
    NO_HEADS("an empty object or absent", node -> node.isObject() && node.isEmpty()),
    TOKENS("a list or null", node -> node.isArray() || node.isNull()),
    ONE("1 or absent", node -> node.isIntegralNumber() && node.intValue() == 1),
    STOPPING(
        "true, false, never or null",
        node -> node.isBoolean() || node.isNull() || node.asText().equals("never")),
    ABSENT("absent", node -> false);

    private final String expected;
    private final Predicate<JsonNode> holds;

    Kind(String expected, Predicate<JsonNode> holds) {
      this.expected = expected;
      this.holds = holds;
    }
  }

  private static final Set<String> PROBLEMS =
      Set.of("regression", "single_label_classification", "multi_label_classification");

  private static final Set<String> DTYPES = Set.of("float32", "float16", "bfloat16", "float64");

  /** Private names that published files have; the others would reach into transformers itself. */
  private static final Set<String> HARMLESS_PRIVATE =
      Set.of(
          "_name_or_path",
          "_commit_hash",
          "_attn_implementation_autoset",
          "_flash_attn_2_enabled",
          "_from_model_config",
          "_num_labels",
          "_sliding_window_pattern");

  private static final Map<String, Kind> KINDS =
      Stream.of(
              all(Kind.FLAG, "use_cache", "summary_use_proj", "summary_proj_to_labels"),
              all(Kind.FLAG, "reorder_and_upcast_attn", "output_router_logits"),
              all(Kind.OPTIONAL_FLAG, "output_hidden_states", "output_attentions"),
              all(Kind.UNSET, "is_encoder_decoder", "add_cross_attention", "torchscript"),
              all(Kind.UNSET, "tie_encoder_decoder", "is_decoder"),
              all(Kind.OPTIONAL_UNSET, "use_bidirectional_attention"),
              all(Kind.SET, "is_causal", "return_dict", "use_return_dict"),
              all(Kind.SHARE, "attention_dropout", "hidden_dropout", "resid_pdrop", "embd_pdrop"),
              all(Kind.SHARE, "attn_pdrop", "classifier_dropout", "summary_first_dropout"),
              all(Kind.SHARE, "residual_dropout", "embedding_dropout"),
              all(Kind.FRACTION, "initializer_range"),
              all(Kind.ID, "bos_token_id", "pad_token_id", "pretraining_tp"),
              all(Kind.IDS, "eos_token_id"),
              all(Kind.DECIMAL, "router_aux_loss_coef", "router_jitter_noise"),
              all(Kind.COUNT, "num_labels", "chunk_size_feed_forward"),
              all(Kind.TEXT, "summary_type"),
              all(Kind.OPTIONAL_TEXT, "summary_activation", "transformers_version"),
              all(Kind.PROBLEM, "problem_type"),
              all(Kind.DTYPE, "dtype", "torch_dtype"),
              all(Kind.LABELS, "id2label"),
              all(Kind.OPTIONAL_OBJECT, "label2id"),
              all(Kind.OBJECT, "auto_map"),
              all(Kind.NO_HEADS, "pruned_heads"),
              all(Kind.NOTHING, "layer_types", "mlp_layer_types", "mtp_layer_types"),
              all(Kind.NOTHING, "quantization_config", "fusion_config", "per_layer_config"),
              all(Kind.NOTHING, "experts_implementation", "attn_implementation"),
              all(Kind.NOTHING, "rope_parameters", "rope_scaling"),
              all(Kind.NOTHING, "text_config"),
              all(Kind.TOKENS, "suppress_tokens", "begin_suppress_tokens"),
              all(Kind.ONE, "num_return_sequences"),
              all(Kind.STOPPING, "early_stopping"),
              // Where the weights lie, and arguments of from_pretrained that a file could take
              // over.
              all(
                  Kind.ABSENT,
                  "transformers_weights",
                  "gguf_file",
                  "variant",
                  "subfolder",
                  "revision"),
              all(Kind.ABSENT, "state_dict", "key_mapping", "adapter_kwargs", "adapter_name"),
              all(Kind.ABSENT, "output_loading_info", "device_map", "trust_remote_code"),
              all(Kind.ABSENT, "sub_configs", "configuration_files"),
              all(Kind.ABSENT, "base_model_tp_plan", "base_model_pp_plan", "base_model_ep_plan"),
              all(Kind.ABSENT, "is_heterogeneous", "default_theta", "attribute_map"))
          .flatMap(map -> map.entrySet().stream())
          .collect(Collectors.toUnmodifiableMap(Map.Entry::getKey, Map.Entry::getValue));

  private OtherKeys() {}

  /** Checks every key that the family hasn't read. */
  public static void check(ConfigFields fields) throws RejectedCheckpointException {
    for (String key : fields.unread()) {
      Kind kind = kind(key);
      JsonNode value = fields.node(key);
      if (kind != null && !kind.holds.test(value)) {
        throw fields.wrong(key, value, kind.expected);
      }
    }
  }

  private static Kind kind(String key) {
    return key.startsWith("_") && !HARMLESS_PRIVATE.contains(key) ? Kind.ABSENT : KINDS.get(key);
  }

  private static Map<String, Kind> all(Kind kind, String... keys) {
    return List.of(keys).stream().collect(Collectors.toMap(key -> key, key -> kind));
  }

  private static boolean within(double value) {
    return value >= 0 && value <= 1;
  }

  private static boolean areLabels(JsonNode node) {
    return node.isObject()
        && node.properties().stream()
            .allMatch(e -> e.getKey().matches("[0-9]{1,9}") && e.getValue().isTextual());
  }

  private static boolean isList(JsonNode node, Predicate<JsonNode> each) {
    if (!node.isArray()) {
      return false;
    }
    for (JsonNode element : node) {
      if (!each.test(element)) {
        return false;
      }
    }
    return true;
  }
}
