package dev.assay.localnet.chain.subtensor;

import static dev.assay.localnet.chain.subtensor.storage.SubtensorError.HOT_KEY_ALREADY_REGISTERED_IN_SUB_NET;
import static dev.assay.localnet.chain.subtensor.storage.SubtensorError.NON_ASSOCIATED_COLD_KEY;
import static dev.assay.localnet.chain.subtensor.storage.SubtensorError.NOT_ENOUGH_BALANCE_TO_STAKE;
import static dev.assay.localnet.chain.subtensor.storage.SubtensorError.NO_NEURON_ID_AVAILABLE;
import static dev.assay.localnet.chain.subtensor.storage.SubtensorError.REGISTRATION_NOT_PERMITTED_ON_ROOT_SUBNET;
import static dev.assay.localnet.chain.subtensor.storage.SubtensorError.SLIPPAGE_TOO_HIGH;
import static dev.assay.localnet.chain.subtensor.storage.SubtensorError.SUBNET_NOT_EXISTS;
import static dev.assay.localnet.chain.subtensor.storage.SubtensorError.SUB_NET_REGISTRATION_DISABLED;

import dev.assay.chain.keys.AccountId;
import dev.assay.localnet.chain.pallet.Context;
import dev.assay.localnet.chain.state.Storage;
import dev.assay.localnet.chain.substrate.BalancesPallet;
import dev.assay.localnet.chain.subtensor.storage.FixedRatio;
import dev.assay.localnet.chain.subtensor.storage.Hyperparameters;
import dev.assay.localnet.chain.subtensor.storage.Mechanisms;
import dev.assay.localnet.chain.subtensor.storage.NeuronTable;
import dev.assay.localnet.chain.subtensor.storage.Neurons;
import dev.assay.localnet.chain.subtensor.storage.Stakes;
import dev.assay.localnet.chain.subtensor.storage.SubnetAccount;
import dev.assay.localnet.chain.subtensor.storage.Subnets;
import dev.assay.localnet.chain.subtensor.storage.SubtensorEvents;
import java.math.BigInteger;
import java.util.OptionalInt;

/** A hotkey becomes a neuron of a subnet at the price of the day ({@code do_register}). */
final class Registration {
  private static final int ROOT = 0;
  private static final long ONE_Q32 = 1L << 32;
  private static final long HALF_Q32 = 1L << 31;

  private Registration() {}

  /**
   * Registers a hotkey unless that costs more than the limit.
   *
   * @param limit in rao
   */
  static void register(Context context, int netuid, AccountId hotkey, long limit) {
    long price = context.storage().get(Hyperparameters.BURN.at(netuid));
    SLIPPAGE_TOO_HIGH.unless(Long.compareUnsigned(price, limit) <= 0);
    register(context, netuid, hotkey);
  }

  static void register(Context context, int netuid, AccountId hotkey) {
    Storage storage = context.storage();
    AccountId coldkey = context.signer();
    REGISTRATION_NOT_PERMITTED_ON_ROOT_SUBNET.unless(netuid != ROOT);
    SUBNET_NOT_EXISTS.unless(Mechanisms.exists(storage, netuid));
    SUB_NET_REGISTRATION_DISABLED.unless(
        storage.get(Hyperparameters.NETWORK_REGISTRATION_ALLOWED.at(netuid)));
    HOT_KEY_ALREADY_REGISTERED_IN_SUB_NET.unless(!storage.has(Neurons.UIDS.at(netuid, hotkey)));
    long price = storage.get(Hyperparameters.BURN.at(netuid));
    NOT_ENOUGH_BALANCE_TO_STAKE.unless(BalancesPallet.canPay(storage, coldkey, price));
    Stakes.pair(storage, coldkey, hotkey);
    NON_ASSOCIATED_COLD_KEY.unless(Stakes.owns(storage, coldkey, hotkey));
    int uid = freeUid(context, netuid);
    BalancesPallet.move(context, coldkey, SubnetAccount.of(netuid), price);
    storage.update(Subnets.SUBNET_TAO.at(netuid), tao -> tao + price);
    if (uid == storage.get(Subnets.SUBNETWORK_N.at(netuid))) {
      NeuronTable.append(storage, netuid, hotkey, context.block());
    } else {
      NeuronTable.replace(storage, netuid, uid, hotkey, context.block());
    }
    raisePrice(storage, netuid);
    storage.update(Subnets.REGISTRATIONS_THIS_BLOCK.at(netuid), count -> count + 1);
    storage.update(Hyperparameters.RECYCLED.at(netuid), recycled -> recycled + price);
    context.deposit(SubtensorEvents.NEURON_REGISTERED, netuid, uid, hotkey);
  }

  /** The price falls by half in a half-life. */
  static void decayPrice(Storage storage, int netuid, long block) {
    long before = storage.get(Hyperparameters.BURN.at(netuid));
    int halfLife = storage.get(Hyperparameters.BURN_HALF_LIFE.at(netuid));
    boolean decays = halfLife > 0 && block > 1;
    long now = decays ? timesQ32(before, decayFactorQ32(halfLife)) : before;
    setPrice(storage, netuid, before, now);
    if (storage.get(Subnets.REGISTRATIONS_THIS_BLOCK.at(netuid)) != 0) {
      storage.put(Subnets.REGISTRATIONS_THIS_BLOCK.at(netuid), 0);
    }
  }

  private static void raisePrice(Storage storage, int netuid) {
    long before = storage.get(Hyperparameters.BURN.at(netuid));
    BigInteger factor =
        storage.get(Hyperparameters.BURN_INCREASE_MULT.at(netuid)).max(FixedRatio.of(1));
    setPrice(storage, netuid, before, FixedRatio.times(factor, before));
  }

  private static void setPrice(Storage storage, int netuid, long before, long wanted) {
    long least = storage.get(Hyperparameters.MIN_BURN.at(netuid));
    long most = storage.get(Hyperparameters.MAX_BURN.at(netuid));
    long price = Math.min(Math.max(wanted, least), most);
    if (price != before) {
      storage.put(Hyperparameters.BURN.at(netuid), price);
    }
  }

  private static int freeUid(Context context, int netuid) {
    Storage storage = context.storage();
    int limit = storage.get(Hyperparameters.MAX_ALLOWED_UIDS.at(netuid));
    NO_NEURON_ID_AVAILABLE.unless(limit != 0);
    int count = storage.get(Subnets.SUBNETWORK_N.at(netuid));
    if (count < limit) {
      return count;
    }
    OptionalInt pruned = Pruning.candidate(storage, netuid, context.block());
    NO_NEURON_ID_AVAILABLE.unless(pruned.isPresent());
    return pruned.getAsInt();
  }

  /** The greatest factor whose power of the half-life is at most one half, in units of 2^-32. */
  private static long decayFactorQ32(int halfLife) {
    long low = 0;
    long high = ONE_Q32;
    while (low + 1 < high) {
      long middle = low + (high - low) / 2;
      if (powerQ32(middle, halfLife) > HALF_Q32) {
        high = middle;
      } else {
        low = middle;
      }
    }
    return low;
  }

  private static long powerQ32(long base, int exponent) {
    long result = ONE_Q32;
    long factor = base;
    for (int power = exponent; power > 0; power >>= 1) {
      if ((power & 1) == 1) {
        result = timesQ32(result, factor);
      }
      factor = timesQ32(factor, factor);
    }
    return result;
  }

  private static long timesQ32(long value, long factor) {
    long high = Math.multiplyHigh(value, factor);
    return (high << 32) | ((value * factor) >>> 32);
  }
}
