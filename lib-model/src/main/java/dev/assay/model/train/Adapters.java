package dev.assay.model.train;

import dev.assay.model.causal.Tuning;
import java.util.List;

/**
 * Low-rank adapters (Hu et al., LoRA): beside linear weights W of each layer, B A of a small rank
 * is trained, and W + (alpha / rank) B A is written.
 *
 * @param rank of each adapter; at least 1
 * @param alpha over the rank, the adapters' weight
 * @param targets which weights of a layer have one: names of {@link #TARGETS}; those that a family
 *     does not have are passed over
 */
public record Adapters(int rank, double alpha, List<String> targets) {
  /** The linear weights of a layer; those of a mixture's experts have the same names. */
  public static final List<String> TARGETS = Tuning.ROLES;

  public Adapters {
    targets = List.copyOf(targets);
    if (rank < 1) {
      throw new IllegalArgumentException("rank is " + rank + "; it must be at least 1");
    }
    if (targets.isEmpty() || !TARGETS.containsAll(targets)) {
      throw new IllegalArgumentException(
          "the targets are " + targets + "; name one or more of " + TARGETS);
    }
  }

  /** Adapters beside every linear weight. */
  public Adapters(int rank, double alpha) {
    this(rank, alpha, TARGETS);
  }

  double scale() {
    return alpha / rank;
  }
}
