package dev.assay.localnet.chain.subtensor.storage;

import static dev.assay.chain.hash.StorageHasher.BLAKE2_128_CONCAT;
import static dev.assay.chain.hash.StorageHasher.IDENTITY;
import static dev.assay.localnet.chain.metadata.Shapes.ACCOUNT;
import static dev.assay.localnet.chain.metadata.Shapes.U16;
import static dev.assay.localnet.chain.metadata.Shapes.U64;
import static dev.assay.localnet.chain.metadata.Shapes.vec;

import dev.assay.chain.keys.AccountId;
import dev.assay.localnet.chain.state.DoubleMap;
import dev.assay.localnet.chain.state.PalletStorage;
import dev.assay.localnet.chain.state.SingleMap;
import dev.assay.localnet.chain.state.Storage;
import dev.assay.localnet.chain.state.StorageItem.KeyPart;
import dev.assay.localnet.chain.state.TripleMap;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;

/**
 * The owners of hotkeys, and the alpha staked on each. A hotkey's alpha is a pool; what a coldkey
 * has of it are shares, so that a dividend to the pool reaches all of them.
 */
public final class Stakes {
  public static final PalletStorage ITEMS = new PalletStorage(SubtensorModule.NAME);

  private static final KeyPart<AccountId> KEY = new KeyPart<>(BLAKE2_128_CONCAT, ACCOUNT);
  private static final KeyPart<Integer> NETUID = new KeyPart<>(IDENTITY, U16);
  private static final AccountId NOBODY = AccountId.of(new byte[32]);

  /** The share of dividends that a validator takes for itself: 18 %. */
  private static final int DEFAULT_TAKE = 11_796;

  public static final SingleMap<AccountId, AccountId> OWNER =
      ITEMS.map("Owner", BLAKE2_128_CONCAT, ACCOUNT, ACCOUNT, NOBODY);
  public static final SingleMap<AccountId, Integer> DELEGATES =
      ITEMS.map("Delegates", BLAKE2_128_CONCAT, ACCOUNT, U16, DEFAULT_TAKE);
  public static final SingleMap<AccountId, List<AccountId>> OWNED_HOTKEYS =
      ITEMS.map("OwnedHotkeys", BLAKE2_128_CONCAT, ACCOUNT, vec(ACCOUNT), List.of());
  public static final SingleMap<AccountId, List<AccountId>> STAKING_HOTKEYS =
      ITEMS.map("StakingHotkeys", BLAKE2_128_CONCAT, ACCOUNT, vec(ACCOUNT), List.of());
  static final DoubleMap<AccountId, Integer, Long> TOTAL_HOTKEY_ALPHA =
      ITEMS.map("TotalHotkeyAlpha", KEY, NETUID, U64, 0L);
  static final DoubleMap<AccountId, Integer, BigInteger> TOTAL_HOTKEY_SHARES =
      ITEMS.map("TotalHotkeyShares", KEY, NETUID, FixedPoint.U64F64, BigInteger.ZERO);
  static final TripleMap<AccountId, AccountId, Integer, BigInteger> ALPHA =
      ITEMS.map("Alpha", KEY, KEY, NETUID, FixedPoint.U64F64, BigInteger.ZERO);
  public static final DoubleMap<Integer, AccountId, Long> ALPHA_DIVIDENDS =
      ITEMS.map("AlphaDividendsPerSubnet", NETUID, KEY, U64, 0L);

  private Stakes() {}

  public static boolean exists(Storage storage, AccountId hotkey) {
    return storage.has(OWNER.at(hotkey));
  }

  public static boolean owns(Storage storage, AccountId coldkey, AccountId hotkey) {
    return exists(storage, hotkey) && storage.get(OWNER.at(hotkey)).equals(coldkey);
  }

  /** The first coldkey that names a hotkey owns it. */
  public static void pair(Storage storage, AccountId coldkey, AccountId hotkey) {
    if (exists(storage, hotkey)) {
      return;
    }
    storage.put(OWNER.at(hotkey), coldkey);
    storage.update(OWNED_HOTKEYS.at(coldkey), owned -> with(owned, hotkey));
    storage.update(STAKING_HOTKEYS.at(coldkey), staking -> with(staking, hotkey));
  }

  /** All alpha on a hotkey. */
  public static long total(Storage storage, AccountId hotkey, int netuid) {
    return storage.get(TOTAL_HOTKEY_ALPHA.at(hotkey, netuid));
  }

  /** What of it a coldkey has. */
  public static long of(Storage storage, AccountId hotkey, AccountId coldkey, int netuid) {
    BigInteger shares = storage.get(TOTAL_HOTKEY_SHARES.at(hotkey, netuid));
    if (shares.signum() == 0) {
      return 0;
    }
    BigInteger own = storage.get(ALPHA.at(hotkey, coldkey, netuid));
    BigInteger total = BigInteger.valueOf(total(storage, hotkey, netuid));
    return own.multiply(total).divide(shares).longValueExact();
  }

  /** Adds to what a coldkey has. */
  public static void add(
      Storage storage, AccountId hotkey, AccountId coldkey, int netuid, long alpha) {
    change(storage, hotkey, coldkey, netuid, alpha);
    storage.update(STAKING_HOTKEYS.at(coldkey), staking -> with(staking, hotkey));
  }

  /** Takes from what a coldkey has. */
  public static void remove(
      Storage storage, AccountId hotkey, AccountId coldkey, int netuid, long alpha) {
    change(storage, hotkey, coldkey, netuid, -alpha);
  }

  /** Adds to the stake of every coldkey on the hotkey. */
  public static void addToAll(Storage storage, AccountId hotkey, int netuid, long alpha) {
    if (storage.get(TOTAL_HOTKEY_SHARES.at(hotkey, netuid)).signum() == 0) {
      return;
    }
    storage.update(TOTAL_HOTKEY_ALPHA.at(hotkey, netuid), total -> Math.addExact(total, alpha));
  }

  private static void change(
      Storage storage, AccountId hotkey, AccountId coldkey, int netuid, long alpha) {
    long total = total(storage, hotkey, netuid);
    BigInteger shares = storage.get(TOTAL_HOTKEY_SHARES.at(hotkey, netuid));
    BigInteger moved = FixedRatio.of(alpha);
    if (total > 0 && shares.signum() > 0) {
      moved = shares.multiply(BigInteger.valueOf(alpha)).divide(BigInteger.valueOf(total));
    }
    BigInteger own = storage.get(ALPHA.at(hotkey, coldkey, netuid)).add(moved);
    storage.put(TOTAL_HOTKEY_ALPHA.at(hotkey, netuid), Math.addExact(total, alpha));
    storage.put(TOTAL_HOTKEY_SHARES.at(hotkey, netuid), shares.add(moved).max(BigInteger.ZERO));
    if (own.signum() <= 0) {
      storage.remove(ALPHA.at(hotkey, coldkey, netuid));
    } else {
      storage.put(ALPHA.at(hotkey, coldkey, netuid), own);
    }
  }

  private static List<AccountId> with(List<AccountId> accounts, AccountId account) {
    if (accounts.contains(account)) {
      return accounts;
    }
    List<AccountId> more = new ArrayList<>(accounts);
    more.add(account);
    return more;
  }
}
