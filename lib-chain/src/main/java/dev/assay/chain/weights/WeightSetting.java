package dev.assay.chain.weights;

import dev.assay.chain.extrinsic.Call;
import dev.assay.chain.keys.AccountId;
import dev.assay.chain.metadata.MissingItemException;
import dev.assay.chain.metadata.Value;
import dev.assay.chain.subtensor.BlockView;
import dev.assay.chain.subtensor.Calls;
import dev.assay.chain.subtensor.Weight;
import dev.assay.chain.timelock.EpochSchedule;
import dev.assay.chain.timelock.LegacyEpochSchedule;
import dev.assay.chain.timelock.RevealSchedule;
import dev.assay.chain.timelock.Timelock;
import dev.assay.chain.timelock.WeightsPayload;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * The call that sets a validator's weights as the chain requires at a block.
 *
 * @param call plain weights, or a commit of them that the chain reveals by itself
 * @param revealRound the beacon's round that opens a commit; absent for plain weights, which take
 *     effect when included
 */
public record WeightSetting(Call call, OptionalLong revealRound) {
  private static final String PALLET = "SubtensorModule";
  private static final int TIMELOCK_VERSION = 4;

  /**
   * Asks the chain whether weights are committed first, and makes the call.
   *
   * @param hotkey the validator's, which must sign the call
   * @param mechanism 0 for a subnet that has one
   * @param versionKey what the subnet's owner asks validators to run, 0 if nothing
   * @throws MissingItemException if the chain asks for commits but its runtime has no timelocked
   *     ones; see {@link HashCommit} for those that it has
   */
  public static WeightSetting choose(
      BlockView block,
      AccountId hotkey,
      int netuid,
      int mechanism,
      List<Weight> weights,
      long versionKey,
      CommitReveal terms) {
    if (!block.commitRevealEnabled(netuid)) {
      Call plain =
          mechanism == 0
              ? Calls.setWeights(netuid, weights, versionKey)
              : Calls.setMechanismWeights(netuid, mechanism, weights, versionKey);
      return new WeightSetting(plain, OptionalLong.empty());
    }
    if (!block.hasTimelocks()) {
      throw new MissingItemException("call", PALLET + ".commit_timelocked_weights");
    }
    return committed(block, hotkey, netuid, mechanism, weights, versionKey, terms);
  }

  private static WeightSetting committed(
      BlockView block,
      AccountId hotkey,
      int netuid,
      int mechanism,
      List<Weight> weights,
      long versionKey,
      CommitReveal terms) {
    long round = revealRound(block, netuid, terms);
    byte[] payload =
        new WeightsPayload(
                Optional.of(hotkey),
                weights.stream().map(Weight::uid).toList(),
                weights.stream().map(Weight::value).toList(),
                versionKey)
            .encode();
    byte[] ciphertext =
        Timelock.encrypt(terms.beacon().publicKey(), round, payload, terms.random());
    int version = commitRevealVersion(block);
    Call call =
        mechanism == 0
            ? Calls.commitTimelockedWeights(netuid, ciphertext, round, version)
            : Calls.commitTimelockedMechanismWeights(netuid, mechanism, ciphertext, round, version);
    return new WeightSetting(call, OptionalLong.of(round));
  }

  private static long revealRound(BlockView block, int netuid, CommitReveal terms) {
    Instant now = Instant.ofEpochMilli(block.storage("Timestamp", "Now").orElseThrow().asLong());
    return schedule(block, netuid)
        .round(terms.beacon(), number(block, "RevealPeriodEpochs", netuid), now, terms.blockTime());
  }

  /** Runtimes that count epochs in storage are told by the item that does. */
  static RevealSchedule schedule(BlockView block, int netuid) {
    int tempo = (int) number(block, "Tempo", netuid);
    if (block.metadata().findEntry(PALLET, "LastEpochBlock").isEmpty()) {
      return new LegacyEpochSchedule(netuid, tempo, block.number());
    }
    return new EpochSchedule(
        number(block, "LastEpochBlock", netuid),
        number(block, "PendingEpochAt", netuid),
        number(block, "SubnetEpochIndex", netuid),
        tempo,
        number(block, "BlocksSinceLastStep", netuid),
        block.number());
  }

  private static int commitRevealVersion(BlockView block) {
    return block.metadata().findEntry(PALLET, "CommitRevealWeightsVersion").isEmpty()
        ? TIMELOCK_VERSION
        : block.storage(PALLET, "CommitRevealWeightsVersion").orElseThrow().asInt();
  }

  static long number(BlockView block, String item, int netuid) {
    return block.storage(PALLET, item, Value.of(netuid)).orElse(Value.of(0)).asLong();
  }
}
