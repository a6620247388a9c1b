package dev.assay.localnet.chain.runtime;

import dev.assay.localnet.chain.pallet.Context;

/** What a pallet does at the beginning of each block. */
@FunctionalInterface
public interface BlockHook {
  /** Runs it. */
  void run(Context context);
}
