package dev.assay.model.loss;

/**
 * How samples share a forward pass. A bf16 loss depends on it in its last bits, so it is part of
 * the kernel's name.
 */
public enum Batching {
  /** One by one: the fastest on a CPU. */
  SINGLE("single-1"),
  /** By {@link BatchPlan}: for a GPU, which one sample does not fill. */
  SORTED("sorted-1");

  private final String version;

  Batching(String version) {
    this.version = version;
  }

  /** Its name and version; the version changes whenever samples are grouped in another way. */
  String version() {
    return version;
  }
}
