package dev.assay.jobs.config;

import java.util.Objects;

/**
 * Whose weights are set, and how.
 *
 * @param wallets folder of wallets, in Bittensor's own layout
 * @param wallet name of the wallet
 * @param hotkey name of its hotkey
 * @param versionKey sent with the weights; 0 asks the subnet for its own
 * @param eraBlocks mortality of the extrinsic, a power of two from 4 to 65536
 * @param finalityTimeoutSeconds how long to wait for finality before the outcome counts as unknown
 * @param commitReveal how weights are hidden where the subnet asks for it: {@code timelock}, or
 *     {@code hash}, which a later run reveals; a runtime without timelocks gets hashes anyway
 * @param blockSeconds the time from one block to the next, by which a timelock's round is reckoned
 * @param beacon that opens timelocks
 */
public record SubmitSettings(
    String wallets,
    String wallet,
    String hotkey,
    long versionKey,
    int eraBlocks,
    int finalityTimeoutSeconds,
    String commitReveal,
    int blockSeconds,
    BeaconSettings beacon) {
  private static final String HASH = "hash";
  private static final String TIMELOCK = "timelock";

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
    if (!TIMELOCK.equals(commitReveal) && !HASH.equals(commitReveal)) {
      throw new IllegalArgumentException(
          "submit.commit_reveal is " + commitReveal + "; " + TIMELOCK + " or " + HASH);
    }
    Require.atLeast("submit.block_seconds", blockSeconds, 1);
    Objects.requireNonNull(beacon, "submit.beacon");
  }

  /** Whether hashes are wanted even where the runtime has timelocks. */
  public boolean revealsByHash() {
    return commitReveal.equals(HASH);
  }
}
