package dev.assay.jobs.config;

/**
 * Whose weights are set, and how.
 *
 * @param wallets folder of wallets, in Bittensor's own layout
 * @param wallet name of the wallet
 * @param hotkey name of its hotkey
 * @param versionKey sent with the weights; 0 asks the subnet for its own
 * @param eraBlocks mortality of the extrinsic, a power of two from 4 to 65536
 * @param finalityTimeoutSeconds how long to wait for finality before the outcome counts as unknown
 */
public record SubmitSettings(
    String wallets,
    String wallet,
    String hotkey,
    long versionKey,
    int eraBlocks,
    int finalityTimeoutSeconds) {
  public SubmitSettings {
    Require.present("submit.wallets", wallets);
    Require.present("submit.wallet", wallet);
    Require.present("submit.hotkey", hotkey);
    Require.atLeast("submit.version_key", versionKey, 0);
    if (eraBlocks < 4 || eraBlocks > 65_536 || Integer.bitCount(eraBlocks) != 1) {
      throw new IllegalArgumentException(
          "submit.era_blocks is " + eraBlocks + "; a power of two from 4 to 65536");
    }
    Require.atLeast("submit.finality_timeout_seconds", finalityTimeoutSeconds, 1);
  }
}
