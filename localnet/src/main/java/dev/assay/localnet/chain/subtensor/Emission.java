package dev.assay.localnet.chain.subtensor;

import dev.assay.chain.keys.AccountId;
import dev.assay.localnet.chain.metadata.Pair;
import dev.assay.localnet.chain.pallet.Context;
import dev.assay.localnet.chain.state.SingleMap;
import dev.assay.localnet.chain.state.Storage;
import dev.assay.localnet.chain.subtensor.storage.Hyperparameters;
import dev.assay.localnet.chain.subtensor.storage.Stakes;
import dev.assay.localnet.chain.subtensor.storage.Subnets;
import java.math.BigInteger;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * New alpha: what each block makes waits until the epoch shares it out. Every subnet makes one
 * alpha per block; nothing goes to the root, which has no stake on this chain.
 */
final class Emission {
  private static final int FRACTION = 32;
  private static final long U16_MAX = 65_535;

  private Emission() {}

  /** What a neuron earns in an epoch, as a server and as a validator. */
  record Earned(AccountId hotkey, long server, long validator) {}

  /** What waits to be shared out. */
  record Pending(long server, long validator, long ownerCut) {
    long total() {
      return server + validator;
    }
  }

  /** A block makes its alpha. */
  static void accrue(Storage storage, int netuid) {
    long made = storage.get(Subnets.BLOCK_EMISSION.key());
    storage.put(Subnets.SUBNET_ALPHA_OUT_EMISSION.at(netuid), made);
    storage.update(Subnets.SUBNET_ALPHA_OUT.at(netuid), alpha -> alpha + made);
    BigInteger left = fixed(made);
    if (storage.get(Hyperparameters.OWNER_CUT_ENABLED.at(netuid))) {
      BigInteger cut = share(left, storage.get(Hyperparameters.SUBNET_OWNER_CUT.key()));
      left = left.subtract(cut);
      add(storage, Subnets.PENDING_OWNER_CUT, netuid, integer(cut));
    }
    BigInteger server = left.shiftRight(1);
    add(storage, Subnets.PENDING_SERVER_EMISSION, netuid, integer(server));
    add(storage, Subnets.PENDING_VALIDATOR_EMISSION, netuid, integer(left.subtract(server)));
  }

  static Pending drain(Storage storage, int netuid) {
    Pending pending =
        new Pending(
            storage.get(Subnets.PENDING_SERVER_EMISSION.at(netuid)),
            storage.get(Subnets.PENDING_VALIDATOR_EMISSION.at(netuid)),
            storage.get(Subnets.PENDING_OWNER_CUT.at(netuid)));
    storage.put(Subnets.PENDING_SERVER_EMISSION.at(netuid), 0L);
    storage.put(Subnets.PENDING_VALIDATOR_EMISSION.at(netuid), 0L);
    storage.put(Subnets.PENDING_OWNER_CUT.at(netuid), 0L);
    return pending;
  }

  /** Credits what an epoch has decided. */
  static void distribute(Context context, int netuid, Pending pending, List<Earned> earned) {
    Storage storage = context.storage();
    AccountId owner = storage.get(Subnets.SUBNET_OWNER.at(netuid));
    Optional<AccountId> ownerHotkey = storage.find(Subnets.SUBNET_OWNER_HOTKEY.at(netuid));
    ownerHotkey.ifPresent(hotkey -> Stakes.add(storage, hotkey, owner, netuid, pending.ownerCut()));
    Set<AccountId> withheld = new HashSet<>(storage.get(Stakes.OWNED_HOTKEYS.at(owner)));
    ownerHotkey.ifPresent(withheld::add);
    long incentives = 0;
    for (Earned each : earned) {
      incentives += each.server();
      if (each.server() > 0 && !withheld.contains(each.hotkey())) {
        AccountId coldkey = storage.get(Stakes.OWNER.at(each.hotkey()));
        Stakes.add(storage, each.hotkey(), coldkey, netuid, each.server());
      }
    }
    long shared = incentives > 0 ? pending.validator() : pending.total();
    dividends(storage, netuid, shared, earned);
  }

  private static void dividends(Storage storage, int netuid, long shared, List<Earned> earned) {
    for (Pair<AccountId, Long> old : Stakes.ALPHA_DIVIDENDS.entries(storage, netuid)) {
      storage.remove(Stakes.ALPHA_DIVIDENDS.at(netuid, old.first()));
    }
    Map<AccountId, Long> validators = new java.util.TreeMap<>();
    earned.forEach(each -> validators.merge(each.hotkey(), each.validator(), Long::sum));
    long total = validators.values().stream().mapToLong(Long::longValue).sum();
    if (total == 0) {
      return;
    }
    validators.forEach(
        (hotkey, amount) -> {
          if (amount > 0) {
            BigInteger part = fixed(amount).divide(BigInteger.valueOf(total));
            dividend(storage, netuid, hotkey, part.multiply(BigInteger.valueOf(shared)));
          }
        });
  }

  private static void dividend(Storage storage, int netuid, AccountId hotkey, BigInteger dividend) {
    BigInteger take = share(dividend, storage.get(Stakes.DELEGATES.at(hotkey)));
    AccountId coldkey = storage.get(Stakes.OWNER.at(hotkey));
    Stakes.add(storage, hotkey, coldkey, netuid, integer(take));
    long rest = integer(dividend.subtract(take));
    Stakes.addToAll(storage, hotkey, netuid, rest);
    storage.put(Stakes.ALPHA_DIVIDENDS.at(netuid, hotkey), rest);
  }

  private static void add(
      Storage storage, SingleMap<Integer, Long> pending, int netuid, long amount) {
    storage.update(pending.at(netuid), total -> total + amount);
  }

  private static BigInteger share(BigInteger amount, int u16) {
    BigInteger part = fixed(u16).divide(BigInteger.valueOf(U16_MAX));
    return amount.multiply(part).shiftRight(FRACTION);
  }

  private static BigInteger fixed(long value) {
    return BigInteger.valueOf(value).shiftLeft(FRACTION);
  }

  private static long integer(BigInteger bits) {
    return bits.shiftRight(FRACTION).longValueExact();
  }
}
