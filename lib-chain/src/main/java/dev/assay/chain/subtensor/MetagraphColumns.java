package dev.assay.chain.subtensor;

import dev.assay.chain.keys.AccountId;
import dev.assay.chain.metadata.ShapeException;
import dev.assay.chain.metadata.Value;
import java.util.ArrayList;
import java.util.List;

/** Turns a metagraph's columns, one list a field, into neurons. */
final class MetagraphColumns {
  private final Value metagraph;
  private final int size;

  MetagraphColumns(Value metagraph) {
    this.metagraph = metagraph;
    this.size = column("hotkeys").asList().size();
  }

  List<Neuron> neurons() {
    List<Value> hotkeys = values("hotkeys");
    List<Value> coldkeys = values("coldkeys");
    List<Value> axons = values("axons");
    List<Value> active = values("active");
    List<Value> permits = values("validator_permit");
    long[] stake = numbers("total_stake");
    long[] emission = numbers("emission");
    long[] incentive = numbers("incentives");
    long[] dividends = numbers("dividends");
    long[] consensus = numbers("consensus");
    long[] trust = retired("trust");
    long[] rank = retired("rank");
    long[] lastUpdate = numbers("last_update");
    long[] registered = numbers("block_at_registration");
    List<Neuron> neurons = new ArrayList<>(size);
    for (int uid = 0; uid < size; uid++) {
      neurons.add(
          new Neuron(
              uid,
              AccountId.of(hotkeys.get(uid).asBytes(AccountId.LENGTH)),
              AccountId.of(coldkeys.get(uid).asBytes(AccountId.LENGTH)),
              active.get(uid).asBoolean(),
              permits.get(uid).asBoolean(),
              stake[uid],
              emission[uid],
              (int) incentive[uid],
              (int) dividends[uid],
              (int) consensus[uid],
              (int) trust[uid],
              (int) rank[uid],
              lastUpdate[uid],
              registered[uid],
              Axon.of(axons.get(uid))));
    }
    return neurons;
  }

  private List<Value> values(String name) {
    List<Value> values = column(name).asList();
    requireSize(name, values.size());
    return values;
  }

  private long[] numbers(String name) {
    long[] numbers = column(name).asLongs();
    requireSize(name, numbers.length);
    return numbers;
  }

  /** Numbers that newer runtimes (spec 425) no longer compute: they answer an empty list. */
  private long[] retired(String name) {
    return column(name).asLongs().length == 0 ? new long[size] : numbers(name);
  }

  /** Columns of the selective metagraph are optional, those of the whole one are not. */
  private Value column(String name) {
    Value field = metagraph.field(name);
    if (!(field instanceof Value.Variant)) {
      return field;
    }
    return field
        .asOptional()
        .orElseThrow(() -> new ShapeException("the metagraph comes without " + name));
  }

  private void requireSize(String name, int length) {
    if (length != size) {
      throw new ShapeException(
          "the metagraph has %d hotkeys but %d of %s".formatted(size, length, name));
    }
  }
}
