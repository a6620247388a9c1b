package dev.assay.chain.weights;

import dev.assay.chain.extrinsic.Call;
import dev.assay.chain.hash.Blake2;
import dev.assay.chain.hash.Hash;
import dev.assay.chain.keys.AccountId;
import dev.assay.chain.scale.ScaleWriter;
import dev.assay.chain.subtensor.Calls;
import dev.assay.chain.subtensor.MechanismIndex;
import dev.assay.chain.subtensor.Weight;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;

/**
 * Weights that are committed by their hash and revealed by a second call, as runtimes before
 * timelocks have it. Store it durably between the two: without salt and order nothing can be
 * revealed.
 *
 * @param salt u16s that keep others from guessing the weights
 */
public record HashCommit(
    AccountId hotkey,
    int netuid,
    int mechanism,
    List<Weight> weights,
    List<Integer> salt,
    long versionKey) {
  private static final int SALT_LENGTH = 8;

  public HashCommit {
    weights = List.copyOf(weights);
    salt = List.copyOf(salt);
  }

  /** A commit with a salt of eight numbers from {@code random}, which must be a secure source. */
  public static HashCommit of(
      AccountId hotkey,
      int netuid,
      int mechanism,
      List<Weight> weights,
      long versionKey,
      RandomGenerator random) {
    List<Integer> salt =
        IntStream.range(0, SALT_LENGTH).mapToObj(i -> random.nextInt(1 << 16)).toList();
    return new HashCommit(hotkey, netuid, mechanism, weights, salt, versionKey);
  }

  /**
   * The hash that the chain compares: blake2_256 of account, storage index, UIDs, values, salt and
   * version key (pallet's subnets/weights.rs, get_commit_hash).
   */
  public Hash hash() {
    return Hash.of(
        Blake2.blake2b256(
            new ScaleWriter()
                .bytes(hotkey.bytes())
                .u16(MechanismIndex.of(netuid, mechanism))
                .vec(weights, (writer, weight) -> writer.u16(weight.uid()))
                .vec(weights, (writer, weight) -> writer.u16(weight.value()))
                .vec(salt, ScaleWriter::u16)
                .u64(versionKey)
                .toByteArray()));
  }

  /** The first call. */
  public Call commit() {
    return mechanism == 0
        ? Calls.commitWeights(netuid, hash())
        : Calls.commitMechanismWeights(netuid, mechanism, hash());
  }

  /** The second call, once the subnet's reveal period has come. */
  public Call reveal() {
    return mechanism == 0
        ? Calls.revealWeights(netuid, weights, salt, versionKey)
        : Calls.revealMechanismWeights(netuid, mechanism, weights, salt, versionKey);
  }
}
