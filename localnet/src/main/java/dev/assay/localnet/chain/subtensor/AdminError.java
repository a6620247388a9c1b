package dev.assay.localnet.chain.subtensor;

import dev.assay.localnet.chain.pallet.PalletError;

/** The errors of {@code AdminUtils} that its calls here can end in, and those before them. */
enum AdminError implements PalletError {
  SUBNET_DOES_NOT_EXIST(0),
  MAX_VALIDATORS_LARGER_THAN_MAX_U_IDS(1),
  MAX_ALLOWED_U_IDS_LESS_THAN_CURRENT_U_IDS(2),
  BONDS_MOVING_AVERAGE_MAX_REACHED(3),
  NEGATIVE_SIGMOID_STEEPNESS(4);

  private final int index;

  AdminError(int index) {
    this.index = index;
  }

  @Override
  public int pallet() {
    return AdminPallet.INDEX;
  }

  @Override
  public int index() {
    return index;
  }
}
