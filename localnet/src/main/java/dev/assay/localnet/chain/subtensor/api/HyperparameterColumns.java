package dev.assay.localnet.chain.subtensor.api;

import static dev.assay.localnet.chain.metadata.Shapes.BOOL;
import static dev.assay.localnet.chain.metadata.Shapes.COMPACT_U16;
import static dev.assay.localnet.chain.metadata.Shapes.COMPACT_U64;

import dev.assay.localnet.chain.subtensor.Epoch;
import dev.assay.localnet.chain.subtensor.storage.FixedPoint;
import dev.assay.localnet.chain.subtensor.storage.Hyperparameters;

/** A subnet's hyperparameters as structs: versions 1 and 2 (subnet_info.rs). */
final class HyperparameterColumns {
  /** Those that several structs have. */
  static final Columns<SubnetView> ALL =
      new Columns<SubnetView>("", false)
          .add("rho", COMPACT_U16, view -> view.get(Hyperparameters.RHO))
          .add("kappa", COMPACT_U16, view -> view.get(Hyperparameters.KAPPA))
          .add("immunity_period", COMPACT_U16, view -> view.get(Hyperparameters.IMMUNITY_PERIOD))
          .add(
              "min_allowed_weights",
              COMPACT_U16,
              view -> view.get(Hyperparameters.MIN_ALLOWED_WEIGHTS))
          .add(
              "max_weights_limit", COMPACT_U16, view -> view.get(Hyperparameters.MAX_WEIGHTS_LIMIT))
          .add("tempo", COMPACT_U16, view -> view.get(Hyperparameters.TEMPO))
          .add("min_difficulty", COMPACT_U64, view -> view.get(Hyperparameters.MIN_DIFFICULTY))
          .add("max_difficulty", COMPACT_U64, view -> view.get(Hyperparameters.MAX_DIFFICULTY))
          .add(
              "weights_version", COMPACT_U64, view -> view.get(Hyperparameters.WEIGHTS_VERSION_KEY))
          .add(
              "weights_rate_limit",
              COMPACT_U64,
              view -> view.get(Hyperparameters.WEIGHTS_SET_RATE_LIMIT))
          .add(
              "adjustment_interval",
              COMPACT_U16,
              view -> view.get(Hyperparameters.ADJUSTMENT_INTERVAL))
          .add("activity_cutoff", COMPACT_U16, HyperparameterColumns::activityCutoff)
          .add(
              "registration_allowed",
              BOOL,
              view -> view.get(Hyperparameters.NETWORK_REGISTRATION_ALLOWED))
          .add(
              "target_regs_per_interval",
              COMPACT_U16,
              view -> view.get(Hyperparameters.TARGET_REGISTRATIONS_PER_INTERVAL))
          .add("min_burn", COMPACT_U64, view -> view.get(Hyperparameters.MIN_BURN))
          .add("max_burn", COMPACT_U64, view -> view.get(Hyperparameters.MAX_BURN))
          .add(
              "bonds_moving_avg",
              COMPACT_U64,
              view -> view.get(Hyperparameters.BONDS_MOVING_AVERAGE))
          .add(
              "max_regs_per_block",
              COMPACT_U16,
              view -> view.get(Hyperparameters.MAX_REGISTRATIONS_PER_BLOCK))
          .add(
              "serving_rate_limit",
              COMPACT_U64,
              view -> view.get(Hyperparameters.SERVING_RATE_LIMIT))
          .add(
              "max_validators",
              COMPACT_U16,
              view -> view.get(Hyperparameters.MAX_ALLOWED_VALIDATORS))
          .add("adjustment_alpha", COMPACT_U64, view -> view.get(Hyperparameters.ADJUSTMENT_ALPHA))
          .add("difficulty", COMPACT_U64, view -> view.get(Hyperparameters.DIFFICULTY))
          .add(
              "commit_reveal_period",
              COMPACT_U64,
              view -> view.get(Hyperparameters.REVEAL_PERIOD_EPOCHS))
          .add(
              "commit_reveal_weights_enabled",
              BOOL,
              view -> view.get(Hyperparameters.COMMIT_REVEAL_WEIGHTS_ENABLED))
          .add("alpha_high", COMPACT_U16, view -> view.get(Hyperparameters.ALPHA_VALUES).second())
          .add("alpha_low", COMPACT_U16, view -> view.get(Hyperparameters.ALPHA_VALUES).first())
          .add("liquid_alpha_enabled", BOOL, view -> view.get(Hyperparameters.LIQUID_ALPHA_ON))
          .add("num_uids", COMPACT_U16, view -> view.hotkeys().size())
          .add("max_uids", COMPACT_U16, view -> view.get(Hyperparameters.MAX_ALLOWED_UIDS))
          .add("burn", COMPACT_U64, view -> view.get(Hyperparameters.BURN))
          .add(
              "pow_registration_allowed",
              BOOL,
              view -> view.get(Hyperparameters.NETWORK_POW_REGISTRATION_ALLOWED));

  private HyperparameterColumns() {}

  static Columns<SubnetView> version1() {
    return columns("SubnetHyperparams");
  }

  static Columns<SubnetView> version2() {
    return columns("SubnetHyperparamsV2")
        .add("alpha_sigmoid_steepness", FixedPoint.I32F32, HyperparameterColumns::steepness)
        .add("yuma_version", COMPACT_U16, HyperparameterColumns::yumaVersion)
        .add("subnet_is_active", BOOL, view -> view.get(Hyperparameters.SUBTOKEN_ENABLED))
        .add("transfers_enabled", BOOL, view -> view.get(Hyperparameters.TRANSFER_TOGGLE))
        .add("bonds_reset_enabled", BOOL, view -> view.get(Hyperparameters.BONDS_RESET_ON))
        .add("user_liquidity_enabled", BOOL, view -> false);
  }

  static int activityCutoff(SubnetView view) {
    return (int) Math.min(0xffff, Epoch.activityCutoff(view.storage(), view.netuid()));
  }

  static int yumaVersion(SubnetView view) {
    return view.get(Hyperparameters.YUMA3_ON) ? 3 : 2;
  }

  /** The bits of an I32F32. */
  static long steepness(SubnetView view) {
    return (long) view.get(Hyperparameters.ALPHA_SIGMOID_STEEPNESS) << 32;
  }

  private static Columns<SubnetView> columns(String name) {
    return new Columns<SubnetView>("pallet_subtensor::rpc_info::subnet_info::" + name, false)
        .taking(
            ALL,
            "rho kappa immunity_period min_allowed_weights max_weights_limit tempo "
                + "min_difficulty max_difficulty weights_version weights_rate_limit "
                + "adjustment_interval activity_cutoff registration_allowed "
                + "target_regs_per_interval min_burn max_burn bonds_moving_avg "
                + "max_regs_per_block serving_rate_limit max_validators adjustment_alpha "
                + "difficulty commit_reveal_period commit_reveal_weights_enabled alpha_high "
                + "alpha_low liquid_alpha_enabled");
  }
}
