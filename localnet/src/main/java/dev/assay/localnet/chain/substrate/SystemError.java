package dev.assay.localnet.chain.substrate;

import dev.assay.localnet.chain.pallet.PalletError;

/** Errors of {@code System} up to the one that happens here: clients count them. */
enum SystemError implements PalletError {
  INVALID_SPEC_NAME,
  SPEC_VERSION_NEEDS_TO_INCREASE,
  FAILED_TO_EXTRACT_RUNTIME_VERSION,
  NON_DEFAULT_COMPOSITE,
  NON_ZERO_REF_COUNT,
  /** The origin's filter keeps the call out. */
  CALL_FILTERED;

  @Override
  public int pallet() {
    return SystemPallet.INDEX;
  }
}
