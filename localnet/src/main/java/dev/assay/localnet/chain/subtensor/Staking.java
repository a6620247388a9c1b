package dev.assay.localnet.chain.subtensor;

import static dev.assay.localnet.chain.subtensor.storage.SubtensorError.AMOUNT_TOO_LOW;
import static dev.assay.localnet.chain.subtensor.storage.SubtensorError.HOT_KEY_ACCOUNT_NOT_EXISTS;
import static dev.assay.localnet.chain.subtensor.storage.SubtensorError.NOT_ENOUGH_BALANCE_TO_STAKE;
import static dev.assay.localnet.chain.subtensor.storage.SubtensorError.NOT_ENOUGH_STAKE_TO_WITHDRAW;
import static dev.assay.localnet.chain.subtensor.storage.SubtensorError.SUBNET_NOT_EXISTS;
import static dev.assay.localnet.chain.subtensor.storage.SubtensorError.SUBTOKEN_DISABLED;

import dev.assay.chain.keys.AccountId;
import dev.assay.localnet.chain.pallet.Context;
import dev.assay.localnet.chain.state.Storage;
import dev.assay.localnet.chain.substrate.BalancesPallet;
import dev.assay.localnet.chain.subtensor.storage.Hyperparameters;
import dev.assay.localnet.chain.subtensor.storage.Mechanisms;
import dev.assay.localnet.chain.subtensor.storage.Stakes;
import dev.assay.localnet.chain.subtensor.storage.SubnetAccount;
import dev.assay.localnet.chain.subtensor.storage.Subnets;
import dev.assay.localnet.chain.subtensor.storage.SubtensorEvents;

/** TAO becomes alpha and back, one for one: the subnets' mechanism is 0, without a pool's price. */
public final class Staking {
  /** The price of one alpha in rao. */
  public static final long PRICE_OF_ALPHA = 1_000_000_000L;

  private static final long MIN_STAKE = 2_000_000;
  private static final long NO_FEE = 0;

  private Staking() {}

  static void add(Context context, AccountId hotkey, int netuid, long amount) {
    Storage storage = context.storage();
    AccountId coldkey = context.signer();
    SUBNET_NOT_EXISTS.unless(Mechanisms.exists(storage, netuid));
    SUBTOKEN_DISABLED.unless(storage.get(Hyperparameters.SUBTOKEN_ENABLED.at(netuid)));
    AMOUNT_TOO_LOW.unless(Long.compareUnsigned(amount, MIN_STAKE) >= 0);
    NOT_ENOUGH_BALANCE_TO_STAKE.unless(BalancesPallet.canPay(storage, coldkey, amount));
    HOT_KEY_ACCOUNT_NOT_EXISTS.unless(Stakes.exists(storage, hotkey));
    BalancesPallet.move(context, coldkey, SubnetAccount.of(netuid), amount);
    Stakes.add(storage, hotkey, coldkey, netuid, amount);
    flow(storage, netuid, amount);
    context.deposit(SubtensorEvents.STAKE_ADDED, coldkey, hotkey, amount, amount, netuid, NO_FEE);
  }

  static void remove(Context context, AccountId hotkey, int netuid, long wanted) {
    Storage storage = context.storage();
    AccountId coldkey = context.signer();
    SUBTOKEN_DISABLED.unless(storage.get(Hyperparameters.SUBTOKEN_ENABLED.at(netuid)));
    long available = Stakes.of(storage, hotkey, coldkey, netuid);
    long amount = Long.compareUnsigned(wanted, available) < 0 ? wanted : available;
    SUBNET_NOT_EXISTS.unless(Mechanisms.exists(storage, netuid));
    AMOUNT_TOO_LOW.unless(amount >= MIN_STAKE || (amount == available && amount > 0));
    HOT_KEY_ACCOUNT_NOT_EXISTS.unless(Stakes.exists(storage, hotkey));
    NOT_ENOUGH_STAKE_TO_WITHDRAW.unless(
        BalancesPallet.canPay(storage, SubnetAccount.of(netuid), amount));
    Stakes.remove(storage, hotkey, coldkey, netuid, amount);
    BalancesPallet.move(context, SubnetAccount.of(netuid), coldkey, amount);
    flow(storage, netuid, -amount);
    context.deposit(SubtensorEvents.STAKE_REMOVED, coldkey, hotkey, amount, amount, netuid, NO_FEE);
  }

  private static void flow(Storage storage, int netuid, long amount) {
    storage.update(Subnets.SUBNET_TAO.at(netuid), tao -> tao + amount);
    storage.update(Subnets.SUBNET_ALPHA_OUT.at(netuid), alpha -> alpha + amount);
    storage.update(Subnets.TOTAL_STAKE.key(), stake -> stake + amount);
    storage.update(
        Subnets.SUBNET_VOLUME.at(netuid),
        volume -> volume.add(java.math.BigInteger.valueOf(Math.abs(amount))));
  }
}
