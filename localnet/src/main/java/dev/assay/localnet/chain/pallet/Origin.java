package dev.assay.localnet.chain.pallet;

import dev.assay.chain.keys.AccountId;
import java.util.Optional;

/** Who calls: an account, the root, or nobody (the block itself). */
public record Origin(Optional<AccountId> account, boolean root) {
  /** The block itself. */
  public static final Origin NONE = new Origin(Optional.empty(), false);

  /** The root, whom the sudo key speaks for. */
  public static final Origin ROOT = new Origin(Optional.empty(), true);

  /** An account that signed. */
  public static Origin signed(AccountId account) {
    return new Origin(Optional.of(account), false);
  }
}
