package dev.assay.jobs.evaluate;

import ai.djl.engine.Engine;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;

/** What computed an evaluation, as one JSON object. */
final class Versions {
  private Versions() {}

  static String json(String spark) {
    String assay = Versions.class.getPackage().getImplementationVersion();
    return JsonNodeFactory.instance
        .objectNode()
        .put("assay", assay == null ? "unreleased" : assay)
        .put("spark", spark)
        .put("java", Runtime.version().toString())
        .put("pytorch", Engine.getEngine("PyTorch").getVersion())
        .toString();
  }
}
