package dev.assay.localnet.chain.subtensor;

import static dev.assay.localnet.chain.subtensor.SubtensorCalls.MECHANISM;
import static dev.assay.localnet.chain.subtensor.SubtensorCalls.NETUID;
import static dev.assay.localnet.chain.subtensor.SubtensorCalls.REVEAL_ROUND;
import static dev.assay.localnet.chain.subtensor.SubtensorCalls.SALT;

import dev.assay.chain.keys.AccountId;
import dev.assay.localnet.chain.drand.DrandPallet;
import dev.assay.localnet.chain.pallet.Arguments;
import dev.assay.localnet.chain.pallet.DispatchError;
import dev.assay.localnet.chain.pallet.DispatchException;
import dev.assay.localnet.chain.pallet.RuntimeCall;
import dev.assay.localnet.chain.state.Storage;
import dev.assay.localnet.chain.subtensor.storage.Hyperparameters;
import dev.assay.localnet.chain.subtensor.storage.Mechanisms;
import dev.assay.localnet.chain.subtensor.storage.Neurons;
import dev.assay.localnet.chain.subtensor.storage.SubtensorError;
import dev.assay.localnet.chain.subtensor.storage.SubtensorModule;
import dev.assay.localnet.chain.subtensor.weights.HashCommits;
import dev.assay.localnet.chain.subtensor.weights.WeightSetting;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * What the transaction extension checks before a call may enter the pool or a block, so that calls
 * without a fee can't fill blocks (guards/*.rs).
 */
public final class SubtensorChecks {
  private static final int INVALID_REVEAL_ROUND = 15;
  private static final int BAD_REQUEST = 255;

  /** {@code CustomTransactionError}, for the errors that these checks can end in. */
  private static final Map<SubtensorError, Integer> CODES =
      new EnumMap<>(
          Map.ofEntries(
              Map.entry(SubtensorError.NOT_ENOUGH_STAKE_TO_SET_WEIGHTS, 1),
              Map.entry(SubtensorError.SETTING_WEIGHTS_TOO_FAST, 6),
              Map.entry(SubtensorError.COMMITTING_WEIGHTS_TOO_FAST, 6),
              Map.entry(SubtensorError.HOT_KEY_NOT_REGISTERED_IN_NETWORK, 10),
              Map.entry(SubtensorError.INVALID_IP_ADDRESS, 11),
              Map.entry(SubtensorError.SERVING_RATE_LIMIT_EXCEEDED, 12),
              Map.entry(SubtensorError.INVALID_PORT, 13),
              Map.entry(SubtensorError.NO_WEIGHTS_COMMIT_FOUND, 16),
              Map.entry(SubtensorError.REVEAL_TOO_EARLY, 17),
              Map.entry(SubtensorError.INPUT_LENGTHS_UNEQUAL, 18)));

  private SubtensorChecks() {}

  /** The number of the custom error that a call is refused with, if it is. */
  public static OptionalInt refusal(
      Storage storage, long block, AccountId signer, RuntimeCall call) {
    if (call.pallet().index() != SubtensorModule.INDEX) {
      return OptionalInt.empty();
    }
    try {
      check(storage, block, signer, call);
      return isLateRound(storage, call)
          ? OptionalInt.of(INVALID_REVEAL_ROUND)
          : OptionalInt.empty();
    } catch (DispatchException e) {
      return OptionalInt.of(code(e.error()));
    }
  }

  private static void check(Storage storage, long block, AccountId signer, RuntimeCall call) {
    if (BatchWeights.is(call)) {
      BatchWeights.check(storage, block, signer, call);
      return;
    }
    Arguments arguments = call.arguments();
    String name = call.call().name();
    if (name.endsWith("weights")) {
      SubtensorError.NOT_ENOUGH_STAKE_TO_SET_WEIGHTS.unless(
          WeightSetting.hasStake(storage, arguments.get(NETUID), signer));
    }
    switch (name) {
      case "set_weights" -> rateOfSetting(storage, block, signer, arguments, 0);
      case "set_mechanism_weights" ->
          rateOfSetting(storage, block, signer, arguments, arguments.get(MECHANISM));
      case "commit_weights" -> rateOfCommits(storage, block, signer, arguments, 0);
      case "commit_mechanism_weights" ->
          rateOfCommits(storage, block, signer, arguments, arguments.get(MECHANISM));
      case "reveal_weights" -> reveal(storage, block, signer, arguments, 0);
      case "reveal_mechanism_weights" ->
          reveal(storage, block, signer, arguments, arguments.get(MECHANISM));
      case "serve_axon", "serve_axon_tls" ->
          Serving.validate(
              storage, block, arguments.get(NETUID), signer, SubtensorCalls.axon(arguments, block));
      case "serve_prometheus" ->
          Serving.validate(
              storage,
              block,
              arguments.get(NETUID),
              signer,
              SubtensorCalls.prometheus(arguments, block));
      default -> {}
    }
  }

  private static void rateOfSetting(
      Storage storage, long block, AccountId signer, Arguments arguments, int mechanism) {
    int netuid = arguments.get(NETUID);
    if (!storage.get(Hyperparameters.COMMIT_REVEAL_WEIGHTS_ENABLED.at(netuid))) {
      rate(storage, block, signer, netuid, mechanism, SubtensorError.SETTING_WEIGHTS_TOO_FAST);
    }
  }

  private static void rateOfCommits(
      Storage storage, long block, AccountId signer, Arguments arguments, int mechanism) {
    rate(
        storage,
        block,
        signer,
        arguments.get(NETUID),
        mechanism,
        SubtensorError.COMMITTING_WEIGHTS_TOO_FAST);
  }

  private static void rate(
      Storage storage,
      long block,
      AccountId signer,
      int netuid,
      int mechanism,
      SubtensorError tooFast) {
    Optional<Integer> uid = storage.find(Neurons.UIDS.at(netuid, signer));
    int index = Mechanisms.storageIndex(netuid, mechanism);
    tooFast.unless(
        uid.isEmpty() || WeightSetting.isSlowEnough(storage, netuid, index, uid.get(), block));
  }

  private static void reveal(
      Storage storage, long block, AccountId signer, Arguments arguments, int mechanism) {
    HashCommits.Reveal reveal =
        new HashCommits.Reveal(SubtensorCalls.revealed(arguments), arguments.get(SALT));
    HashCommits.ensureRevealable(storage, block, signer, arguments.get(NETUID), mechanism, reveal);
  }

  /** Whether a commit names a round that has come already. */
  private static boolean isLateRound(Storage storage, RuntimeCall call) {
    if (!call.call().name().startsWith("commit_timelocked")) {
      return false;
    }
    long last = storage.get(DrandPallet.LAST_STORED_ROUND.key());
    return Long.compareUnsigned(call.arguments().get(REVEAL_ROUND), last) < 0;
  }

  private static int code(DispatchError failure) {
    return CODES.entrySet().stream()
        .filter(entry -> failure.is(entry.getKey()))
        .mapToInt(Map.Entry::getValue)
        .findFirst()
        .orElse(BAD_REQUEST);
  }
}
