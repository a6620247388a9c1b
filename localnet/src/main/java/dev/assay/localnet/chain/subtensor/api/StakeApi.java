package dev.assay.localnet.chain.subtensor.api;

import static dev.assay.localnet.chain.api.RuntimeApi.method;
import static dev.assay.localnet.chain.metadata.Field.field;
import static dev.assay.localnet.chain.metadata.Shapes.ACCOUNT;
import static dev.assay.localnet.chain.metadata.Shapes.COMPACT_U64;
import static dev.assay.localnet.chain.metadata.Shapes.vec;

import dev.assay.chain.keys.AccountId;
import dev.assay.localnet.chain.api.ApiContext;
import dev.assay.localnet.chain.api.RuntimeApi;
import dev.assay.localnet.chain.metadata.Field;
import dev.assay.localnet.chain.metadata.Pair;
import dev.assay.localnet.chain.metadata.RecordShape;
import dev.assay.localnet.chain.metadata.Shape;
import dev.assay.localnet.chain.metadata.Shapes;
import dev.assay.localnet.chain.metadata.TypeNode.Parameter;
import dev.assay.localnet.chain.pallet.Arguments;
import dev.assay.localnet.chain.state.Storage;
import dev.assay.localnet.chain.subtensor.storage.EmptyItems;
import dev.assay.localnet.chain.subtensor.storage.FixedPoint;
import dev.assay.localnet.chain.subtensor.storage.Neurons;
import dev.assay.localnet.chain.subtensor.storage.Stakes;
import dev.assay.localnet.chain.subtensor.storage.Subnets;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** {@code StakeInfoRuntimeApi}: what coldkeys have on which hotkeys (stake_info.rs). */
public final class StakeApi {
  private static final Shape<StakeInfo> INFO =
      RecordShape.of(
          StakeInfo.class,
          "pallet_subtensor::rpc_info::stake_info::StakeInfo",
          List.of(new Parameter("AccountId", Optional.of(ACCOUNT.type()))),
          ACCOUNT,
          ACCOUNT,
          Shapes.COMPACT_U16,
          COMPACT_U64,
          COMPACT_U64,
          COMPACT_U64,
          COMPACT_U64,
          COMPACT_U64,
          Shapes.BOOL);
  private static final Field<AccountId> COLDKEY = field("coldkey_account", ACCOUNT);
  private static final Field<List<AccountId>> COLDKEYS = field("coldkey_accounts", vec(ACCOUNT));
  private static final Field<AccountId> HOTKEY = field("hotkey_account", ACCOUNT);
  private static final Field<Integer> NETUID = field("netuid", Shapes.U16);

  private StakeApi() {}

  private record StakeInfo(
      AccountId hotkey,
      AccountId coldkey,
      int netuid,
      long stake,
      long locked,
      long emission,
      long taoEmission,
      long drain,
      boolean isRegistered) {}

  /** The API. */
  public static RuntimeApi api() {
    return new RuntimeApi(
        "StakeInfoRuntimeApi",
        1,
        List.of(
            method(
                "get_stake_info_for_coldkey",
                vec(INFO),
                (context, arguments) -> all(context.storage(), arguments.get(COLDKEY)),
                COLDKEY),
            method(
                "get_stake_info_for_coldkeys",
                vec(Shapes.pair(ACCOUNT, vec(INFO))),
                StakeApi::ofColdkeys,
                COLDKEYS),
            method(
                "get_stake_info_for_hotkey_coldkey_netuid",
                Shapes.option(INFO),
                StakeApi::one,
                HOTKEY,
                COLDKEY,
                NETUID),
            method(
                "get_coldkey_lock",
                Shapes.option(EmptyItems.LOCK),
                (context, arguments) -> Optional.empty(),
                field("coldkey", ACCOUNT),
                NETUID),
            method(
                "get_hotkey_conviction",
                FixedPoint.U64F64,
                (context, arguments) -> BigInteger.ZERO,
                field("hotkey", ACCOUNT),
                NETUID),
            method(
                "get_most_convicted_hotkey_on_subnet",
                Shapes.option(ACCOUNT),
                (context, arguments) -> Optional.empty(),
                NETUID)));
  }

  /**
   * {@code SubnetRegistrationRuntimeApi}: subnets can't be registered here; the price is the floor.
   */
  public static RuntimeApi registration() {
    return new RuntimeApi(
        "SubnetRegistrationRuntimeApi",
        1,
        List.of(
            method(
                "get_network_registration_cost",
                Shapes.U64,
                (context, arguments) -> 1_000_000_000_000L)));
  }

  private static List<Pair<AccountId, List<StakeInfo>>> ofColdkeys(
      ApiContext context, Arguments arguments) {
    return arguments.get(COLDKEYS).stream()
        .map(coldkey -> new Pair<>(coldkey, all(context.storage(), coldkey)))
        .toList();
  }

  private static Optional<StakeInfo> one(ApiContext context, Arguments arguments) {
    return Optional.of(
        info(
            context.storage(),
            arguments.get(HOTKEY),
            arguments.get(COLDKEY),
            arguments.get(NETUID)));
  }

  private static List<StakeInfo> all(Storage storage, AccountId coldkey) {
    List<StakeInfo> found = new ArrayList<>();
    for (AccountId hotkey : storage.get(Stakes.STAKING_HOTKEYS.at(coldkey))) {
      for (int netuid : Subnets.netuids(storage)) {
        StakeInfo info = info(storage, hotkey, coldkey, netuid);
        if (info.stake() > 0) {
          found.add(info);
        }
      }
    }
    return found;
  }

  private static StakeInfo info(Storage storage, AccountId hotkey, AccountId coldkey, int netuid) {
    return new StakeInfo(
        hotkey,
        coldkey,
        netuid,
        Stakes.of(storage, hotkey, coldkey, netuid),
        0,
        storage.get(Stakes.ALPHA_DIVIDENDS.at(netuid, hotkey)),
        0,
        0,
        storage.get(Neurons.IS_NETWORK_MEMBER.at(hotkey, netuid)));
  }
}
