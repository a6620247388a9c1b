package dev.assay.chain.yuma;

import java.util.List;

/**
 * The weights that count in an epoch (run_epoch.rs, {@code epoch_mechanism}, the section on
 * weights).
 */
final class CountedWeights {
  private CountedWeights() {}

  /**
   * The stored weights without those of a neuron that lacks a permit, about oneself (but the
   * owner's stay), or older than the registration of their target; each row then normalised.
   */
  static SparseMatrix of(YumaInput input, boolean[] permits) {
    List<YumaNeuron> neurons = input.neurons();
    SparseMatrix counted =
        SparseMatrix.ofRows(neurons.stream().map(YumaNeuron::weights).toList(), I32F32::of)
            .filter((row, column) -> permits[row] && (row != column || isOwner(input, row)))
            .filter(
                (row, column) -> lastUpdate(neurons.get(row)) > neurons.get(column).registeredAt());
    return (input.parameters().commitReveal() ? withoutHidden(neurons, counted) : counted)
        .normalizeRows();
  }

  /**
   * Weights were chosen when they were committed: one about a neuron that registered since was
   * meant for its predecessor.
   */
  private static SparseMatrix withoutHidden(List<YumaNeuron> neurons, SparseMatrix weights) {
    return weights.filter(
        (row, column) ->
            neurons.get(row).earliestCommit().orElse(Long.MAX_VALUE)
                >= neurons.get(column).registeredAt());
  }

  private static long lastUpdate(YumaNeuron neuron) {
    return neuron.lastUpdate().orElse(0);
  }

  private static boolean isOwner(YumaInput input, int uid) {
    return input.ownerUid().isPresent() && input.ownerUid().getAsInt() == uid;
  }
}
