package dev.assay.localnet.chain.subtensor.storage;

import static dev.assay.chain.hash.StorageHasher.BLAKE2_128_CONCAT;
import static dev.assay.chain.hash.StorageHasher.IDENTITY;
import static dev.assay.localnet.chain.metadata.Shapes.ACCOUNT;
import static dev.assay.localnet.chain.metadata.Shapes.BOOL;
import static dev.assay.localnet.chain.metadata.Shapes.BYTES;
import static dev.assay.localnet.chain.metadata.Shapes.U128;
import static dev.assay.localnet.chain.metadata.Shapes.U16;
import static dev.assay.localnet.chain.metadata.Shapes.U64;

import dev.assay.chain.keys.AccountId;
import dev.assay.localnet.chain.metadata.Pair;
import dev.assay.localnet.chain.state.PalletStorage;
import dev.assay.localnet.chain.state.Plain;
import dev.assay.localnet.chain.state.SingleMap;
import dev.assay.localnet.chain.state.Storage;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/** What is kept of each subnet as a whole, by netuid. */
public final class Subnets {
  public static final PalletStorage ITEMS = new PalletStorage(SubtensorModule.NAME);

  private static final AccountId NOBODY = AccountId.of(new byte[32]);

  /** How many neurons there are. */
  public static final SingleMap<Integer, Integer> SUBNETWORK_N =
      ITEMS.map("SubnetworkN", IDENTITY, U16, U16, 0);

  /** 0: alpha is worth as much as TAO. */
  static final SingleMap<Integer, Integer> SUBNET_MECHANISM =
      ITEMS.map("SubnetMechanism", IDENTITY, U16, U16, 0);

  public static final SingleMap<Integer, Long> NETWORK_REGISTERED_AT =
      ITEMS.map("NetworkRegisteredAt", IDENTITY, U16, U64, 0L);

  public static final SingleMap<Integer, Long> BLOCKS_SINCE_LAST_STEP =
      ITEMS.map("BlocksSinceLastStep", IDENTITY, U16, U64, 0L);

  /** The block of the last epoch; the pallet spells it so. */
  public static final SingleMap<Integer, Long> LAST_MECHANSIM_STEP_BLOCK =
      ITEMS.map("LastMechansimStepBlock", IDENTITY, U16, U64, 0L);

  public static final SingleMap<Integer, Long> LAST_EPOCH_BLOCK =
      ITEMS.map("LastEpochBlock", IDENTITY, U16, U64, 0L);

  public static final SingleMap<Integer, Long> PENDING_EPOCH_AT =
      ITEMS.map("PendingEpochAt", IDENTITY, U16, U64, 0L);

  public static final SingleMap<Integer, Long> SUBNET_EPOCH_INDEX =
      ITEMS.map("SubnetEpochIndex", IDENTITY, U16, U64, 0L);

  public static final SingleMap<Integer, Long> PENDING_SERVER_EMISSION =
      ITEMS.map("PendingServerEmission", IDENTITY, U16, U64, 0L);

  public static final SingleMap<Integer, Long> PENDING_VALIDATOR_EMISSION =
      ITEMS.map("PendingValidatorEmission", IDENTITY, U16, U64, 0L);

  static final SingleMap<Integer, Long> PENDING_ROOT_ALPHA_DIVS =
      ITEMS.map("PendingRootAlphaDivs", IDENTITY, U16, U64, 0L);

  public static final SingleMap<Integer, Long> PENDING_OWNER_CUT =
      ITEMS.map("PendingOwnerCut", IDENTITY, U16, U64, 0L);

  public static final SingleMap<Integer, Long> SUBNET_TAO =
      ITEMS.map("SubnetTAO", IDENTITY, U16, U64, 0L);

  public static final SingleMap<Integer, Long> SUBNET_ALPHA_IN =
      ITEMS.map("SubnetAlphaIn", IDENTITY, U16, U64, 0L);

  public static final SingleMap<Integer, Long> SUBNET_ALPHA_OUT =
      ITEMS.map("SubnetAlphaOut", IDENTITY, U16, U64, 0L);

  public static final SingleMap<Integer, Long> SUBNET_TAO_IN_EMISSION =
      ITEMS.map("SubnetTaoInEmission", IDENTITY, U16, U64, 0L);

  public static final SingleMap<Integer, Long> SUBNET_ALPHA_IN_EMISSION =
      ITEMS.map("SubnetAlphaInEmission", IDENTITY, U16, U64, 0L);

  public static final SingleMap<Integer, Long> SUBNET_ALPHA_OUT_EMISSION =
      ITEMS.map("SubnetAlphaOutEmission", IDENTITY, U16, U64, 0L);

  public static final SingleMap<Integer, BigInteger> SUBNET_VOLUME =
      ITEMS.map("SubnetVolume", IDENTITY, U16, U128, BigInteger.ZERO);

  public static final SingleMap<Integer, BigInteger> SUBNET_MOVING_PRICE =
      ITEMS.map("SubnetMovingPrice", IDENTITY, U16, FixedPoint.I96F32, BigInteger.ZERO);

  public static final SingleMap<Integer, Boolean> NETWORKS_ADDED =
      ITEMS.map("NetworksAdded", IDENTITY, U16, BOOL, false);

  public static final SingleMap<Integer, Integer> REGISTRATIONS_THIS_BLOCK =
      ITEMS.map("RegistrationsThisBlock", IDENTITY, U16, U16, 0);

  public static final SingleMap<Integer, byte[]> TOKEN_SYMBOL =
      ITEMS.map("TokenSymbol", IDENTITY, U16, BYTES, HexFormat.of().parseHex("f09d9c8f"));

  public static final SingleMap<Integer, Long> FIRST_EMISSION_BLOCK_NUMBER =
      ITEMS.optionalMap("FirstEmissionBlockNumber", IDENTITY, U16, U64);

  public static final SingleMap<Integer, AccountId> SUBNET_OWNER =
      ITEMS.map("SubnetOwner", IDENTITY, U16, ACCOUNT, NOBODY);

  public static final SingleMap<Integer, AccountId> SUBNET_OWNER_HOTKEY =
      ITEMS.map("SubnetOwnerHotkey", IDENTITY, U16, ACCOUNT, NOBODY);

  public static final SingleMap<Integer, SubnetIdentity> SUBNET_IDENTITIES =
      ITEMS.optionalMap("SubnetIdentitiesV3", BLAKE2_128_CONCAT, U16, SubnetIdentity.SHAPE);

  public static final Plain<Integer> TOTAL_NETWORKS = ITEMS.plain("TotalNetworks", U16, 0);

  public static final Plain<Long> TOTAL_STAKE = ITEMS.plain("TotalStake", U64, 0L);

  static final Plain<Long> TOTAL_ISSUANCE = ITEMS.plain("TotalIssuance", U64, 0L);

  public static final Plain<Long> BLOCK_EMISSION =
      ITEMS.plain("BlockEmission", U64, 1_000_000_000L);

  static final Plain<Long> TAO_WEIGHT = ITEMS.plain("TaoWeight", U64, 971_718_665_099_567_868L);

  private Subnets() {}

  /** The subnets that exist, ascending. */
  public static List<Integer> netuids(Storage storage) {
    List<Integer> netuids = new ArrayList<>();
    for (Pair<Integer, Boolean> subnet : NETWORKS_ADDED.entries(storage)) {
      if (subnet.second()) {
        netuids.add(subnet.first());
      }
    }
    netuids.sort(null);
    return netuids;
  }
}
