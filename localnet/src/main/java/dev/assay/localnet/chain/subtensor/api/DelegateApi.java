package dev.assay.localnet.chain.subtensor.api;

import static dev.assay.localnet.chain.api.RuntimeApi.method;
import static dev.assay.localnet.chain.metadata.Field.field;
import static dev.assay.localnet.chain.metadata.Shapes.ACCOUNT;
import static dev.assay.localnet.chain.metadata.Shapes.COMPACT_U16;
import static dev.assay.localnet.chain.metadata.Shapes.COMPACT_U64;
import static dev.assay.localnet.chain.metadata.Shapes.option;
import static dev.assay.localnet.chain.metadata.Shapes.pair;
import static dev.assay.localnet.chain.metadata.Shapes.vec;

import dev.assay.chain.keys.AccountId;
import dev.assay.localnet.chain.api.RuntimeApi;
import dev.assay.localnet.chain.metadata.Field;
import dev.assay.localnet.chain.metadata.Pair;
import dev.assay.localnet.chain.metadata.RecordShape;
import dev.assay.localnet.chain.metadata.Shape;
import dev.assay.localnet.chain.metadata.TypeNode.Parameter;
import dev.assay.localnet.chain.state.Storage;
import dev.assay.localnet.chain.subtensor.storage.Neurons;
import dev.assay.localnet.chain.subtensor.storage.Stakes;
import dev.assay.localnet.chain.subtensor.storage.Subnets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * {@code DelegateInfoRuntimeApi}: the hotkeys on which anybody has stake (delegate_info.rs).
 * Returns are 0, since this chain keeps no history of a day.
 */
public final class DelegateApi {
  private static final Shape<Delegate> INFO =
      RecordShape.of(
          Delegate.class,
          "pallet_subtensor::rpc_info::delegate_info::DelegateInfo",
          List.of(new Parameter("AccountId", Optional.of(ACCOUNT.type()))),
          ACCOUNT,
          COMPACT_U16,
          vec(pair(ACCOUNT, vec(pair(COMPACT_U16, COMPACT_U64)))),
          ACCOUNT,
          vec(COMPACT_U16),
          vec(COMPACT_U16),
          COMPACT_U64,
          COMPACT_U64);
  private static final Field<AccountId> DELEGATE = field("delegate_account", ACCOUNT);
  private static final Field<AccountId> DELEGATEE = field("delegatee_account", ACCOUNT);

  private DelegateApi() {}

  private record Delegate(
      AccountId delegateSs58,
      int take,
      List<Pair<AccountId, List<Pair<Integer, Long>>>> nominators,
      AccountId ownerSs58,
      List<Integer> registrations,
      List<Integer> validatorPermits,
      long returnPer_1000,
      long totalDailyReturn) {}

  /** The API. */
  public static RuntimeApi api() {
    return new RuntimeApi(
        "DelegateInfoRuntimeApi",
        1,
        List.of(
            method("get_delegates", vec(INFO), (context, arguments) -> all(context.storage())),
            method(
                "get_delegate",
                option(INFO),
                (context, arguments) -> one(context.storage(), arguments.get(DELEGATE)),
                DELEGATE),
            method(
                "get_delegated",
                vec(pair(INFO, pair(COMPACT_U16, COMPACT_U64))),
                (context, arguments) -> delegated(context.storage(), arguments.get(DELEGATEE)),
                DELEGATEE)));
  }

  private static List<Delegate> all(Storage storage) {
    return stakers(storage).keySet().stream()
        .flatMap(hotkey -> one(storage, hotkey).stream())
        .toList();
  }

  private static Optional<Delegate> one(Storage storage, AccountId hotkey) {
    Set<AccountId> coldkeys = stakers(storage).getOrDefault(hotkey, Set.of());
    if (coldkeys.isEmpty() || !Stakes.exists(storage, hotkey)) {
      return Optional.empty();
    }
    List<Pair<AccountId, List<Pair<Integer, Long>>>> nominators = new ArrayList<>();
    coldkeys.forEach(
        coldkey -> nominators.add(new Pair<>(coldkey, stakes(storage, hotkey, coldkey))));
    List<Integer> registrations =
        Subnets.netuids(storage).stream()
            .filter(netuid -> storage.get(Neurons.IS_NETWORK_MEMBER.at(hotkey, netuid)))
            .toList();
    return Optional.of(
        new Delegate(
            hotkey,
            storage.get(Stakes.DELEGATES.at(hotkey)),
            nominators,
            storage.get(Stakes.OWNER.at(hotkey)),
            registrations,
            registrations.stream().filter(netuid -> permitted(storage, netuid, hotkey)).toList(),
            0,
            0));
  }

  private static boolean permitted(Storage storage, int netuid, AccountId hotkey) {
    return storage
        .find(Neurons.UIDS.at(netuid, hotkey))
        .map(uid -> Neurons.element(storage.get(Neurons.VALIDATOR_PERMIT.at(netuid)), uid, false))
        .orElse(false);
  }

  private static List<Pair<Delegate, Pair<Integer, Long>>> delegated(
      Storage storage, AccountId coldkey) {
    List<Pair<Delegate, Pair<Integer, Long>>> found = new ArrayList<>();
    for (AccountId hotkey : storage.get(Stakes.STAKING_HOTKEYS.at(coldkey))) {
      one(storage, hotkey)
          .ifPresent(
              info ->
                  stakes(storage, hotkey, coldkey)
                      .forEach(stake -> found.add(new Pair<>(info, stake))));
    }
    return found;
  }

  /** The coldkeys with stake on each hotkey, in the order of the storage. */
  private static Map<AccountId, Set<AccountId>> stakers(Storage storage) {
    Map<AccountId, Set<AccountId>> stakers = new LinkedHashMap<>();
    for (Pair<AccountId, List<AccountId>> coldkey : Stakes.STAKING_HOTKEYS.entries(storage)) {
      for (AccountId hotkey : coldkey.second()) {
        if (!stakes(storage, hotkey, coldkey.first()).isEmpty()) {
          stakers
              .computeIfAbsent(hotkey, each -> new TreeSet<>(Comparator.comparing(AccountId::ss58)))
              .add(coldkey.first());
        }
      }
    }
    return stakers;
  }

  private static List<Pair<Integer, Long>> stakes(
      Storage storage, AccountId hotkey, AccountId coldkey) {
    return Subnets.netuids(storage).stream()
        .map(netuid -> new Pair<>(netuid, Stakes.of(storage, hotkey, coldkey, netuid)))
        .filter(stake -> stake.second() > 0)
        .toList();
  }
}
