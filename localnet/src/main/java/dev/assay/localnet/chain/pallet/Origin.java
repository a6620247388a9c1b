package dev.assay.localnet.chain.pallet;

import dev.assay.chain.keys.AccountId;
import java.util.Optional;

/**
 * The caller: an account, the root, or none (the block itself).
 *
 * @param inBatchAll whether a {@code batch_all} passes the call on, inside of which no other may be
 */
public record Origin(Optional<AccountId> account, boolean root, boolean inBatchAll) {
  /** The block itself. */
  public static final Origin NONE = new Origin(Optional.empty(), false, false);

  /** The root, for which the sudo key acts. */
  public static final Origin ROOT = new Origin(Optional.empty(), true, false);

  /** An account that signed. */
  public static Origin signed(AccountId account) {
    return new Origin(Optional.of(account), false, false);
  }

  /** The same caller inside of a {@code batch_all}; the root passes every filter. */
  public Origin insideBatchAll() {
    return new Origin(account, root, !root);
  }
}
