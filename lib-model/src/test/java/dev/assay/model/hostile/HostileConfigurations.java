package dev.assay.model.hostile;

import static dev.assay.model.hostile.HostileCheckpoint.refused;
import static dev.assay.model.hostile.Tampering.configuration;
import static dev.assay.model.hostile.Tampering.configurationText;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.assay.model.rejection.Rejection;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** Configurations that are absurd, or ask for what is not there. */
final class HostileConfigurations {
  private HostileConfigurations() {}

  static Stream<HostileCheckpoint> all() {
    return Stream.of(texts(), numbers(), otherFamilies(), features()).flatMap(cases -> cases);
  }

  private static Stream<HostileCheckpoint> texts() {
    return Stream.of(
        refused("an empty configuration", Rejection.MALFORMED_JSON, configurationText("")),
        refused(
            "a configuration that is an array", Rejection.MALFORMED_JSON, configurationText("[]")),
        refused(
            "a configuration that stops", Rejection.MALFORMED_JSON, configurationText("{\"a\":")),
        refused("a second object behind", Rejection.MALFORMED_JSON, configurationText("{}{}")),
        refused(
            "a configuration nested without end",
            Rejection.MALFORMED_JSON,
            configurationText("{\"a\":" + "[".repeat(100_000))),
        refused(
            "a key twice",
            Rejection.MALFORMED_JSON,
            configurationText("{\"model_type\":\"llama\",\"model_type\":\"gpt2\"}")),
        refused(
            "a number that is not one",
            Rejection.MALFORMED_JSON,
            configurationText("{\"model_type\":\"llama\",\"rms_norm_eps\":NaN}")),
        refused("no model type", Rejection.UNSUPPORTED_CONFIG, configurationText("{}")));
  }

  private static Stream<HostileCheckpoint> numbers() {
    return Stream.of(
        value("a hidden size of 2^31", c -> c.put("hidden_size", 1L << 31)),
        value(
            "a hidden size beyond 64 bits",
            c -> c.put("hidden_size", new java.math.BigInteger("9".repeat(60)))),
        value("a hidden size of half", c -> c.put("hidden_size", 16.5)),
        value("a hidden size that is a text", c -> c.put("hidden_size", "16")),
        value("a hidden size that is an object", c -> c.putObject("hidden_size")),
        value("no hidden size", c -> c.remove("hidden_size")),
        value("a billion layers", c -> c.put("num_hidden_layers", 1_000_000_000)),
        value("a negative number of layers", c -> c.put("num_hidden_layers", -1)),
        value("no heads", c -> c.put("num_attention_heads", 0)),
        value("heads that do not divide", c -> c.put("num_attention_heads", 3)),
        value("key-value heads that do not divide", c -> c.put("num_key_value_heads", 3)),
        value("a vocabulary of a billion", c -> c.put("vocab_size", 1 << 30)),
        value("an intermediate size of a billion", c -> c.put("intermediate_size", 1 << 30)),
        value("a head of one dimension", c -> c.put("head_dim", 1)),
        value("an epsilon of 0", c -> c.put("rms_norm_eps", 0)),
        value("an endless epsilon", c -> c.put("rms_norm_eps", new java.math.BigDecimal("1e999"))),
        value("a base of 0", c -> c.put("rope_theta", 0)),
        value("a tie that is a number", c -> c.put("tie_word_embeddings", 1)),
        value("an activation that is a number", c -> c.put("hidden_act", 1)),
        value("a scaling that is a text", c -> c.put("rope_scaling", "linear")),
        value("a scaling by 0", c -> scaling(c, "linear").put("factor", 0)),
        value("a scaling without a factor", c -> scaling(c, "linear")),
        value(
            "a smoothing upside down",
            c ->
                scaling(c, "llama3")
                    .put("factor", 8)
                    .put("low_freq_factor", 4)
                    .put("high_freq_factor", 1)),
        value("a million factors", c -> factors(scaling(c, "longrope"), 100_000)),
        value(
            "both spellings of a scaling",
            c -> {
              scaling(c, "default");
              c.putObject("rope_parameters").put("rope_type", "default");
            }));
  }

  /** Mixtures, and families with numbers of their own. */
  private static Stream<HostileCheckpoint> otherFamilies() {
    return Stream.of(
        of("mixtral", "no experts", c -> c.put("num_local_experts", 0)),
        of("mixtral", "a billion experts", c -> c.put("num_local_experts", 1 << 30)),
        of("mixtral", "two counts of experts", c -> c.put("num_experts", 9)),
        of("mixtral", "more experts a token than there are", c -> c.put("num_experts_per_tok", 9)),
        of("mixtral", "no experts a token", c -> c.put("num_experts_per_tok", 0)),
        of(
            "olmoe",
            "512 layers of 512 experts",
            c -> c.put("num_hidden_layers", 512).put("num_experts", 512)),
        of("qwen2_moe", "a mixture every 0 layers", c -> c.put("decoder_sparse_step", 0)),
        of("qwen2_moe", "windows by name", c -> c.put("max_window_layers", "all")),
        of("mixtral", "a coefficient without a point", c -> c.put("router_aux_loss_coef", -1)),
        of("mixtral", "a scaling without head_dim", c -> scaling(c, "dynamic").put("factor", 2)),
        of("qwen2_moe", "a shared expert of 0", c -> c.put("shared_expert_intermediate_size", 0)),
        of("qwen3_moe", "layers by name", c -> c.putArray("mlp_only_layers").add("first")),
        of("qwen3_moe", "layers that are a number", c -> c.put("mlp_only_layers", 1)),
        of("olmo", "everything clipped to 0", c -> c.put("clip_qkv", 0.0)),
        of("olmo", "a clip below 0", c -> c.put("clip_qkv", -1.0)),
        of("granite", "logits divided by 0", c -> c.put("logits_scaling", 0)),
        of(
            "granite",
            "an endless residual",
            c -> c.put("residual_multiplier", new java.math.BigDecimal("1e999"))),
        of("smollm3", "fewer layers listed than there are", c -> c.putArray("no_rope_layers")),
        of("smollm3", "a layer that rotates twice", c -> rotations(c, 2)),
        of("exaone4", "a window every 0 layers", c -> c.put("sliding_window_pattern", 0)),
        of("gptj", "an odd number of rotated dimensions", c -> gptj(c).put("rotary_dim", 3)),
        of("gptj", "the family's rotation in smaller heads", c -> gptj(c)),
        of("gptj", "more rotated dimensions than a head has", c -> gptj(c).put("rotary_dim", 66)),
        of("cohere", "a rotation without a base", c -> c.remove("rope_theta")),
        of("falcon", "three norms", c -> c.put("num_ln_in_parallel_attn", 3)),
        unsupported("no rotation", c -> c.put("model_type", "falcon").put("alibi", true)));
  }

  private static HostileCheckpoint of(String type, String name, Consumer<ObjectNode> change) {
    return value(type + ": " + name, c -> change.accept(c.put("model_type", type)));
  }

  private static void rotations(ObjectNode config, int flag) {
    ArrayNode flags = config.putArray("no_rope_layers");
    for (int i = 0; i < 64; i++) {
      flags.add(flag);
    }
  }

  private static ObjectNode gptj(ObjectNode config) {
    return config.put("n_embd", 16).put("n_head", 4).put("n_layer", 2).put("n_positions", 256);
  }

  private static Stream<HostileCheckpoint> features() {
    return Stream.of(
        unsupported("an unknown model type", c -> c.put("model_type", "../../evil")),
        unsupported("attention that Assay lacks", c -> c.put("model_type", "deepseek_v3")),
        unsupported(
            "a classifier", c -> c.putArray("architectures").add("LlamaForSequenceClassification")),
        unsupported("quantised weights", c -> c.putObject("quantization_config").put("bits", 4)),
        unsupported("an unknown activation", c -> c.put("hidden_act", "os.system")),
        unsupported("an unknown scaling", c -> scaling(c, "__import__").put("factor", 2)),
        refused(
            "a type that is a list",
            Rejection.CONFIG_VALUE,
            configuration(c -> c.putArray("model_type"))),
        refused(
            "another size than the weights",
            Rejection.WRONG_SHAPE,
            configuration(c -> c.put("vocab_size", 261))),
        refused(
            "more layers than the weights",
            Rejection.MISSING_TENSOR,
            configuration(c -> c.put("num_hidden_layers", 3))),
        refused(
            "fewer layers than the weights",
            Rejection.UNEXPECTED_TENSOR,
            configuration(c -> c.put("num_hidden_layers", 1))),
        refused(
            "another family's weights",
            Rejection.MISSING_TENSOR,
            configuration(c -> c.put("model_type", "olmo2"))));
  }

  private static HostileCheckpoint value(String name, Consumer<ObjectNode> change) {
    return refused(name, Rejection.CONFIG_VALUE, configuration(change));
  }

  private static HostileCheckpoint unsupported(String name, Consumer<ObjectNode> change) {
    return refused(name, Rejection.UNSUPPORTED_CONFIG, configuration(change));
  }

  private static ObjectNode scaling(ObjectNode config, String type) {
    return config.putObject("rope_scaling").put("rope_type", type);
  }

  private static void factors(ObjectNode scaling, int count) {
    ArrayNode factors = scaling.putArray("short_factor");
    for (int i = 0; i < count; i++) {
      factors.add(1);
    }
  }
}
