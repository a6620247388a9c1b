package dev.assay.chain.subtensor;

import dev.assay.chain.metadata.Value;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What an account or a subnet's owner says about itself, by the chain's field names. All of it is
 * hostile text: escape it wherever it is shown.
 */
public record Identity(Map<String, String> fields) {
  public Identity {
    fields = Map.copyOf(fields);
  }

  /** A field, or nothing where this runtime has no such field. */
  public String text(String name) {
    return fields.getOrDefault(name, "");
  }

  static Identity of(Value value) {
    Map<String, String> fields = new LinkedHashMap<>();
    if (value instanceof Value.Struct struct) {
      for (String name : struct.names()) {
        fields.put(name, struct.field(name).asText());
      }
    }
    return new Identity(fields);
  }
}
