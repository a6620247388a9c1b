package dev.assay.localnet.chain.subtensor.storage;

import static dev.assay.chain.hash.StorageHasher.BLAKE2_128_CONCAT;
import static dev.assay.chain.hash.StorageHasher.IDENTITY;
import static dev.assay.chain.hash.StorageHasher.TWOX_64_CONCAT;
import static dev.assay.localnet.chain.metadata.Shapes.ACCOUNT;
import static dev.assay.localnet.chain.metadata.Shapes.U128;
import static dev.assay.localnet.chain.metadata.Shapes.U16;
import static dev.assay.localnet.chain.metadata.Shapes.U32;
import static dev.assay.localnet.chain.metadata.Shapes.U64;
import static dev.assay.localnet.chain.metadata.Shapes.pair;
import static dev.assay.localnet.chain.metadata.Shapes.vec;

import dev.assay.chain.keys.AccountId;
import dev.assay.localnet.chain.metadata.Field;
import dev.assay.localnet.chain.metadata.Pair;
import dev.assay.localnet.chain.metadata.RecordShape;
import dev.assay.localnet.chain.metadata.Shape;
import dev.assay.localnet.chain.metadata.Shapes;
import dev.assay.localnet.chain.metadata.TypeNode;
import dev.assay.localnet.chain.metadata.TypeNode.Case;
import dev.assay.localnet.chain.metadata.TypeNode.Variant;
import dev.assay.localnet.chain.state.PalletStorage;
import dev.assay.localnet.chain.state.StorageItem;
import dev.assay.localnet.chain.state.StorageItem.KeyPart;
import java.math.BigInteger;
import java.util.List;
import java.util.Optional;

/**
 * Items that clients ask for and that keep their defaults: no account claims a root's dividends,
 * has child keys, locks stake, swaps a coldkey or stakes automatically on this chain.
 */
public final class EmptyItems {
  private static final KeyPart<AccountId> KEY = new KeyPart<>(BLAKE2_128_CONCAT, ACCOUNT);
  private static final KeyPart<Integer> NETUID = new KeyPart<>(IDENTITY, U16);

  /** Stake that its owner has locked, and the conviction that grows from it. */
  public static final Shape<Lock> LOCK =
      RecordShape.of(
          Lock.class, "pallet_subtensor::staking::lock::LockState", U64, FixedPoint.U64F64, U64);

  /** In blocks: half of a lock is free, or half of its conviction there, after 90 days. */
  private static final long LOCK_RATE = 934_866;

  private EmptyItems() {}

  public record Lock(long lockedMass, BigInteger conviction, long lastUpdate) {}

  public static List<StorageItem<?>> items() {
    PalletStorage items = new PalletStorage(SubtensorModule.NAME);
    items.optionalMap("SubnetEmaTaoFlow", IDENTITY, U16, pair(U64, FixedPoint.I96F32));
    items.map("RootClaimed", NETUID, KEY, KEY, U128, BigInteger.ZERO);
    items.map("RootClaimable", BLAKE2_128_CONCAT, ACCOUNT, claimable(), List.of());
    items.map("RootClaimType", BLAKE2_128_CONCAT, ACCOUNT, claimType(), 0);
    items.map("ChildkeyTake", KEY, NETUID, U16, 0);
    items.map("ChildKeys", KEY, NETUID, vec(pair(U64, ACCOUNT)), List.of());
    items.optionalMap("AutoStakeDestination", KEY, NETUID, ACCOUNT);
    items.optionalMap("ColdkeySwapAnnouncements", TWOX_64_CONCAT, ACCOUNT, pair(U32, Shapes.HASH));
    items.optionalMap("ColdkeySwapDisputes", TWOX_64_CONCAT, ACCOUNT, U32);
    items.optionalMap("HotkeyLock", NETUID, KEY, LOCK);
    items.optionalMap("DecayingHotkeyLock", NETUID, KEY, LOCK);
    items.optionalMap("OwnerLock", IDENTITY, U16, LOCK);
    items.optionalMap("DecayingOwnerLock", IDENTITY, U16, LOCK);
    items.plain("MaturityRate", U64, LOCK_RATE);
    items.plain("UnlockRate", U64, LOCK_RATE);
    items.plain("ColdkeySwapAnnouncementDelay", U32, 36_000L);
    items.plain("ColdkeySwapReannouncementDelay", U32, 7_200L);
    return items.items();
  }

  private static Shape<List<Pair<Integer, BigInteger>>> claimable() {
    Shape<List<Pair<Integer, BigInteger>>> entries = vec(pair(U16, FixedPoint.I96F32));
    TypeNode type =
        new TypeNode.Composite(
            List.of("BTreeMap"),
            List.of(
                new TypeNode.Parameter("K", Optional.of(U16.type())),
                new TypeNode.Parameter("V", Optional.of(FixedPoint.I96F32.type()))),
            List.of(Field.positional(entries.type())));
    return new Shape<>(type, 1, entries.encoder(), entries.decoder());
  }

  /** The first case, {@code Swap}, is the default and the only one that is ever written. */
  private static Shape<Integer> claimType() {
    TypeNode subnets =
        new TypeNode.Composite(
            List.of("BTreeSet"),
            List.of(new TypeNode.Parameter("T", Optional.of(U16.type()))),
            List.of(Field.positional(vec(U16).type())));
    Variant type =
        new Variant(
            Shapes.path("pallet_subtensor::pallet::RootClaimTypeEnum"),
            List.of(),
            List.of(
                new Case("Swap", 0, List.of()),
                new Case("Keep", 1, List.of()),
                new Case(
                    "KeepSubnets",
                    2,
                    List.of(
                        new TypeNode.Member(
                            Optional.of("subnets"), subnets, "BTreeSet<NetUid>")))));
    return new Shape<>(type, 1, (out, value) -> out.u8(value), in -> in.u8());
  }
}
