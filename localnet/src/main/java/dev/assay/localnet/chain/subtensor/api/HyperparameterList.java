package dev.assay.localnet.chain.subtensor.api;

import dev.assay.chain.scale.ScaleWriter;
import dev.assay.localnet.chain.metadata.Field;
import dev.assay.localnet.chain.metadata.Shape;
import dev.assay.localnet.chain.metadata.Shapes;
import dev.assay.localnet.chain.metadata.TypeNode;
import dev.assay.localnet.chain.metadata.TypeNode.Case;
import dev.assay.localnet.chain.subtensor.Epoch;
import dev.assay.localnet.chain.subtensor.storage.FixedPoint;
import dev.assay.localnet.chain.subtensor.storage.Hyperparameters;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A subnet's hyperparameters as a list of names and values: version 3 (subnet_info.rs). */
final class HyperparameterList {
  private static final String PATH = "pallet_subtensor::rpc_info::subnet_info::";

  private HyperparameterList() {}

  /** A kind of value: its case in {@code HyperparamValue} and its shape. */
  private record Kind<T>(String name, int index, Shape<T> shape) {
    Entry of(String entry, T value) {
      ScaleWriter out = new ScaleWriter();
      out.byteVec(entry.getBytes(StandardCharsets.UTF_8)).u8(index);
      shape.encoder().accept(out, value);
      return new Entry(out.toByteArray());
    }

    Case described() {
      return new Case(name, index, List.of(Field.unnamed(shape).member()));
    }
  }

  private static final class Entry {
    private final byte[] encoded;

    Entry(byte[] encoded) {
      this.encoded = encoded;
    }
  }

  private static final Kind<Boolean> BOOL = new Kind<>("Bool", 0, Shapes.BOOL);
  private static final Kind<Integer> U16 = new Kind<>("U16", 1, Shapes.COMPACT_U16);
  private static final Kind<Long> U32 = new Kind<>("U32", 2, Shapes.COMPACT_U32);
  private static final Kind<Long> U64 = new Kind<>("U64", 3, Shapes.COMPACT_U64);
  private static final Kind<BigInteger> U128 = new Kind<>("U128", 4, Shapes.COMPACT_U128);
  private static final Kind<Long> TAO = new Kind<>("TaoBalance", 5, Shapes.COMPACT_U64);
  private static final Kind<Long> I32F32 = new Kind<>("I32F32", 6, FixedPoint.I32F32);
  private static final Kind<BigInteger> U64F64 = new Kind<>("U64F64", 7, FixedPoint.U64F64);

  static final Shape<SubnetView> SHAPE = shape();

  private static List<Entry> entries(SubnetView view) {
    List<Entry> entries = new ArrayList<>();
    entries.add(U16.of("kappa", view.get(Hyperparameters.KAPPA)));
    entries.add(U16.of("immunity_period", view.get(Hyperparameters.IMMUNITY_PERIOD)));
    entries.add(U16.of("min_allowed_weights", view.get(Hyperparameters.MIN_ALLOWED_WEIGHTS)));
    entries.add(U16.of("max_weights_limit", view.get(Hyperparameters.MAX_WEIGHTS_LIMIT)));
    entries.add(U16.of("tempo", view.get(Hyperparameters.TEMPO)));
    entries.add(U64.of("weights_version", view.get(Hyperparameters.WEIGHTS_VERSION_KEY)));
    entries.add(U64.of("weights_rate_limit", view.get(Hyperparameters.WEIGHTS_SET_RATE_LIMIT)));
    entries.add(U64.of("activity_cutoff", Epoch.activityCutoff(view.storage(), view.netuid())));
    entries.add(
        U32.of("activity_cutoff_factor", view.get(Hyperparameters.ACTIVITY_CUTOFF_FACTOR_MILLI)));
    entries.add(
        BOOL.of("registration_allowed", view.get(Hyperparameters.NETWORK_REGISTRATION_ALLOWED)));
    entries.add(
        U16.of(
            "target_regs_per_interval",
            view.get(Hyperparameters.TARGET_REGISTRATIONS_PER_INTERVAL)));
    entries.add(TAO.of("min_burn", view.get(Hyperparameters.MIN_BURN)));
    entries.add(TAO.of("max_burn", view.get(Hyperparameters.MAX_BURN)));
    entries.add(U16.of("burn_half_life", view.get(Hyperparameters.BURN_HALF_LIFE)));
    entries.add(U64F64.of("burn_increase_mult", view.get(Hyperparameters.BURN_INCREASE_MULT)));
    entries.add(U64.of("bonds_moving_avg", view.get(Hyperparameters.BONDS_MOVING_AVERAGE)));
    entries.add(
        U16.of("max_regs_per_block", view.get(Hyperparameters.MAX_REGISTRATIONS_PER_BLOCK)));
    entries.add(U64.of("serving_rate_limit", view.get(Hyperparameters.SERVING_RATE_LIMIT)));
    entries.add(U16.of("max_validators", view.get(Hyperparameters.MAX_ALLOWED_VALIDATORS)));
    entries.addAll(weightEntries(view));
    return entries;
  }

  private static List<Entry> weightEntries(SubnetView view) {
    List<Entry> entries = new ArrayList<>();
    entries.add(U64.of("commit_reveal_period", view.get(Hyperparameters.REVEAL_PERIOD_EPOCHS)));
    entries.add(
        BOOL.of(
            "commit_reveal_weights_enabled",
            view.get(Hyperparameters.COMMIT_REVEAL_WEIGHTS_ENABLED)));
    entries.add(U16.of("alpha_high", view.get(Hyperparameters.ALPHA_VALUES).second()));
    entries.add(U16.of("alpha_low", view.get(Hyperparameters.ALPHA_VALUES).first()));
    entries.add(BOOL.of("liquid_alpha_enabled", view.get(Hyperparameters.LIQUID_ALPHA_ON)));
    entries.add(I32F32.of("alpha_sigmoid_steepness", HyperparameterColumns.steepness(view)));
    entries.add(U16.of("yuma_version", HyperparameterColumns.yumaVersion(view)));
    entries.add(BOOL.of("subnet_is_active", view.get(Hyperparameters.SUBTOKEN_ENABLED)));
    entries.add(BOOL.of("transfers_enabled", view.get(Hyperparameters.TRANSFER_TOGGLE)));
    entries.add(BOOL.of("bonds_reset_enabled", view.get(Hyperparameters.BONDS_RESET_ON)));
    entries.add(BOOL.of("user_liquidity_enabled", false));
    entries.add(BOOL.of("owner_cut_enabled", view.get(Hyperparameters.OWNER_CUT_ENABLED)));
    return entries;
  }

  private static Shape<SubnetView> shape() {
    List<Case> cases = new ArrayList<>();
    for (Kind<?> kind : List.of(BOOL, U16, U32, U64, U128, TAO, I32F32, U64F64)) {
      cases.add(kind.described());
    }
    TypeNode value = new TypeNode.Variant(Shapes.path(PATH + "HyperparamValue"), List.of(), cases);
    List<TypeNode.Member> members =
        List.of(
            Field.field("name", Shapes.BYTES).member(),
            new TypeNode.Member(Optional.of("value"), value, "HyperparamValue"));
    TypeNode entry =
        new TypeNode.Composite(Shapes.path(PATH + "HyperparamEntry"), List.of(), members);
    return new Shape<>(
        new TypeNode.Sequence(entry),
        1,
        (out, view) -> out.vec(entries(view), (inner, each) -> inner.bytes(each.encoded)),
        in -> {
          throw new UnsupportedOperationException("the node answers hyperparameters");
        });
  }
}
