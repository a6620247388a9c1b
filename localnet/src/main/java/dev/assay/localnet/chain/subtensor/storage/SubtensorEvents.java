package dev.assay.localnet.chain.subtensor.storage;

import static dev.assay.localnet.chain.metadata.Field.field;
import static dev.assay.localnet.chain.metadata.Shapes.ACCOUNT;
import static dev.assay.localnet.chain.metadata.Shapes.BOOL;
import static dev.assay.localnet.chain.metadata.Shapes.COMPACT_U16;
import static dev.assay.localnet.chain.metadata.Shapes.HASH;
import static dev.assay.localnet.chain.metadata.Shapes.I16;
import static dev.assay.localnet.chain.metadata.Shapes.U16;
import static dev.assay.localnet.chain.metadata.Shapes.U64;

import dev.assay.localnet.chain.metadata.Shapes;
import dev.assay.localnet.chain.pallet.DispatchError;
import dev.assay.localnet.chain.pallet.EventType;
import dev.assay.localnet.chain.pallet.Events;

/** The events of {@code SubtensorModule} that the node deposits. */
public final class SubtensorEvents {
  public static final Events ALL = new Events(SubtensorModule.INDEX);

  public static final EventType STAKE_ADDED =
      ALL.positional(2, "StakeAdded", ACCOUNT, ACCOUNT, U64, U64, U16, U64);
  public static final EventType STAKE_REMOVED =
      ALL.positional(3, "StakeRemoved", ACCOUNT, ACCOUNT, U64, U64, U16, U64);
  public static final EventType WEIGHTS_SET = ALL.positional(5, "WeightsSet", U16, U16);
  public static final EventType NEURON_REGISTERED =
      ALL.positional(6, "NeuronRegistered", U16, U16, ACCOUNT);
  public static final EventType MAX_ALLOWED_UIDS_SET =
      ALL.positional(9, "MaxAllowedUidsSet", U16, U16);
  public static final EventType ALPHA_SIGMOID_STEEPNESS_SET =
      ALL.positional(17, "AlphaSigmoidSteepnessSet", U16, I16);
  public static final EventType KAPPA_SET = ALL.positional(18, "KappaSet", U16, U16);
  public static final EventType MIN_ALLOWED_WEIGHT_SET =
      ALL.positional(19, "MinAllowedWeightSet", U16, U16);
  public static final EventType WEIGHTS_SET_RATE_LIMIT_SET =
      ALL.positional(22, "WeightsSetRateLimitSet", U16, U64);
  public static final EventType IMMUNITY_PERIOD_SET =
      ALL.positional(23, "ImmunityPeriodSet", U16, U16);
  public static final EventType BONDS_MOVING_AVERAGE_SET =
      ALL.positional(24, "BondsMovingAverageSet", U16, U64);
  public static final EventType BONDS_PENALTY_SET = ALL.positional(25, "BondsPenaltySet", U16, U16);
  public static final EventType MAX_ALLOWED_VALIDATORS_SET =
      ALL.positional(27, "MaxAllowedValidatorsSet", U16, U16);
  public static final EventType AXON_SERVED = ALL.positional(28, "AxonServed", U16, ACCOUNT);
  public static final EventType PROMETHEUS_SERVED =
      ALL.positional(29, "PrometheusServed", U16, ACCOUNT);
  public static final EventType WEIGHTS_VERSION_KEY_SET =
      ALL.positional(32, "WeightsVersionKeySet", U16, U64);
  public static final EventType SERVING_RATE_LIMIT_SET =
      ALL.positional(35, "ServingRateLimitSet", U16, U64);
  public static final EventType REGISTRATION_ALLOWED =
      ALL.positional(48, "RegistrationAllowed", U16, BOOL);
  public static final EventType TEMPO_SET = ALL.positional(50, "TempoSet", U16, U16);
  public static final EventType STAKE_THRESHOLD_SET = ALL.positional(52, "StakeThresholdSet", U64);
  public static final EventType WEIGHTS_COMMITTED =
      ALL.positional(83, "WeightsCommitted", ACCOUNT, U16, HASH);
  public static final EventType WEIGHTS_REVEALED =
      ALL.positional(84, "WeightsRevealed", ACCOUNT, U16, HASH);
  public static final EventType WEIGHTS_BATCH_REVEALED =
      ALL.positional(85, "WeightsBatchRevealed", ACCOUNT, U16, Shapes.vec(HASH));
  public static final EventType BATCH_WEIGHTS_COMPLETED =
      ALL.positional(86, "BatchWeightsCompleted", Shapes.vec(COMPACT_U16), ACCOUNT);
  public static final EventType BATCH_COMPLETED_WITH_ERRORS =
      ALL.positional(87, "BatchCompletedWithErrors");
  public static final EventType BATCH_WEIGHT_ITEM_FAILED =
      ALL.positional(88, "BatchWeightItemFailed", DispatchError.SHAPE);
  public static final EventType COMMIT_REVEAL_PERIODS_SET =
      ALL.positional(98, "CommitRevealPeriodsSet", U16, U64);
  public static final EventType COMMIT_REVEAL_ENABLED =
      ALL.positional(99, "CommitRevealEnabled", U16, BOOL);
  public static final EventType TIMELOCKED_WEIGHTS_COMMITTED =
      ALL.positional(105, "TimelockedWeightsCommitted", ACCOUNT, U16, HASH, U64);
  public static final EventType TIMELOCKED_WEIGHTS_REVEALED =
      ALL.positional(106, "TimelockedWeightsRevealed", U16, ACCOUNT);
  public static final EventType INCENTIVE_ALPHA_EMITTED =
      ALL.named(
          108,
          "IncentiveAlphaEmittedToMiners",
          field("netuid", U16),
          field("emissions", Shapes.vec(U64)));

  private SubtensorEvents() {}
}
