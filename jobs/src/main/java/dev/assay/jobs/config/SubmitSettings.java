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
 * @param commitReveal how weights are hidden where the subnet asks for it: {@code timelock}, or
 *     {@code hash}, which a later run reveals; a runtime without timelocks gets hashes anyway
 * @param blockSeconds the time from one block to the next, by which a timelock's round is reckoned
 * @param beacon that opens timelocks
 * @param fallback what happens in a window that has no evaluation in time: {@code none}, or {@code
 *     repeat} this validator's last own vector
 * @param latestBlock block of a window, counted from its first, at which the fallback decides; 0
 *     means nine tenths of the window
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
    BeaconSettings beacon,
    String fallback,
    int latestBlock) {
  private static final String HASH = "hash";
  private static final String TIMELOCK = "timelock";
  private static final String NONE = "none";
  private static final String REPEAT = "repeat";

  public SubmitSettings {
    Require.path("submit.wallets", wallets);
    Require.path("submit.wallet", wallet);
    Require.path("submit.hotkey", hotkey);
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
    if (beacon == null) {
      throw new IllegalArgumentException("submit.beacon is empty; leave it out for drand's");
    }
    if (!NONE.equals(fallback) && !REPEAT.equals(fallback)) {
      throw new IllegalArgumentException(
          "submit.fallback is " + fallback + "; " + NONE + " or " + REPEAT);
    }
    Require.atLeast("submit.latest_block", latestBlock, 0);
  }

  /** Whether a window without an evaluation gets this validator's last own vector. */
  public boolean repeats() {
    return fallback.equals(REPEAT);
  }

  /** How many blocks of a window pass before the fallback decides. */
  public int latestBlock(WindowSettings window) {
    return latestBlock == 0 ? (int) (window.blocks() * 9L / 10) : latestBlock;
  }

  /** Whether hashes are wanted even where the runtime has timelocks. */
  public boolean revealsByHash() {
    return commitReveal.equals(HASH);
  }
}
