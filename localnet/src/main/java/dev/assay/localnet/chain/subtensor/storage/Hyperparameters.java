package dev.assay.localnet.chain.subtensor.storage;

import static dev.assay.chain.hash.StorageHasher.BLAKE2_128_CONCAT;
import static dev.assay.chain.hash.StorageHasher.IDENTITY;
import static dev.assay.chain.hash.StorageHasher.TWOX_64_CONCAT;
import static dev.assay.localnet.chain.metadata.Shapes.BOOL;
import static dev.assay.localnet.chain.metadata.Shapes.I16;
import static dev.assay.localnet.chain.metadata.Shapes.U16;
import static dev.assay.localnet.chain.metadata.Shapes.U32;
import static dev.assay.localnet.chain.metadata.Shapes.U64;
import static dev.assay.localnet.chain.metadata.Shapes.U8;

import dev.assay.localnet.chain.metadata.Pair;
import dev.assay.localnet.chain.metadata.Shapes;
import dev.assay.localnet.chain.state.PalletStorage;
import dev.assay.localnet.chain.state.Plain;
import dev.assay.localnet.chain.state.SingleMap;
import java.math.BigInteger;
import java.util.List;

/** The hyperparameters of subnets, by netuid, with the defaults of the main network. */
public final class Hyperparameters {
  public static final PalletStorage ITEMS = new PalletStorage(SubtensorModule.NAME);

  /** Blocks between two epochs. */
  public static final SingleMap<Integer, Integer> TEMPO =
      ITEMS.map("Tempo", IDENTITY, U16, U16, 360);

  public static final SingleMap<Integer, Integer> KAPPA =
      ITEMS.map("Kappa", IDENTITY, U16, U16, 32767);

  public static final SingleMap<Integer, Integer> RHO = ITEMS.map("Rho", IDENTITY, U16, U16, 10);

  public static final SingleMap<Integer, Integer> IMMUNITY_PERIOD =
      ITEMS.map("ImmunityPeriod", IDENTITY, U16, U16, 4096);

  public static final SingleMap<Integer, Integer> MIN_ALLOWED_WEIGHTS =
      ITEMS.map("MinAllowedWeights", IDENTITY, U16, U16, 1024);

  public static final SingleMap<Integer, Integer> MAX_WEIGHTS_LIMIT =
      ITEMS.map("MaxWeightsLimit", IDENTITY, U16, U16, 65535);

  public static final SingleMap<Integer, Integer> MAX_ALLOWED_UIDS =
      ITEMS.map("MaxAllowedUids", IDENTITY, U16, U16, 256);

  static final SingleMap<Integer, Integer> MIN_ALLOWED_UIDS =
      ITEMS.map("MinAllowedUids", IDENTITY, U16, U16, 64);

  public static final SingleMap<Integer, Integer> MAX_ALLOWED_VALIDATORS =
      ITEMS.map("MaxAllowedValidators", IDENTITY, U16, U16, 128);

  public static final SingleMap<Integer, Integer> BONDS_PENALTY =
      ITEMS.map("BondsPenalty", IDENTITY, U16, U16, 65535);

  public static final SingleMap<Integer, Integer> ADJUSTMENT_INTERVAL =
      ITEMS.map("AdjustmentInterval", IDENTITY, U16, U16, 100);

  public static final SingleMap<Integer, Integer> TARGET_REGISTRATIONS_PER_INTERVAL =
      ITEMS.map("TargetRegistrationsPerInterval", IDENTITY, U16, U16, 2);

  public static final SingleMap<Integer, Integer> MAX_REGISTRATIONS_PER_BLOCK =
      ITEMS.map("MaxRegistrationsPerBlock", IDENTITY, U16, U16, 1);

  public static final SingleMap<Integer, Integer> SCALING_LAW_POWER =
      ITEMS.map("ScalingLawPower", IDENTITY, U16, U16, 50);

  static final SingleMap<Integer, Integer> ACTIVITY_CUTOFF =
      ITEMS.map("ActivityCutoff", IDENTITY, U16, U16, 5000);

  /** Blocks in which the price of registration halves. */
  public static final SingleMap<Integer, Integer> BURN_HALF_LIFE =
      ITEMS.map("BurnHalfLife", IDENTITY, U16, U16, 360);

  public static final SingleMap<Integer, Integer> IMMUNE_OWNER_UIDS_LIMIT =
      ITEMS.map("ImmuneOwnerUidsLimit", IDENTITY, U16, U16, 1);

  public static final SingleMap<Integer, Integer> MIN_NON_IMMUNE_UIDS =
      ITEMS.map("MinNonImmuneUids", IDENTITY, U16, U16, 10);

  /** The share of the price of registration that is locked instead of burned; newer runtimes. */
  static final SingleMap<Integer, Integer> COLLATERAL_LOCK_SHARE =
      ITEMS.map("CollateralLockShare", IDENTITY, U16, U16, 0);

  /** Which consensus an epoch runs, Yuma here; newer runtimes have another one beside it. */
  static final SingleMap<Integer, Integer> EPOCH_CONSENSUS =
      ITEMS.map(
          "SubnetEpochConsensus",
          IDENTITY,
          U16,
          Shapes.plainEnum("pallet_subtensor::EpochConsensus", "Yuma", "Null"),
          0);

  public static final SingleMap<Integer, Long> WEIGHTS_VERSION_KEY =
      ITEMS.map("WeightsVersionKey", IDENTITY, U16, U64, 0L);

  public static final SingleMap<Integer, Long> WEIGHTS_SET_RATE_LIMIT =
      ITEMS.map("WeightsSetRateLimit", IDENTITY, U16, U64, 100L);

  public static final SingleMap<Integer, Long> BONDS_MOVING_AVERAGE =
      ITEMS.map("BondsMovingAverage", IDENTITY, U16, U64, 900_000L);

  public static final SingleMap<Integer, Long> SERVING_RATE_LIMIT =
      ITEMS.map("ServingRateLimit", IDENTITY, U16, U64, 50L);

  public static final SingleMap<Integer, Long> ADJUSTMENT_ALPHA =
      ITEMS.map("AdjustmentAlpha", IDENTITY, U16, U64, 0L);

  public static final SingleMap<Integer, Long> DIFFICULTY =
      ITEMS.map("Difficulty", IDENTITY, U16, U64, 10_000_000L);

  public static final SingleMap<Integer, Long> MIN_DIFFICULTY =
      ITEMS.map("MinDifficulty", IDENTITY, U16, U64, 10_000_000L);

  public static final SingleMap<Integer, Long> MAX_DIFFICULTY =
      ITEMS.map("MaxDifficulty", IDENTITY, U16, U64, 4_611_686_018_427_387_903L);

  public static final SingleMap<Integer, Long> BURN =
      ITEMS.map("Burn", IDENTITY, U16, U64, 100_000_000L);

  public static final SingleMap<Integer, Long> MIN_BURN =
      ITEMS.map("MinBurn", IDENTITY, U16, U64, 500_000L);

  public static final SingleMap<Integer, Long> MAX_BURN =
      ITEMS.map("MaxBurn", IDENTITY, U16, U64, 100_000_000_000L);

  public static final SingleMap<Integer, Long> RECYCLED =
      ITEMS.map("RAORecycledForRegistration", IDENTITY, U16, U64, 0L);

  /** Thousandths of a tempo after which a silent validator counts no more. */
  public static final SingleMap<Integer, Long> ACTIVITY_CUTOFF_FACTOR_MILLI =
      ITEMS.map("ActivityCutoffFactorMilli", IDENTITY, U16, U32, 13_889L);

  public static final SingleMap<Integer, Integer> ALPHA_SIGMOID_STEEPNESS =
      ITEMS.map("AlphaSigmoidSteepness", IDENTITY, U16, I16, 1000);

  /** What a registration multiplies the price by. */
  public static final SingleMap<Integer, BigInteger> BURN_INCREASE_MULT =
      ITEMS.map("BurnIncreaseMult", IDENTITY, U16, FixedPoint.U64F64, FixedRatio.of(126, 100));

  /** The range of liquid alpha: low and high. */
  public static final SingleMap<Integer, Pair<Integer, Integer>> ALPHA_VALUES =
      ITEMS.map("AlphaValues", IDENTITY, U16, Shapes.pair(U16, U16), new Pair<>(45_875, 58_982));

  public static final SingleMap<Integer, Boolean> COMMIT_REVEAL_WEIGHTS_ENABLED =
      ITEMS.map("CommitRevealWeightsEnabled", IDENTITY, U16, BOOL, true);

  public static final SingleMap<Integer, Boolean> NETWORK_REGISTRATION_ALLOWED =
      ITEMS.map("NetworkRegistrationAllowed", IDENTITY, U16, BOOL, true);

  public static final SingleMap<Integer, Boolean> NETWORK_POW_REGISTRATION_ALLOWED =
      ITEMS.map("NetworkPowRegistrationAllowed", IDENTITY, U16, BOOL, true);

  public static final SingleMap<Integer, Boolean> BONDS_RESET_ON =
      ITEMS.map("BondsResetOn", IDENTITY, U16, BOOL, false);

  public static final SingleMap<Integer, Boolean> TRANSFER_TOGGLE =
      ITEMS.map("TransferToggle", IDENTITY, U16, BOOL, true);

  public static final SingleMap<Integer, Boolean> SUBTOKEN_ENABLED =
      ITEMS.map("SubtokenEnabled", IDENTITY, U16, BOOL, false);

  public static final SingleMap<Integer, Boolean> OWNER_CUT_ENABLED =
      ITEMS.map("OwnerCutEnabled", IDENTITY, U16, BOOL, true);

  public static final SingleMap<Integer, Boolean> LIQUID_ALPHA_ON =
      ITEMS.map("LiquidAlphaOn", BLAKE2_128_CONCAT, U16, BOOL, false);

  public static final SingleMap<Integer, Boolean> YUMA3_ON =
      ITEMS.map("Yuma3On", BLAKE2_128_CONCAT, U16, BOOL, false);

  /** Epochs between a commit and its reveal. */
  public static final SingleMap<Integer, Long> REVEAL_PERIOD_EPOCHS =
      ITEMS.map("RevealPeriodEpochs", TWOX_64_CONCAT, U16, U64, 1L);

  /** Each mechanism's part of 65535 of a subnet's emission; equal parts where there is none. */
  static final SingleMap<Integer, List<Integer>> MECHANISM_EMISSION_SPLIT =
      ITEMS.optionalMap("MechanismEmissionSplit", TWOX_64_CONCAT, U16, Shapes.vec(U16));

  public static final SingleMap<Integer, Integer> MECHANISM_COUNT_CURRENT =
      ITEMS.map("MechanismCountCurrent", TWOX_64_CONCAT, U16, U8, 1);

  /** The stake that setting weights needs, in rao. */
  public static final Plain<Long> STAKE_THRESHOLD = ITEMS.plain("StakeThreshold", U64, 0L);

  public static final Plain<Integer> COMMIT_REVEAL_WEIGHTS_VERSION =
      ITEMS.plain("CommitRevealWeightsVersion", U16, 4);

  /** The share of emission that the owner gets, of 65535. */
  public static final Plain<Integer> SUBNET_OWNER_CUT = ITEMS.plain("SubnetOwnerCut", U16, 11_796);

  public static final Plain<Integer> MAX_MECHANISM_COUNT = ITEMS.plain("MaxMechanismCount", U8, 2);

  static final Plain<Integer> ADMIN_FREEZE_WINDOW = ITEMS.plain("AdminFreezeWindow", U16, 10);

  private Hyperparameters() {}
}
