package dev.assay.model.architecture;

import java.util.List;

/**
 * A mixture of experts: feed-forward blocks of which each token takes a few, as a router decides.
 *
 * @param count experts of a layer
 * @param active how many of them a token takes
 * @param innerSize of each
 * @param sharedInnerSize of one more expert, which every token takes; 0: there is none
 * @param renormalised whether the shares of the experts that a token takes sum up to 1
 * @param layers one per layer: whether it is a mixture
 */
public record Experts(
    int count,
    int active,
    int innerSize,
    int sharedInnerSize,
    boolean renormalised,
    List<Boolean> layers) {
  public Experts {
    layers = List.copyOf(layers);
  }
}
