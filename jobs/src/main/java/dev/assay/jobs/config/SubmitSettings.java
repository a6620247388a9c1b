package dev.assay.jobs.config;

import dev.assay.chain.keys.Wallet;
import dev.assay.jobs.HomeFolder;
import dev.assay.score.Limits;
import java.nio.file.Path;
import java.time.Duration;

/**
 * Whose weights are set, and how.
 *
 * @param wallets folder of wallets, in Bittensor's own layout
 * @param wallet name of the wallet
 * @param hotkey name of its hotkey
 * @param versionKey sent with the weights; 0 asks the subnet for its own
 * @param eraBlocks mortality of the extrinsic, a power of two from 4 to 65536
 * @param finalityTimeout how long to wait for finality before the outcome counts as unknown; whole
 *     seconds
 * @param commitReveal how weights are hidden where the subnet asks for it: {@code timelock}, or
 *     {@code hash}, which a later run reveals; a runtime without timelocks gets hashes anyway
 * @param blockTime from one block to the next, by which a timelock's round is reckoned; whole
 *     seconds
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
    Duration finalityTimeout,
    String commitReveal,
    Duration blockTime,
    BeaconSettings beacon,
    String fallback,
    int latestBlock) {
  private static final String HASH = "hash";
  private static final String TIMELOCK = "timelock";
  private static final String NONE = "none";
  private static final String REPEAT = "repeat";

  public SubmitSettings {
    Limits.all(
        () -> Require.path("submit.wallets", wallets),
        () -> Require.path("submit.wallet", wallet),
        () -> Require.path("submit.hotkey", hotkey),
        () -> Require.atLeast("submit.version_key", versionKey, 0),
        () -> requireEra(eraBlocks),
        () -> Require.whole("submit.finality_timeout", finalityTimeout, Duration.ofSeconds(1)),
        () -> Require.oneOf("submit.commit_reveal", commitReveal, TIMELOCK, HASH),
        () -> Require.whole("submit.block_time", blockTime, Duration.ofSeconds(1)),
        () -> requireBeacon(beacon),
        () -> Require.oneOf("submit.fallback", fallback, NONE, REPEAT),
        () -> Require.atLeast("submit.latest_block", latestBlock, 0));
  }

  private static void requireEra(int blocks) {
    if (blocks < 4 || blocks > 65_536 || Integer.bitCount(blocks) != 1) {
      throw new IllegalArgumentException(
          "submit.era_blocks is " + blocks + "; a power of two from 4 to 65536");
    }
  }

  private static void requireBeacon(BeaconSettings beacon) {
    if (beacon == null) {
      throw new IllegalArgumentException("submit.beacon is empty; leave it out for drand's");
    }
  }

  /** The wallet that is meant; {@code ~} is the folder that HOME names, as in a shell. */
  public Wallet keys() {
    Path folder = Path.of(HomeFolder.expanded(wallets, System.getenv()));
    return new Wallet(folder, wallet, hotkey);
  }

  /** The same settings with another wallet. */
  public SubmitSettings with(String otherWallets, String otherWallet, String otherHotkey) {
    return new SubmitSettings(
        otherWallets,
        otherWallet,
        otherHotkey,
        versionKey,
        eraBlocks,
        finalityTimeout,
        commitReveal,
        blockTime,
        beacon,
        fallback,
        latestBlock);
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
