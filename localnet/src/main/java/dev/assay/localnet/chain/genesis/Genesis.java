package dev.assay.localnet.chain.genesis;

import dev.assay.chain.keys.AccountId;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

/**
 * What the chain begins with. Equal values make equal chains.
 *
 * @param seed decides the beacon's key
 * @param moment the time of the first block, in milliseconds since 1970
 * @param sudo the account that acts for the root
 * @param balances free TAO, in rao
 * @param subnets the subnets there are
 * @param upgradeBlock the block from whose state on the upgraded runtime answers and executes the
 *     next blocks; empty for never
 * @param shielded whether the blocks' author announces keys to which extrinsics can be encrypted
 */
public record Genesis(
    long seed,
    long moment,
    AccountId sudo,
    Map<AccountId, Long> balances,
    List<SubnetGenesis> subnets,
    OptionalLong upgradeBlock,
    boolean shielded) {

  /** A chain whose runtime stays as it is and whose author announces no keys. */
  public Genesis(
      long seed,
      long moment,
      AccountId sudo,
      Map<AccountId, Long> balances,
      List<SubnetGenesis> subnets) {
    this(seed, moment, sudo, balances, subnets, OptionalLong.empty(), false);
  }

  /**
   * @throws IllegalArgumentException when the upgrade is not after the genesis
   */
  public Genesis {
    if (upgradeBlock.isPresent() && upgradeBlock.getAsLong() < 1) {
      throw new IllegalArgumentException(
          "the runtime is upgraded in block 1 or later, not in block " + upgradeBlock.getAsLong());
    }
  }

  /** The same with a runtime upgrade. */
  public Genesis withUpgradeAt(long block) {
    return new Genesis(seed, moment, sudo, balances, subnets, OptionalLong.of(block), shielded);
  }

  /** The same with an author that announces keys. */
  public Genesis withShield() {
    return new Genesis(seed, moment, sudo, balances, subnets, upgradeBlock, true);
  }
}
