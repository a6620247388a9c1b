package dev.assay.chain.subtensor;

import dev.assay.chain.keys.AccountId;
import dev.assay.chain.metadata.Value;
import dev.assay.chain.timelock.LegacyEpochSchedule;
import dev.assay.chain.yuma.I64F64;
import dev.assay.chain.yuma.LiquidAlpha;
import dev.assay.chain.yuma.UidValue;
import dev.assay.chain.yuma.YumaInput;
import dev.assay.chain.yuma.YumaNeuron;
import dev.assay.chain.yuma.YumaParameters;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/** Reads from storage what run_epoch.rs reads, by the same items. */
final class NextEpochQuery {
  private static final String PALLET = "SubtensorModule";

  private final BlockView block;
  private final int netuid;
  private final int mechanism;
  private final long index;

  private NextEpochQuery(BlockView block, int netuid, int mechanism) {
    this.block = block;
    this.netuid = netuid;
    this.mechanism = mechanism;
    this.index = MechanismIndex.of(netuid, mechanism);
  }

  static NextEpoch read(BlockView block, int netuid, int mechanism) {
    return new NextEpochQuery(block, netuid, mechanism).read();
  }

  private NextEpoch read() {
    Metagraph metagraph = block.metagraph(netuid);
    long at = nextEpochBlock();
    YumaInput input =
        new YumaInput(
            at,
            number("LastMechansimStepBlock"),
            emission(at - block.number()),
            ownerUid(metagraph),
            parameters(),
            neurons(metagraph));
    List<AccountId> hotkeys = metagraph.neurons().stream().map(Neuron::hotkey).toList();
    return new NextEpoch(netuid, mechanism, block.number(), hotkeys, input);
  }

  /** The first block after this one in which an epoch is due (run_coinbase.rs). */
  private long nextEpochBlock() {
    int tempo = Math.toIntExact(number("Tempo"));
    if (tempo == 0) {
      throw new IllegalArgumentException(
          "subnet " + netuid + " has tempo 0: it runs no epochs; choose another subnet");
    }
    if (!has("LastEpochBlock")) {
      return new LegacyEpochSchedule(netuid, tempo, block.number()).firstRevealBlock(1);
    }
    long automatic = number("LastEpochBlock") + tempo;
    long pending = number("PendingEpochAt");
    long due = pending > 0 ? Math.min(automatic, pending) : automatic;
    return Math.max(block.number() + 1, due);
  }

  /** What waits to be shared out, what the blocks until then add, and of that this mechanism's. */
  private long emission(long blocks) {
    long total = pending(block) + blocks * pendingPerBlock();
    long mechanisms = has("MechanismCountCurrent") ? number("MechanismCountCurrent") : 1;
    return total / mechanisms + (mechanism == 0 ? total % mechanisms : 0);
  }

  /** What one block adds: the difference of two blocks without an epoch between them. */
  private long pendingPerBlock() {
    BlockView later = block;
    if (number("LastMechansimStepBlock") == block.number() && block.number() > 0) {
      later = block.before();
    }
    return later.number() == 0 ? 0 : Math.max(0, pending(later) - pending(later.before()));
  }

  private long pending(BlockView at) {
    if (!has("PendingServerEmission")) {
      return at.storage(PALLET, "PendingEmission", Value.of(netuid)).orElseThrow().asLong();
    }
    return at.storage(PALLET, "PendingServerEmission", Value.of(netuid)).orElseThrow().asLong()
        + at.storage(PALLET, "PendingValidatorEmission", Value.of(netuid)).orElseThrow().asLong();
  }

  private OptionalInt ownerUid(Metagraph metagraph) {
    return block
        .storage(PALLET, "SubnetOwnerHotkey", Value.of(netuid))
        .map(hotkey -> AccountId.of(hotkey.asBytes(AccountId.LENGTH)))
        .flatMap(metagraph::neuron)
        .map(owner -> OptionalInt.of(owner.uid()))
        .orElse(OptionalInt.empty());
  }

  private YumaParameters parameters() {
    int tempo = Math.toIntExact(number("Tempo"));
    long activityCutoff =
        has("ActivityCutoffFactorMilli")
            ? YumaParameters.activityCutoff(number("ActivityCutoffFactorMilli"), tempo)
            : number("ActivityCutoff");
    return new YumaParameters(
        tempo,
        activityCutoff,
        Math.toIntExact(number("Kappa")),
        number("BondsMovingAverage"),
        Math.toIntExact(number("BondsPenalty")),
        Math.toIntExact(number("MaxAllowedValidators")),
        block.storage(PALLET, "StakeThreshold").orElseThrow().asLong(),
        block.commitRevealEnabled(netuid),
        flag("Yuma3On"),
        flag("LiquidAlphaOn") ? Optional.of(liquidAlpha()) : Optional.empty());
  }

  private LiquidAlpha liquidAlpha() {
    Value range = item("AlphaValues");
    return new LiquidAlpha(
        range.at(0).asInt(),
        range.at(1).asInt(),
        Math.toIntExact(item("AlphaSigmoidSteepness").asLong()));
  }

  private List<YumaNeuron> neurons(Metagraph metagraph) {
    long[] updates =
        block
            .storage(PALLET, "LastUpdate", Value.of(index))
            .map(Value::asLongs)
            .orElse(new long[0]);
    Map<AccountId, Long> commits = block.commitRevealEnabled(netuid) ? earliestCommits() : Map.of();
    Map<Integer, List<Weight>> weights = block.weights(netuid, mechanism);
    Map<Integer, List<Weight>> bonds = block.bonds(netuid, mechanism);
    List<YumaNeuron> neurons = new ArrayList<>();
    for (Neuron neuron : metagraph.neurons()) {
      int uid = neuron.uid();
      Long commit = commits.get(neuron.hotkey());
      neurons.add(
          new YumaNeuron(
              I64F64.ofU64(neuron.stake()),
              uid < updates.length ? OptionalLong.of(updates[uid]) : OptionalLong.empty(),
              neuron.blockAtRegistration(),
              neuron.validatorPermit(),
              commit == null ? OptionalLong.empty() : OptionalLong.of(commit),
              row(weights.getOrDefault(uid, List.of())),
              row(bonds.getOrDefault(uid, List.of()))));
    }
    return neurons;
  }

  private static List<UidValue> row(List<Weight> stored) {
    return stored.stream().map(each -> new UidValue(each.uid(), each.value())).toList();
  }

  /** The block of each hotkey's earliest commit that the epoch still counts as hidden. */
  private Map<AccountId, Long> earliestCommits() {
    Map<AccountId, Long> earliest = new HashMap<>();
    if (!has("SubnetEpochIndex")) {
      return earliest;
    }
    long epoch = number("SubnetEpochIndex") + 1;
    long period = number("RevealPeriodEpochs");
    for (StorageItem own : block.entries(PALLET, "WeightCommits", Value.of(index))) {
      AccountId hotkey = AccountId.of(own.key(1).asBytes(AccountId.LENGTH));
      for (Value commit : own.value().asList()) {
        if (epoch <= commit.at(1).asLong() + period) {
          earliest.merge(hotkey, commit.at(2).asLong(), Math::min);
        }
      }
    }
    for (StorageItem made : block.entries(PALLET, "TimelockedWeightCommits", Value.of(index))) {
      if (epoch <= made.key(1).asLong() + period) {
        for (Value commit : made.value().asList()) {
          AccountId hotkey = AccountId.of(commit.at(0).asBytes(AccountId.LENGTH));
          earliest.merge(hotkey, commit.at(1).asLong(), Math::min);
        }
      }
    }
    return earliest;
  }

  private boolean has(String item) {
    return block.metadata().findEntry(PALLET, item).isPresent();
  }

  private Value item(String item) {
    return block.storage(PALLET, item, Value.of(netuid)).orElseThrow();
  }

  private long number(String item) {
    return item(item).asLong();
  }

  private boolean flag(String item) {
    return item(item).asBoolean();
  }
}
