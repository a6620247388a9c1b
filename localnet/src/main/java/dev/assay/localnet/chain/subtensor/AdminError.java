package dev.assay.localnet.chain.subtensor;

import dev.assay.localnet.chain.pallet.PalletError;

/** The errors of {@code AdminUtils} that its calls here can end in, and those before them. */
enum AdminError implements PalletError {
  SUBNET_DOES_NOT_EXIST,
  MAX_VALIDATORS_LARGER_THAN_MAX_U_IDS,
  MAX_ALLOWED_U_IDS_LESS_THAN_CURRENT_U_IDS,
  BONDS_MOVING_AVERAGE_MAX_REACHED,
  NEGATIVE_SIGMOID_STEEPNESS;

  @Override
  public int pallet() {
    return AdminPallet.INDEX;
  }
}
