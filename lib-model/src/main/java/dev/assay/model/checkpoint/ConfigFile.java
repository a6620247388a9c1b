package dev.assay.model.checkpoint;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Optional;

/** Reads config.json: decides the family, then reads only the keys that the family knows. */
final class ConfigFile {
  private ConfigFile() {}

  static ModelConfig parse(byte[] bytes) throws RejectedCheckpointException {
    JsonNode object = StrictJson.object("config.json", bytes);
    ConfigFields fields = new ConfigFields(object);
    String modelType = fields.text("model_type", "");
    Family family =
        Family.ofModelType(modelType)
            .orElseThrow(() -> fields.unsupported("model_type", Family.modelTypes()));
    if (fields.has("quantization_config")) {
      throw fields.unsupported("quantization_config", "weights of F32, BF16 or F16");
    }
    Optional<List<String>> architectures = fields.texts("architectures", 1);
    if (architectures.isPresent() && !architectures.get().get(0).equals(family.architecture())) {
      throw fields.unsupported("architectures", family.architecture());
    }
    return family.config(fields);
  }
}
