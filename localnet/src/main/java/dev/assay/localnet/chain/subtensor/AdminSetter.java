package dev.assay.localnet.chain.subtensor;

import dev.assay.localnet.chain.metadata.Field;
import dev.assay.localnet.chain.metadata.Shape;
import dev.assay.localnet.chain.metadata.Shapes;
import dev.assay.localnet.chain.pallet.Arguments;
import dev.assay.localnet.chain.pallet.Call;
import dev.assay.localnet.chain.pallet.Context;
import dev.assay.localnet.chain.pallet.EventType;
import dev.assay.localnet.chain.state.SingleMap;
import dev.assay.localnet.chain.subtensor.storage.Mechanisms;
import dev.assay.localnet.chain.subtensor.storage.Subnets;
import dev.assay.localnet.chain.subtensor.storage.SubtensorError;
import java.util.Optional;

/**
 * A call by which a subnet's owner or the root sets one hyperparameter.
 *
 * @param field the argument beside the netuid
 * @param event what tells of the new value; the real pallet is silent about some
 * @param rule what the value must be beyond its type
 */
record AdminSetter<T>(
    int index,
    String name,
    Field<T> field,
    SingleMap<Integer, T> item,
    Optional<EventType> event,
    Rule<T> rule) {
  static final long WEIGHT = 26_730_000;
  static final Field<Integer> NETUID = Field.field("netuid", Shapes.U16);

  /** What a value must be. */
  @FunctionalInterface
  interface Rule<T> {
    void check(Context context, int netuid, T value);
  }

  /** A call that takes every value and is silent. */
  static <T> AdminSetter<T> of(int index, String name, Shape<T> shape, SingleMap<Integer, T> item) {
    return new AdminSetter<>(
        index,
        "sudo_set_" + name,
        Field.field(name, shape),
        item,
        Optional.empty(),
        (context, netuid, value) -> {});
  }

  /** The same with another name for the argument. */
  AdminSetter<T> taking(String argument) {
    return new AdminSetter<>(index, name, Field.field(argument, field.shape()), item, event, rule);
  }

  /** The same that tells of the new value. */
  AdminSetter<T> telling(EventType type) {
    return new AdminSetter<>(index, name, field, item, Optional.of(type), rule);
  }

  /** The same that checks the new value. */
  AdminSetter<T> checking(Rule<T> other) {
    return new AdminSetter<>(index, name, field, item, event, other);
  }

  Call call() {
    return Call.paid(index, name, WEIGHT, this::set, NETUID, field);
  }

  /** Lets the subnet's owner and the root pass. */
  static void ensureOwnerOrRoot(Context context, int netuid) {
    if (!context.origin().root()) {
      SubtensorError.NOT_SUBNET_OWNER.unless(
          context.storage().get(Subnets.SUBNET_OWNER.at(netuid)).equals(context.signer()));
    }
  }

  private void set(Context context, Arguments arguments) {
    int netuid = arguments.get(NETUID);
    ensureOwnerOrRoot(context, netuid);
    AdminError.SUBNET_DOES_NOT_EXIST.unless(Mechanisms.exists(context.storage(), netuid));
    T value = arguments.get(field);
    rule.check(context, netuid, value);
    context.storage().put(item.at(netuid), value);
    event.ifPresent(type -> context.deposit(type, netuid, value));
  }
}
