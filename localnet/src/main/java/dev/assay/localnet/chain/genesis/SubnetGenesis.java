package dev.assay.localnet.chain.genesis;

import dev.assay.chain.keys.AccountId;

/**
 * A subnet that exists from the first block on.
 *
 * @param owner whose coldkey owns it
 * @param ownerHotkey the hotkey that the owner's cut of emission goes to
 * @param tempo blocks between two epochs
 * @param kappa the majority of stake that consensus needs, of 65535
 * @param immunityPeriod blocks in which a new neuron can't be replaced
 * @param minAllowedWeights the fewest weights that a validator may set
 * @param weightsRateLimit blocks between two weight settings of one validator
 * @param commitReveal whether weights are committed before they are revealed
 * @param maxUids the most neurons
 * @param maxValidators the most neurons with a permit
 * @param burn the price of registration at the beginning, in rao
 */
public record SubnetGenesis(
    int netuid,
    AccountId owner,
    AccountId ownerHotkey,
    int tempo,
    int kappa,
    int immunityPeriod,
    int minAllowedWeights,
    long weightsRateLimit,
    boolean commitReveal,
    int maxUids,
    int maxValidators,
    long burn) {

  /**
   * A subnet that {@code //Alice} owns and anybody may join: an epoch takes 20 blocks, weights can
   * be set at any time, and are not hidden.
   */
  public static SubnetGenesis of(int netuid) {
    return new SubnetGenesis(
        netuid,
        DevelopmentAccounts.account("Alice"),
        DevelopmentAccounts.account("Alice//owner"),
        20,
        32_767,
        4_096,
        1,
        0,
        false,
        256,
        64,
        100_000_000L);
  }

  /** The same with another tempo. */
  public SubnetGenesis withTempo(int blocks) {
    return with(blocks, weightsRateLimit, commitReveal, maxUids);
  }

  /** The same with blocks to wait between two weight settings. */
  public SubnetGenesis withWeightsRateLimit(long blocks) {
    return with(tempo, blocks, commitReveal, maxUids);
  }

  /** The same with weights that are committed first. */
  public SubnetGenesis withCommitReveal() {
    return with(tempo, weightsRateLimit, true, maxUids);
  }

  /** The same with another limit of neurons. */
  public SubnetGenesis withMaxUids(int neurons) {
    return with(tempo, weightsRateLimit, commitReveal, neurons);
  }

  private SubnetGenesis with(int newTempo, long newRateLimit, boolean newCommitReveal, int uids) {
    return new SubnetGenesis(
        netuid,
        owner,
        ownerHotkey,
        newTempo,
        kappa,
        immunityPeriod,
        minAllowedWeights,
        newRateLimit,
        newCommitReveal,
        uids,
        maxValidators,
        burn);
  }
}
