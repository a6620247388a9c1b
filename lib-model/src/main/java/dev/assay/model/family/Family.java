package dev.assay.model.family;

import dev.assay.model.architecture.ExpectedTensor;
import dev.assay.model.architecture.ModelConfig;
import dev.assay.model.architecture.ModelFamily;
import dev.assay.model.config.ConfigFields;
import dev.assay.model.rejection.RejectedCheckpointException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * A model family: what config.json calls it, how its numbers are read, and which tensors it has.
 *
 * <p>A new family is a class with two functions (its numbers by {@link ModelConfigBuilder}, its
 * tensors by {@link TensorPlan}), or two functions in the class of the family it follows, and a
 * line here; an entry in {@code family_configurations.py} of the interoperation tests, which makes
 * its random checkpoint and transformers' losses, and in {@code configuration_sweep.py}, which
 * tries its keys. A step that no family has yet is written in the decoder program, and in the
 * tests' {@code ReferenceDecoder}.
 */
// The functions are references to static methods: they hold no state, which the checker cannot see.
@SuppressWarnings("ImmutableEnumChecker")
public enum Family implements ModelFamily {
  LLAMA("llama", "LlamaForCausalLM", LlamaFamily::llama, LlamaFamily::tensors),
  MISTRAL("mistral", "MistralForCausalLM", LlamaFamily::mistral, LlamaFamily::tensors),
  MINISTRAL("ministral", "MinistralForCausalLM", LlamaFamily::ministral, LlamaFamily::tensors),
  SEED_OSS("seed_oss", "SeedOssForCausalLM", LlamaFamily::seedOss, LlamaFamily::tensors),
  ARCEE("arcee", "ArceeForCausalLM", UngatedFamily::arcee, UngatedFamily::tensors),
  NEMOTRON("nemotron", "NemotronForCausalLM", UngatedFamily::nemotron, UngatedFamily::tensors),
  QWEN2("qwen2", "Qwen2ForCausalLM", LlamaFamily::qwen2, LlamaFamily::tensors),
  QWEN3("qwen3", "Qwen3ForCausalLM", LlamaFamily::qwen3, LlamaFamily::tensors),
  OLMO2("olmo2", "Olmo2ForCausalLM", Olmo2Family::config, Olmo2Family::tensors),
  OLMO3("olmo3", "Olmo3ForCausalLM", Olmo2Family::olmo3, Olmo2Family::tensors),
  STARCODER2(
      "starcoder2", "Starcoder2ForCausalLM", Starcoder2Family::config, Starcoder2Family::tensors),
  STABLELM("stablelm", "StableLmForCausalLM", StableLmFamily::config, StableLmFamily::tensors),
  GEMMA("gemma", "GemmaForCausalLM", GemmaFamily::gemma, LlamaFamily::tensors),
  GEMMA2("gemma2", "Gemma2ForCausalLM", GemmaFamily::gemma2, GemmaFamily::tensors),
  GEMMA3("gemma3_text", "Gemma3ForCausalLM", GemmaFamily::gemma3, GemmaFamily::tensors),
  PHI("phi", "PhiForCausalLM", PhiFamily::config, PhiFamily::tensors),
  PHI3("phi3", "Phi3ForCausalLM", Phi3Family::config, Phi3Family::tensors),
  GPT_NEOX("gpt_neox", "GPTNeoXForCausalLM", GptNeoxFamily::config, GptNeoxFamily::tensors),
  GPT2("gpt2", "GPT2LMHeadModel", Gpt2Family::config, Gpt2Family::tensors),
  GPTJ("gptj", "GPTJForCausalLM", GptJFamily::config, GptJFamily::tensors),
  FALCON("falcon", "FalconForCausalLM", FalconFamily::config, FalconFamily::tensors),
  GRANITE("granite", "GraniteForCausalLM", LlamaFamily::granite, LlamaFamily::tensors),
  SMOLLM3("smollm3", "SmolLM3ForCausalLM", LlamaFamily::smolLm3, LlamaFamily::tensors),
  OLMO("olmo", "OlmoForCausalLM", OlmoFamily::config, OlmoFamily::tensors),
  EXAONE4("exaone4", "Exaone4ForCausalLM", Exaone4Family::config, Olmo2Family::tensors),
  COHERE("cohere", "CohereForCausalLM", CohereFamily::config, CohereFamily::tensors),
  GLM("glm", "GlmForCausalLM", GlmFamily::glm, GlmFamily::tensors),
  GLM4("glm4", "Glm4ForCausalLM", GlmFamily::glm4, GlmFamily::tensors),
  MIXTRAL("mixtral", "MixtralForCausalLM", MixtureFamily::mixtral, MixtureFamily::tensors),
  QWEN2_MOE("qwen2_moe", "Qwen2MoeForCausalLM", MixtureFamily::qwen2, MixtureFamily::tensors),
  QWEN3_MOE("qwen3_moe", "Qwen3MoeForCausalLM", MixtureFamily::qwen3, MixtureFamily::tensors),
  OLMOE("olmoe", "OlmoeForCausalLM", MixtureFamily::olmoe, MixtureFamily::tensors);

  /** Reads a family's configuration. */
  @FunctionalInterface
  interface ConfigReader {
    ModelConfig read(ConfigFields fields) throws RejectedCheckpointException;
  }

  private final String modelType;
  private final String architecture;
  private final ConfigReader reader;
  private final Function<ModelConfig, List<ExpectedTensor>> tensors;

  Family(
      String modelType,
      String architecture,
      ConfigReader reader,
      Function<ModelConfig, List<ExpectedTensor>> tensors) {
    this.modelType = modelType;
    this.architecture = architecture;
    this.reader = reader;
    this.tensors = tensors;
  }

  @Override
  public String modelType() {
    return modelType;
  }

  @Override
  public String architecture() {
    return architecture;
  }

  @Override
  public List<ExpectedTensor> expectedTensors(ModelConfig config) {
    return tensors.apply(config);
  }

  @Override
  public boolean hasTableOfPositions() {
    return this == GPTJ;
  }

  ModelConfig config(ConfigFields fields) throws RejectedCheckpointException {
    return reader.read(fields);
  }

  static String modelTypes() {
    return Arrays.stream(values()).map(Family::modelType).collect(Collectors.joining(", "));
  }

  static Optional<Family> ofModelType(String modelType) {
    for (Family family : values()) {
      if (family.modelType.equals(modelType)) {
        return Optional.of(family);
      }
    }
    return Optional.empty();
  }
}
