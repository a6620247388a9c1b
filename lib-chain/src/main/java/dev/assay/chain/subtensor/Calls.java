package dev.assay.chain.subtensor;

import dev.assay.chain.extrinsic.Call;
import dev.assay.chain.hash.Hash;
import dev.assay.chain.keys.AccountId;
import dev.assay.chain.metadata.Value;
import java.math.BigInteger;
import java.util.List;
import java.util.Map;

/** The calls of a miner and of a validator. Amounts are in rao; the signer is named for each. */
public final class Calls {
  private static final String SUBTENSOR = "SubtensorModule";

  private Calls() {}

  /** A validator's weights, by its hotkey. */
  public static Call setWeights(int netuid, List<Weight> weights, long versionKey) {
    return weights(Call.of(SUBTENSOR, "set_weights").with("netuid", netuid), weights, versionKey);
  }

  /** A validator's weights in one mechanism of a subnet, by its hotkey. */
  public static Call setMechanismWeights(
      int netuid, int mechanism, List<Weight> weights, long versionKey) {
    Call call =
        Call.of(SUBTENSOR, "set_mechanism_weights").with("netuid", netuid).with("mecid", mechanism);
    return weights(call, weights, versionKey);
  }

  /** Weights encrypted until a round of drand, by the validator's hotkey. */
  public static Call commitTimelockedWeights(
      int netuid, byte[] ciphertext, long revealRound, int commitRevealVersion) {
    return Call.of(SUBTENSOR, "commit_timelocked_weights")
        .with("netuid", netuid)
        .with("commit", Value.of(ciphertext))
        .with("reveal_round", revealRound)
        .with("commit_reveal_version", commitRevealVersion);
  }

  /** One mechanism's weights encrypted until a round of drand, by the validator's hotkey. */
  public static Call commitTimelockedMechanismWeights(
      int netuid, int mechanism, byte[] ciphertext, long revealRound, int commitRevealVersion) {
    return Call.of(SUBTENSOR, "commit_timelocked_mechanism_weights")
        .with("netuid", netuid)
        .with("mecid", mechanism)
        .with("commit", Value.of(ciphertext))
        .with("reveal_round", revealRound)
        .with("commit_reveal_version", commitRevealVersion);
  }

  /** The hash of weights to be revealed later, by the validator's hotkey. */
  public static Call commitWeights(int netuid, Hash commit) {
    return Call.of(SUBTENSOR, "commit_weights")
        .with("netuid", netuid)
        .with("commit_hash", Value.of(commit.bytes()));
  }

  /** The weights behind a hash that was committed before, by the same hotkey. */
  public static Call revealWeights(
      int netuid, List<Weight> weights, List<Integer> salt, long versionKey) {
    return reveal(
        Call.of(SUBTENSOR, "reveal_weights").with("netuid", netuid), weights, salt, versionKey);
  }

  /** The hash of one mechanism's weights to be revealed later, by the validator's hotkey. */
  public static Call commitMechanismWeights(int netuid, int mechanism, Hash commit) {
    return Call.of(SUBTENSOR, "commit_mechanism_weights")
        .with("netuid", netuid)
        .with("mecid", mechanism)
        .with("commit_hash", Value.of(commit.bytes()));
  }

  /** One mechanism's weights behind a hash that was committed before, by the same hotkey. */
  public static Call revealMechanismWeights(
      int netuid, int mechanism, List<Weight> weights, List<Integer> salt, long versionKey) {
    return reveal(
        Call.of(SUBTENSOR, "reveal_mechanism_weights")
            .with("netuid", netuid)
            .with("mecid", mechanism),
        weights,
        salt,
        versionKey);
  }

  /** A hotkey's commitment of up to 128 bytes, by that hotkey. */
  public static Call setCommitment(int netuid, byte[] content) {
    if (content.length > 128) {
      throw new IllegalArgumentException(
          "a commitment has at most 128 bytes, not " + content.length);
    }
    Value field = Value.variant("Raw" + content.length, Value.of(content));
    return Call.of("Commitments", "set_commitment")
        .with("netuid", netuid)
        .with("info", Value.struct(Map.of("fields", Value.of(List.of(field)))));
  }

  /** Registers a hotkey for the subnet's price, by its coldkey. */
  public static Call burnedRegister(int netuid, AccountId hotkey) {
    return Call.of(SUBTENSOR, "burned_register")
        .with("netuid", netuid)
        .with("hotkey", Value.of(hotkey.bytes()));
  }

  /** Stakes an amount on a hotkey, by a coldkey. */
  public static Call addStake(AccountId hotkey, int netuid, long amount) {
    return Call.of(SUBTENSOR, "add_stake")
        .with("hotkey", Value.of(hotkey.bytes()))
        .with("netuid", netuid)
        .with("amount_staked", amount);
  }

  /**
   * Stakes an amount on a hotkey unless that moves the price of alpha above a limit, by a coldkey.
   *
   * @param limit the highest price of one alpha
   */
  public static Call addStakeLimit(AccountId hotkey, int netuid, long amount, long limit) {
    return limited(addStake(hotkey, netuid, amount), "add_stake_limit", limit);
  }

  /** Takes an amount of alpha from a hotkey's stake back, by the coldkey that staked it. */
  public static Call removeStake(AccountId hotkey, int netuid, long amount) {
    return Call.of(SUBTENSOR, "remove_stake")
        .with("hotkey", Value.of(hotkey.bytes()))
        .with("netuid", netuid)
        .with("amount_unstaked", amount);
  }

  /**
   * Takes stake back unless that moves the price of alpha below a limit, by the coldkey.
   *
   * @param limit the lowest price of one alpha
   */
  public static Call removeStakeLimit(AccountId hotkey, int netuid, long amount, long limit) {
    return limited(removeStake(hotkey, netuid, amount), "remove_stake_limit", limit);
  }

  private static Call limited(Call stake, String name, long limit) {
    return new Call(SUBTENSOR, name, stake.arguments())
        .with("limit_price", limit)
        .with("allow_partial", Value.of(false));
  }

  /**
   * Registers a hotkey unless the subnet's price exceeds a limit, by its coldkey. Runtimes before
   * specification 438 don't have it.
   */
  public static Call registerLimit(int netuid, AccountId hotkey, long limit) {
    return Call.of(SUBTENSOR, "register_limit")
        .with("netuid", netuid)
        .with("hotkey", Value.of(hotkey.bytes()))
        .with("limit_price", limit);
  }

  /** Creates a subnet that a hotkey owns, by its coldkey. */
  public static Call registerNetwork(AccountId hotkey) {
    return Call.of(SUBTENSOR, "register_network").with("hotkey", Value.of(hotkey.bytes()));
  }

  /** Starts a subnet's emission, by its owner's coldkey. */
  public static Call startCall(int netuid) {
    return Call.of(SUBTENSOR, "start_call").with("netuid", netuid);
  }

  /** Sends an amount, refused where it would empty the sender's account. */
  public static Call transferKeepAlive(AccountId destination, long amount) {
    return Call.of("Balances", "transfer_keep_alive")
        .with("dest", Value.variant("Id", Value.of(destination.bytes())))
        .with("value", amount);
  }

  /** Says where a hotkey serves, by that hotkey. */
  public static Call serveAxon(int netuid, long version, BigInteger ip, int port, int ipType) {
    return Call.of(SUBTENSOR, "serve_axon")
        .with("netuid", netuid)
        .with("version", version)
        .with("ip", Value.of(ip))
        .with("port", port)
        .with("ip_type", ipType)
        .with("protocol", 0)
        .with("placeholder1", 0)
        .with("placeholder2", 0);
  }

  private static Call weights(Call call, List<Weight> weights, long versionKey) {
    return call.with("dests", uids(weights))
        .with("weights", values(weights))
        .with("version_key", versionKey);
  }

  private static Call reveal(Call call, List<Weight> weights, List<Integer> salt, long versionKey) {
    return call.with("uids", uids(weights))
        .with("values", values(weights))
        .with("salt", Value.of(salt.stream().mapToLong(Integer::longValue).toArray()))
        .with("version_key", versionKey);
  }

  private static Value uids(List<Weight> weights) {
    return Value.of(weights.stream().mapToLong(Weight::uid).toArray());
  }

  private static Value values(List<Weight> weights) {
    return Value.of(weights.stream().mapToLong(Weight::value).toArray());
  }
}
