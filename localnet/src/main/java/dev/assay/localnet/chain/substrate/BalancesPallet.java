package dev.assay.localnet.chain.substrate;

import static dev.assay.chain.hash.StorageHasher.BLAKE2_128_CONCAT;
import static dev.assay.localnet.chain.metadata.Field.field;

import dev.assay.chain.keys.AccountId;
import dev.assay.chain.scale.Bytes;
import dev.assay.localnet.chain.metadata.Field;
import dev.assay.localnet.chain.metadata.RecordShape;
import dev.assay.localnet.chain.metadata.Shape;
import dev.assay.localnet.chain.metadata.Shapes;
import dev.assay.localnet.chain.metadata.TypeNode;
import dev.assay.localnet.chain.pallet.Arguments;
import dev.assay.localnet.chain.pallet.Call;
import dev.assay.localnet.chain.pallet.Constant;
import dev.assay.localnet.chain.pallet.Context;
import dev.assay.localnet.chain.pallet.DispatchError;
import dev.assay.localnet.chain.pallet.DispatchException;
import dev.assay.localnet.chain.pallet.EventType;
import dev.assay.localnet.chain.pallet.Events;
import dev.assay.localnet.chain.pallet.Pallet;
import dev.assay.localnet.chain.state.PalletStorage;
import dev.assay.localnet.chain.state.Plain;
import dev.assay.localnet.chain.state.SingleMap;
import dev.assay.localnet.chain.state.Storage;
import java.util.List;
import java.util.Optional;

/** {@code Balances}: free TAO, in rao. */
public final class BalancesPallet {
  /** An account with less ceases to exist. */
  public static final long EXISTENTIAL_DEPOSIT = 500;

  private static final int INDEX = 5;
  private static final PalletStorage STORAGE = new PalletStorage("Balances");
  private static final int MAX_LOCKS = 50;
  private static final Shape<Bytes> ID = Shapes.byteArray(8).as(Bytes::new, Bytes::raw);
  private static final Events EVENTS = new Events(INDEX);
  private static final Field<AccountId> WHO = field("who", Shapes.ACCOUNT);
  private static final Field<Long> AMOUNT = field("amount", Shapes.U64);
  private static final Field<Address> DEST = field("dest", Address.SHAPE);
  private static final Field<Long> VALUE = field("value", Shapes.COMPACT_U64);
  private static final Field<Boolean> KEEP_ALIVE = field("keep_alive", Shapes.BOOL);

  /** All TAO there is. */
  public static final Plain<Long> TOTAL_ISSUANCE = STORAGE.plain("TotalIssuance", Shapes.U64, 0L);

  private record BalanceLock(Bytes id, long amount, int reasons) {}

  private record ReserveData(Bytes id, long amount) {}

  /** What keeps parts of accounts from being spent; nothing does on this chain. */
  static final SingleMap<AccountId, List<BalanceLock>> LOCKS =
      STORAGE.map(
          "Locks",
          BLAKE2_128_CONCAT,
          Shapes.ACCOUNT,
          Shapes.weakBoundedVec(
              RecordShape.of(
                  BalanceLock.class,
                  "pallet_balances::types::BalanceLock",
                  List.of(new TypeNode.Parameter("Balance", Optional.of(Shapes.U64.type()))),
                  ID,
                  Shapes.U64,
                  Shapes.plainEnum("pallet_balances::types::Reasons", "Fee", "Misc", "All")),
              MAX_LOCKS),
          List.of());

  /** What is set aside for others; nothing is on this chain. */
  static final SingleMap<AccountId, List<ReserveData>> RESERVES =
      STORAGE.map(
          "Reserves",
          BLAKE2_128_CONCAT,
          Shapes.ACCOUNT,
          Shapes.boundedVec(
              RecordShape.of(
                  ReserveData.class,
                  "pallet_balances::types::ReserveData",
                  List.of(
                      new TypeNode.Parameter("ReserveIdentifier", Optional.of(ID.type())),
                      new TypeNode.Parameter("Balance", Optional.of(Shapes.U64.type()))),
                  ID,
                  Shapes.U64),
              MAX_LOCKS),
          List.of());

  static final EventType ENDOWED =
      EVENTS.named(
          0, "Endowed", field("account", Shapes.ACCOUNT), field("free_balance", Shapes.U64));
  static final EventType DUST_LOST =
      EVENTS.named(1, "DustLost", field("account", Shapes.ACCOUNT), AMOUNT);
  static final EventType TRANSFER =
      EVENTS.named(
          2, "Transfer", field("from", Shapes.ACCOUNT), field("to", Shapes.ACCOUNT), AMOUNT);
  static final EventType DEPOSIT = EVENTS.named(7, "Deposit", WHO, AMOUNT);
  static final EventType WITHDRAW = EVENTS.named(8, "Withdraw", WHO, AMOUNT);

  private BalancesPallet() {}

  /** The pallet. */
  public static Pallet pallet() {
    return new Pallet(
        "Balances",
        INDEX,
        "pallet_balances",
        2,
        STORAGE.items(),
        List.of(
            Call.paid(
                0,
                "transfer_allow_death",
                47_000_000,
                (context, arguments) -> transfer(context, arguments, false),
                DEST,
                VALUE),
            Call.paid(
                3,
                "transfer_keep_alive",
                37_000_000,
                (context, arguments) -> transfer(context, arguments, true),
                DEST,
                VALUE),
            Call.paid(
                4, "transfer_all", 46_000_000, BalancesPallet::transferAll, DEST, KEEP_ALIVE)),
        EVENTS.types(),
        List.of(),
        List.of(
            new Constant<>("ExistentialDeposit", Shapes.U64, EXISTENTIAL_DEPOSIT),
            new Constant<>("MaxLocks", Shapes.U32, (long) MAX_LOCKS),
            new Constant<>("MaxReserves", Shapes.U32, (long) MAX_LOCKS),
            new Constant<>("MaxFreezes", Shapes.U32, 50L)));
  }

  /** What an account can spend, or lose with its existence. */
  public static long free(Storage storage, AccountId account) {
    return storage.get(SystemPallet.ACCOUNT.at(account)).data().free();
  }

  /** Whether the account can pay that much and live on. */
  public static boolean canPay(Storage storage, AccountId account, long amount) {
    return amount >= 0 && free(storage, account) - EXISTENTIAL_DEPOSIT >= amount;
  }

  /** Gives an account its balance at genesis. */
  public static void endow(Storage storage, AccountId account, long amount) {
    storage.update(
        SystemPallet.ACCOUNT.at(account),
        info -> info.withFree(Math.addExact(info.data().free(), amount)));
    storage.update(TOTAL_ISSUANCE.key(), total -> Math.addExact(total, amount));
  }

  /**
   * Takes an amount out of circulation.
   *
   * @throws DispatchException unless the account can pay it and live on
   */
  public static void withdraw(Context context, AccountId account, long amount) {
    take(context.storage(), account, amount);
    context.storage().update(TOTAL_ISSUANCE.key(), total -> total - amount);
    context.deposit(WITHDRAW, account, amount);
  }

  /** Brings an amount into circulation. */
  public static void deposit(Context context, AccountId account, long amount) {
    give(context, account, amount);
    context.storage().update(TOTAL_ISSUANCE.key(), total -> Math.addExact(total, amount));
    context.deposit(DEPOSIT, account, amount);
  }

  /**
   * Moves an amount to another account.
   *
   * @throws DispatchException unless the payer can pay it and live on
   */
  public static void move(Context context, AccountId from, AccountId to, long amount) {
    take(context.storage(), from, amount);
    give(context, to, amount);
    context.deposit(TRANSFER, from, to, amount);
  }

  private static void transfer(Context context, Arguments arguments, boolean keepAlive) {
    AccountId from = context.signer();
    AccountId to = arguments.get(DEST).resolved();
    transfer(context, from, to, arguments.get(VALUE), keepAlive);
  }

  private static void transferAll(Context context, Arguments arguments) {
    AccountId from = context.signer();
    boolean keepAlive = arguments.get(KEEP_ALIVE);
    long kept = keepAlive ? EXISTENTIAL_DEPOSIT : 0;
    long amount = Math.max(0, free(context.storage(), from) - kept);
    transfer(context, from, arguments.get(DEST).resolved(), amount, keepAlive);
  }

  private static void transfer(
      Context context, AccountId from, AccountId to, long amount, boolean keepAlive) {
    if (from.equals(to) || amount == 0) {
      context.deposit(TRANSFER, from, to, amount);
      return;
    }
    if (keepAlive) {
      move(context, from, to, amount);
      return;
    }
    long rest = enough(free(context.storage(), from), amount);
    if (rest >= EXISTENTIAL_DEPOSIT) {
      move(context, from, to, amount);
      return;
    }
    context.storage().update(SystemPallet.ACCOUNT.at(from), info -> info.withFree(0));
    context.deposit(SystemPallet.KILLED_ACCOUNT, from);
    if (rest > 0) {
      context.storage().update(TOTAL_ISSUANCE.key(), total -> total - rest);
      context.deposit(DUST_LOST, from, rest);
    }
    give(context, to, amount);
    context.deposit(TRANSFER, from, to, amount);
  }

  private static void take(Storage storage, AccountId account, long amount) {
    long rest = enough(free(storage, account), amount);
    if (rest < EXISTENTIAL_DEPOSIT) {
      throw new DispatchException(DispatchError.NOT_EXPENDABLE, "Token.NotExpendable");
    }
    storage.update(SystemPallet.ACCOUNT.at(account), info -> info.withFree(rest));
  }

  private static long enough(long free, long amount) {
    if (Long.compareUnsigned(free, amount) < 0) {
      throw new DispatchException(DispatchError.FUNDS_UNAVAILABLE, "Token.FundsUnavailable");
    }
    return free - amount;
  }

  private static void give(Context context, AccountId account, long amount) {
    AccountInfo before = context.storage().get(SystemPallet.ACCOUNT.at(account));
    long free = before.data().free() + amount;
    if (free < EXISTENTIAL_DEPOSIT) {
      throw new DispatchException(DispatchError.BELOW_MINIMUM, "Token.BelowMinimum");
    }
    context.storage().put(SystemPallet.ACCOUNT.at(account), before.withFree(free));
    if (before.providers() == 0) {
      context.deposit(SystemPallet.NEW_ACCOUNT, account);
      context.deposit(ENDOWED, account, amount);
    }
  }
}
