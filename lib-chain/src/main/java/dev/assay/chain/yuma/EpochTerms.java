package dev.assay.chain.yuma;

import java.util.List;

/**
 * What an epoch decides about one neuron, in the units of the storage items that the pallet writes
 * it to. Rank, trust and pruning score are no longer computed by the pallet, and so are not here.
 *
 * @param active whether it updated within the activity cutoff
 * @param stakeWeight its share of all stake, u16
 * @param consensus the weight that a majority of the stake supports, u16
 * @param incentive its share as a server, u16
 * @param dividends its share as a validator, u16
 * @param validatorTrust how much of its weights consensus kept, u16
 * @param serverEmission its emission as a server, u64
 * @param validatorEmission its emission as a validator, u64
 * @param emission its emission as stored for information, u64; rounded on its own, so not always
 *     the sum of the two
 * @param validatorPermit whether it may set weights until the next epoch
 * @param bonds its bonds row to store; empty without a permit
 */
public record EpochTerms(
    boolean active,
    int stakeWeight,
    int consensus,
    int incentive,
    int dividends,
    int validatorTrust,
    long serverEmission,
    long validatorEmission,
    long emission,
    boolean validatorPermit,
    List<UidValue> bonds) {

  public EpochTerms {
    bonds = List.copyOf(bonds);
  }
}
