package dev.assay.localnet.chain.substrate;

import dev.assay.localnet.chain.pallet.PalletError;

/** Errors of {@code System} up to the one that happens here: clients count them. */
enum SystemError implements PalletError {
  INVALID_SPEC_NAME(0),
  SPEC_VERSION_NEEDS_TO_INCREASE(1),
  FAILED_TO_EXTRACT_RUNTIME_VERSION(2),
  NON_DEFAULT_COMPOSITE(3),
  NON_ZERO_REF_COUNT(4),
  /** The origin's filter keeps the call out. */
  CALL_FILTERED(5);

  private final int index;

  SystemError(int index) {
    this.index = index;
  }

  @Override
  public int pallet() {
    return SystemPallet.INDEX;
  }

  @Override
  public int index() {
    return index;
  }
}
