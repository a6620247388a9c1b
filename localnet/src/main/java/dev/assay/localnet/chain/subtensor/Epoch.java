package dev.assay.localnet.chain.subtensor;

import dev.assay.chain.keys.AccountId;
import dev.assay.chain.yuma.EpochTerms;
import dev.assay.chain.yuma.I64F64;
import dev.assay.chain.yuma.LiquidAlpha;
import dev.assay.chain.yuma.UidValue;
import dev.assay.chain.yuma.Yuma;
import dev.assay.chain.yuma.YumaInput;
import dev.assay.chain.yuma.YumaNeuron;
import dev.assay.chain.yuma.YumaParameters;
import dev.assay.localnet.chain.metadata.Pair;
import dev.assay.localnet.chain.pallet.Context;
import dev.assay.localnet.chain.state.Storage;
import dev.assay.localnet.chain.subtensor.storage.Hyperparameters;
import dev.assay.localnet.chain.subtensor.storage.Mechanisms;
import dev.assay.localnet.chain.subtensor.storage.Neurons;
import dev.assay.localnet.chain.subtensor.storage.Stakes;
import dev.assay.localnet.chain.subtensor.storage.Subnets;
import dev.assay.localnet.chain.subtensor.storage.SubtensorEvents;
import dev.assay.localnet.chain.subtensor.weights.EarliestCommits;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/** Yuma over a subnet's weights, once per mechanism, and what it decides ({@code epoch}). */
public final class Epoch {
  private Epoch() {}

  /** What is kept of all neurons together, by uid, and when each hotkey last committed. */
  private record Inputs(List<Long> updates, List<Boolean> permits, Map<AccountId, Long> commits) {}

  /**
   * Runs an epoch.
   *
   * @param emission what servers and validators get together
   * @return what each neuron earns, by uid
   */
  static List<Emission.Earned> run(Context context, int netuid, long emission) {
    Storage storage = context.storage();
    int mechanisms = Mechanisms.count(storage, netuid);
    List<List<EpochTerms>> all = new ArrayList<>();
    List<Long> parts = Mechanisms.parts(storage, netuid, emission);
    for (int mechanism = 0; mechanism < mechanisms; mechanism++) {
      int index = Mechanisms.storageIndex(netuid, mechanism);
      List<EpochTerms> terms =
          Yuma.epoch(input(storage, context.block(), netuid, index, parts.get(mechanism)));
      store(context, index, terms);
      all.add(terms);
    }
    MechanismSum sum = new MechanismSum(all, parts);
    store(storage, netuid, sum);
    List<Emission.Earned> earned = new ArrayList<>();
    for (int uid = 0; uid < sum.neurons(); uid++) {
      AccountId hotkey = storage.get(Neurons.KEYS.at(netuid, uid));
      earned.add(new Emission.Earned(hotkey, sum.server(uid), sum.validator(uid)));
    }
    return earned;
  }

  private static void store(Context context, int index, List<EpochTerms> terms) {
    Storage storage = context.storage();
    storage.put(Neurons.INCENTIVE.at(index), terms.stream().map(EpochTerms::incentive).toList());
    context.deposit(
        SubtensorEvents.INCENTIVE_ALPHA_EMITTED,
        index,
        terms.stream().map(EpochTerms::serverEmission).toList());
    for (int uid = 0; uid < terms.size(); uid++) {
      List<Pair<Integer, Integer>> bonds =
          terms.get(uid).bonds().stream()
              .map(bond -> new Pair<>(bond.uid(), bond.value()))
              .toList();
      storage.put(Neurons.BONDS.at(index, uid), bonds);
    }
  }

  private static void store(Storage storage, int netuid, MechanismSum sum) {
    storage.put(Neurons.ACTIVE.at(netuid), sum.any(EpochTerms::active));
    storage.put(Neurons.EMISSION.at(netuid), sum.weighted(EpochTerms::emission));
    storage.put(Neurons.CONSENSUS.at(netuid), sum.weightedU16(EpochTerms::consensus));
    storage.put(Neurons.DIVIDENDS.at(netuid), sum.weightedU16(EpochTerms::dividends));
    storage.put(Neurons.VALIDATOR_TRUST.at(netuid), sum.weightedU16(EpochTerms::validatorTrust));
    storage.put(Neurons.VALIDATOR_PERMIT.at(netuid), sum.any(EpochTerms::validatorPermit));
    storage.put(Neurons.STAKE_WEIGHT.at(netuid), sum.weightedU16(EpochTerms::stakeWeight));
  }

  private static YumaInput input(
      Storage storage, long block, int netuid, int index, long emission) {
    Optional<Integer> owner =
        storage
            .find(Subnets.SUBNET_OWNER_HOTKEY.at(netuid))
            .flatMap(hotkey -> storage.find(Neurons.UIDS.at(netuid, hotkey)));
    Inputs inputs =
        new Inputs(
            storage.get(Neurons.LAST_UPDATE.at(index)),
            storage.get(Neurons.VALIDATOR_PERMIT.at(netuid)),
            EarliestCommits.of(storage, block, netuid, index));
    List<YumaNeuron> neurons = new ArrayList<>();
    for (int uid = 0; uid < storage.get(Subnets.SUBNETWORK_N.at(netuid)); uid++) {
      neurons.add(neuron(storage, netuid, index, uid, inputs));
    }
    return new YumaInput(
        block,
        storage.get(Subnets.LAST_MECHANSIM_STEP_BLOCK.at(netuid)),
        emission,
        owner.map(OptionalInt::of).orElse(OptionalInt.empty()),
        parameters(storage, netuid),
        neurons);
  }

  private static YumaNeuron neuron(Storage storage, int netuid, int index, int uid, Inputs inputs) {
    AccountId hotkey = storage.get(Neurons.KEYS.at(netuid, uid));
    List<Long> updates = inputs.updates();
    Long commit = inputs.commits().get(hotkey);
    return new YumaNeuron(
        I64F64.ofU64(Stakes.total(storage, hotkey, netuid)),
        uid < updates.size() ? OptionalLong.of(updates.get(uid)) : OptionalLong.empty(),
        storage.get(Neurons.BLOCK_AT_REGISTRATION.at(netuid, uid)),
        Neurons.element(inputs.permits(), uid, false),
        commit == null ? OptionalLong.empty() : OptionalLong.of(commit),
        row(storage.get(Neurons.WEIGHTS.at(index, uid))),
        row(storage.get(Neurons.BONDS.at(index, uid))));
  }

  private static List<UidValue> row(List<Pair<Integer, Integer>> stored) {
    return stored.stream().map(each -> new UidValue(each.first(), each.second())).toList();
  }

  private static YumaParameters parameters(Storage storage, int netuid) {
    int tempo = storage.get(Hyperparameters.TEMPO.at(netuid));
    return new YumaParameters(
        tempo,
        activityCutoff(storage, netuid),
        storage.get(Hyperparameters.KAPPA.at(netuid)),
        storage.get(Hyperparameters.BONDS_MOVING_AVERAGE.at(netuid)),
        storage.get(Hyperparameters.BONDS_PENALTY.at(netuid)),
        storage.get(Hyperparameters.MAX_ALLOWED_VALIDATORS.at(netuid)),
        storage.get(Hyperparameters.STAKE_THRESHOLD.key()),
        storage.get(Hyperparameters.COMMIT_REVEAL_WEIGHTS_ENABLED.at(netuid)),
        storage.get(Hyperparameters.YUMA3_ON.at(netuid)),
        liquidAlpha(storage, netuid));
  }

  /** Blocks without an update after which a validator's stake stops counting. */
  public static long activityCutoff(Storage storage, int netuid) {
    int tempo = storage.get(Hyperparameters.TEMPO.at(netuid));
    long factor = storage.get(Hyperparameters.ACTIVITY_CUTOFF_FACTOR_MILLI.at(netuid));
    return YumaParameters.activityCutoff(factor, tempo);
  }

  private static Optional<LiquidAlpha> liquidAlpha(Storage storage, int netuid) {
    if (!storage.get(Hyperparameters.LIQUID_ALPHA_ON.at(netuid))) {
      return Optional.empty();
    }
    Pair<Integer, Integer> range = storage.get(Hyperparameters.ALPHA_VALUES.at(netuid));
    int steepness = storage.get(Hyperparameters.ALPHA_SIGMOID_STEEPNESS.at(netuid));
    return Optional.of(new LiquidAlpha(range.first(), range.second(), steepness));
  }
}
