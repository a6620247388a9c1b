package dev.assay.jobs.evaluate;

/** What computed an evaluation, as one JSON object. */
final class Versions {
  private Versions() {}

  static String json(String spark) {
    String assay = Versions.class.getPackage().getImplementationVersion();
    return "{\"assay\":\"%s\",\"spark\":\"%s\",\"java\":\"%s\",\"pytorch\":\"%s\"}"
        .formatted(
            assay == null ? "unreleased" : assay,
            spark,
            Runtime.version(),
            ai.djl.engine.Engine.getEngine("PyTorch").getVersion());
  }
}
