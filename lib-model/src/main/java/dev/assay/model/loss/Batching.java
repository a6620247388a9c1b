package dev.assay.model.loss;

/**
 * How samples share a forward pass. A bf16 loss depends on it in its last bits, so it is part of
 * the kernel's name.
 */
public enum Batching {
  /** One by one: the fastest on a CPU. */
  SINGLE("single"),
  /** By {@link BatchPlan}: for a GPU, which one sample does not fill. */
  SORTED("sorted");

  private final String title;

  Batching(String title) {
    this.title = title;
  }

  /** Its part of a kernel's name. */
  String title() {
    return title;
  }
}
