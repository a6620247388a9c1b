package dev.assay.localnet.chain;

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

  /** The subnet of the demo: {@code //Alice} owns it, an epoch takes 20 blocks. */
  public static SubnetGenesis of(int netuid) {
    return new SubnetGenesis(
        netuid,
        DevelopmentAccounts.account("Alice"),
        DevelopmentAccounts.account("Alice//owner"),
        20,
        32_767,
        4_096,
        1,
        10,
        false,
        256,
        64,
        100_000_000L);
  }

  /** The same with another tempo. */
  public SubnetGenesis withTempo(int blocks) {
    return new SubnetGenesis(
        netuid,
        owner,
        ownerHotkey,
        blocks,
        kappa,
        immunityPeriod,
        minAllowedWeights,
        weightsRateLimit,
        commitReveal,
        maxUids,
        maxValidators,
        burn);
  }

  /** The same with commit-reveal. */
  public SubnetGenesis withCommitReveal() {
    return new SubnetGenesis(
        netuid,
        owner,
        ownerHotkey,
        tempo,
        kappa,
        immunityPeriod,
        minAllowedWeights,
        weightsRateLimit,
        true,
        maxUids,
        maxValidators,
        burn);
  }
}
