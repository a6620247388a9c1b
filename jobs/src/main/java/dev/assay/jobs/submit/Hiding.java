package dev.assay.jobs.submit;

import dev.assay.chain.hash.Hash;
import dev.assay.chain.keys.AccountId;
import dev.assay.chain.weights.HashCommit;
import java.util.List;
import java.util.OptionalLong;

/**
 * How an extrinsic hides its weights until later. Recorded before it is sent: without it no one
 * could find the commit on the chain, nor reveal it.
 *
 * @param commit what the chain knows the commit by: the hash of the weights, or Blake2b-256 of a
 *     timelock's ciphertext
 * @param salt of a hash, whose weights we reveal by a second extrinsic; empty for a timelock
 * @param round of the beacon by which the chain opens a timelock by itself; absent for a hash
 */
record Hiding(Hash commit, List<Integer> salt, OptionalLong round) {
  Hiding {
    salt = List.copyOf(salt);
  }

  boolean isTimelock() {
    return round.isPresent();
  }

  /** How a report begins that tells of hidden weights. */
  String words() {
    return isTimelock()
        ? "committed encrypted; the chain reveals it with beacon round " + round.getAsLong()
        : "committed by its hash; run again once its reveal window is open, and it is revealed";
  }

  /** The commit of a hash, as it was. */
  HashCommit hashCommit(WeightIntent intent, AccountId hotkey) {
    return new HashCommit(
        hotkey,
        intent.netuid(),
        intent.mechanism(),
        intent.chainWeights(),
        salt,
        intent.versionKey());
  }
}
