package dev.assay.jobs.submit;

import dev.assay.chain.extrinsic.Call;
import dev.assay.chain.hash.Blake2;
import dev.assay.chain.hash.Hash;
import dev.assay.chain.keys.AccountId;
import dev.assay.chain.metadata.Value;
import dev.assay.chain.subtensor.BlockView;
import dev.assay.chain.timelock.DrandChain;
import dev.assay.chain.weights.ChainBeacon;
import dev.assay.chain.weights.CommitReveal;
import dev.assay.chain.weights.HashCommit;
import dev.assay.chain.weights.WeightSetting;
import dev.assay.jobs.config.ConfigurationException;
import dev.assay.jobs.config.SubmitSettings;
import java.security.SecureRandom;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * The call that sets an intent's weights in the way that the chain asks for.
 *
 * @param hiding empty for plain weights, which take effect when included
 */
record PreparedWeights(Call call, Optional<Hiding> hiding) {

  /**
   * Asks the chain whether it hides weights, and makes the call.
   *
   * @throws ConfigurationException if the chain opens timelocks by another beacon than the
   *     configured one
   */
  static PreparedWeights of(
      WeightIntent intent, BlockView block, AccountId hotkey, SubmitSettings settings) {
    SecureRandom random = new SecureRandom();
    boolean hides = block.commitRevealEnabled(intent.netuid());
    if (hides && (settings.revealsByHash() || !block.hasTimelocks())) {
      return hashed(intent, hotkey, random);
    }
    DrandChain beacon = settings.beacon().chain();
    if (hides) {
      requireSameBeacon(block, beacon);
    }
    WeightSetting setting =
        WeightSetting.choose(
            block,
            hotkey,
            intent.netuid(),
            intent.mechanism(),
            intent.chainWeights(),
            intent.versionKey(),
            new CommitReveal(beacon, settings.blockTime(), random));
    return new PreparedWeights(
        setting.call(), hides ? Optional.of(timelocked(setting)) : Optional.empty());
  }

  private static PreparedWeights hashed(
      WeightIntent intent, AccountId hotkey, SecureRandom random) {
    HashCommit commit =
        HashCommit.of(
            hotkey,
            intent.netuid(),
            intent.mechanism(),
            intent.chainWeights(),
            intent.versionKey(),
            random);
    Hiding hiding = new Hiding(commit.hash(), commit.salt(), OptionalLong.empty());
    return new PreparedWeights(commit.commit(), Optional.of(hiding));
  }

  private static Hiding timelocked(WeightSetting setting) {
    return new Hiding(
        digest(setting.call().arguments().get("commit")), List.of(), setting.revealRound());
  }

  /** What the chain's events, too, call a ciphertext. */
  static Hash digest(Value ciphertext) {
    return Hash.of(Blake2.blake2b256(ciphertext.asBytes()));
  }

  /** Weights that are encrypted to another beacon's round would never be revealed. */
  private static void requireSameBeacon(BlockView block, DrandChain beacon) {
    ChainBeacon own = ChainBeacon.of(beacon);
    ChainBeacon theirs = ChainBeacon.of(block).orElse(own);
    if (!theirs.equals(own)) {
      throw new ConfigurationException(
          "submit.beacon is %s; the chain reveals by %s: set that".formatted(own, theirs));
    }
  }
}
