package dev.assay.model.train;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.assay.model.architecture.ExpectedTensor;
import dev.assay.model.architecture.ModelConfig;
import dev.assay.model.causal.Precision;
import dev.assay.model.causal.TrainableDecoder;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Writes adapters as PyPI's peft reads them: adapter_config.json and, in f32,
 * adapter_model.safetensors. peft knows the weights of a file, not the parts of a fused one: there
 * the adapters of the parts become one whose rank is their sum.
 */
final class PeftAdapter {
  private static final String WEIGHT = ".weight";

  /** What peft puts before the names of a model's modules. */
  private static final String WRAPPED = "base_model.model.";

  private static final String A = ".lora_A" + WEIGHT;
  private static final String B = ".lora_B" + WEIGHT;

  private final Adapters adapters;
  private final TrainableDecoder decoder;

  /** The joint rank of each checkpoint tensor that has adapters, in the checkpoint's order. */
  private final Map<ExpectedTensor, Integer> ranks = new LinkedHashMap<>();

  PeftAdapter(ModelConfig config, Adapters adapters, TrainableDecoder decoder) {
    this.adapters = adapters;
    this.decoder = decoder;
    for (ExpectedTensor tensor : config.family().expectedTensors(config)) {
      if (tensor.required() && tensor.layer() >= 0 && !tensor.bias()) {
        int rank = decoder.adapterRank(tensor.name());
        if (rank > 0) {
          ranks.put(tensor, rank);
        }
      }
    }
  }

  /** Whether peft can have them: a mixture's experts are no modules of their own there. */
  boolean isExpressible() {
    return ranks.keySet().stream().allMatch(tensor -> tensor.expert() < 0);
  }

  /**
   * Writes the folder.
   *
   * @param directory where it appears; must not exist
   */
  void write(Path directory, BaseName base) throws IOException {
    Map<String, List<Long>> shapes = new LinkedHashMap<>();
    ranks.forEach(
        (tensor, rank) -> {
          String module = WRAPPED + module(tensor);
          int outputs = tensor.transposed() ? 1 : 0;
          shapes.put(module + A, List.of((long) rank, tensor.shape().get(1 - outputs)));
          shapes.put(module + B, List.of(tensor.shape().get(outputs), (long) rank));
        });
    NewFolder.write(
        directory,
        Map.of("adapter_config.json", configuration(base)),
        new NewFolder.Tensors("adapter_model.safetensors", Precision.F32, shapes, this::values));
  }

  private float[] values(String name, long offset, int size) {
    boolean output = name.endsWith(B);
    String module = name.substring(WRAPPED.length(), name.length() - A.length());
    return decoder.adapterValues(module + WEIGHT, output, offset, size);
  }

  private byte[] configuration(BaseName base) throws IOException {
    JsonMapper mapper = JsonMapper.builder().build();
    ObjectNode json = mapper.createObjectNode();
    json.put("peft_type", "LORA").put("task_type", "CAUSAL_LM");
    json.put("base_model_name_or_path", base.name());
    json.put("revision", base.revision().orElse(null));
    json.put("r", adapters.rank()).put("lora_alpha", adapters.alpha());
    json.put("lora_dropout", 0.0).put("bias", "none").put("inference_mode", true);
    json.put("fan_in_fan_out", ranks.keySet().stream().anyMatch(ExpectedTensor::transposed));
    Set<String> kinds = new TreeSet<>();
    Map<String, Integer> others = new TreeMap<>();
    ranks.forEach(
        (tensor, rank) -> {
          kinds.add(kind(tensor));
          if (rank != adapters.rank()) {
            others.put(kind(tensor), rank);
          }
        });
    kinds.forEach(json.putArray("target_modules")::add);
    ObjectNode rankPattern = json.putObject("rank_pattern");
    ObjectNode alphaPattern = json.putObject("alpha_pattern");
    others.forEach(
        (kind, rank) -> {
          rankPattern.put(kind, rank);
          alphaPattern.put(kind, adapters.scale() * rank);
        });
    return mapper.writerWithDefaultPrettyPrinter().writeValueAsBytes(json);
  }

  private static String module(ExpectedTensor tensor) {
    return tensor.name().substring(0, tensor.name().length() - WEIGHT.length());
  }

  /** The module's name within its layer, which stands for it in all layers. */
  private static String kind(ExpectedTensor tensor) {
    return module(tensor).split("\\." + tensor.layer() + "\\.", 2)[1];
  }
}
