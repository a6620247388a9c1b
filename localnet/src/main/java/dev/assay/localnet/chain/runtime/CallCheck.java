package dev.assay.localnet.chain.runtime;

import dev.assay.chain.keys.AccountId;
import dev.assay.localnet.chain.pallet.RuntimeCall;
import dev.assay.localnet.chain.state.Storage;

/** What a pallet's transaction extension checks before a call may enter the pool or a block. */
@FunctionalInterface
public interface CallCheck {
  /**
   * Lets a call pass.
   *
   * @param block the block that the call would be in
   * @throws InvalidTransactionException when it may not
   */
  void check(Storage storage, long block, AccountId signer, RuntimeCall call)
      throws InvalidTransactionException;
}
