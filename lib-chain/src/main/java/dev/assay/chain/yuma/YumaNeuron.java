package dev.assay.chain.yuma;

import java.util.List;
import java.util.OptionalLong;

/**
 * What an epoch reads of one neuron.
 *
 * @param stake its stake weight: alpha and TAO by their share, inherited stake included
 *     (stake_utils.rs, {@code get_stake_weights_for_network})
 * @param lastUpdate the block of its last weights or commit; empty where the stored vector is too
 *     short to have one, which counts as inactive
 * @param registeredAt the block at which its key got the uid
 * @param validatorPermit whether it may set weights
 * @param earliestCommit the block of its earliest commit that is not expired, if it has one; only
 *     looked at under commit-reveal
 * @param weights its stored weights, in stored order
 * @param bonds its stored bonds, in stored order
 */
public record YumaNeuron(
    I64F64 stake,
    OptionalLong lastUpdate,
    long registeredAt,
    boolean validatorPermit,
    OptionalLong earliestCommit,
    List<UidValue> weights,
    List<UidValue> bonds) {

  public YumaNeuron {
    YumaInput.requireBlocks("block of registration", registeredAt);
    lastUpdate.ifPresent(block -> YumaInput.requireBlocks("block of the last update", block));
    earliestCommit.ifPresent(
        block -> YumaInput.requireBlocks("block of the earliest commit", block));
    weights = List.copyOf(weights);
    bonds = List.copyOf(bonds);
  }
}
