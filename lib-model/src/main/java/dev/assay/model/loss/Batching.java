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

  private static final String IN_A_KERNEL = "-%s-";

  private final String title;

  Batching(String title) {
    this.title = title;
  }

  /** That of the losses which a kernel of this name has computed. */
  public static Batching of(String kernel) {
    return kernel.contains(IN_A_KERNEL.formatted(SORTED.title)) ? SORTED : SINGLE;
  }

  /**
   * The most tokens of a forward pass.
   *
   * @param longest tokens of the longest sample
   */
  public int mostTokens(int longest) {
    return this == SINGLE ? longest : Math.max(longest, BatchPlan.TOKENS);
  }

  /** Its part of a kernel's name. */
  String title() {
    return title;
  }
}
