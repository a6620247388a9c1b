package dev.assay.model.causal;

import java.util.List;

/**
 * How a decoder's weights are trained.
 *
 * @param adapterScale what the product of an adapter's two matrices is multiplied by
 * @param adapted roles of the weights of a layer that adapters are put beside, of {@link #ROLES};
 *     none: the weights themselves are trained
 * @param recomputed whether the backward pass computes each layer again, so that what lies within
 *     one layer alone is in memory
 */
public record Tuning(double adapterScale, List<String> adapted, boolean recomputed) {
  /** The linear weights that every family has, in the decoder's words. */
  public static final List<String> ROLES =
      List.of("query", "key", "value", "output", "gate", "up", "down");

  public Tuning {
    adapted = List.copyOf(adapted);
    if (!ROLES.containsAll(adapted)) {
      throw new IllegalArgumentException(
          "adapters cannot be put beside " + adapted + "; there are " + ROLES);
    }
  }

  /** All weights are trained. */
  public static Tuning whole(boolean recomputed) {
    return new Tuning(0, List.of(), recomputed);
  }
}
