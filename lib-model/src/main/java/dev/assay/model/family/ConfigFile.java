package dev.assay.model.family;

import com.fasterxml.jackson.databind.JsonNode;
import dev.assay.model.architecture.ModelConfig;
import dev.assay.model.config.ConfigFields;
import dev.assay.model.config.OtherKeys;
import dev.assay.model.rejection.RejectedCheckpointException;
import dev.assay.model.rejection.Rejection;
import dev.assay.model.rejection.StrictJson;

/**
 * Reads config.json: model_type decides the family (as in transformers, which does not ask what
 * architectures says), the family reads the keys it knows, and the others must not matter.
 */
public final class ConfigFile {
  private ConfigFile() {}

  public static ModelConfig parse(byte[] bytes) throws RejectedCheckpointException {
    JsonNode object = StrictJson.object("config.json", bytes);
    ConfigFields fields = new ConfigFields(object);
    if (!fields.has("model_type")) {
      throw RejectedCheckpointException.because(
          Rejection.UNSUPPORTED_CONFIG,
          "config.json has no model_type; supported: %s",
          Family.modelTypes());
    }
    String modelType = fields.text("model_type", "");
    Family family =
        Family.ofModelType(modelType)
            .orElseThrow(() -> fields.unsupported("model_type", Family.modelTypes()));
    if (fields.has("quantization_config")) {
      throw fields.unsupported("quantization_config", "weights of F32, BF16 or F16");
    }
    requireNoOtherTask(fields);
    ModelConfig config = family.config(fields);
    OtherKeys.check(fields);
    return config;
  }

  /** Wrappers of a trainer (FSDP, PEFT) are no other model; a classifier is. */
  private static void requireNoOtherTask(ConfigFields fields) throws RejectedCheckpointException {
    for (String architecture : fields.texts("architectures")) {
      if (architecture.endsWith("Classification") || architecture.endsWith("QuestionAnswering")) {
        throw fields.unsupported("architectures", "causal language models");
      }
    }
  }
}
