package dev.assay.chain.extrinsic;

import dev.assay.chain.hash.Hash;
import dev.assay.chain.metadata.Metadata;
import dev.assay.chain.metadata.Value;
import dev.assay.chain.node.Node;
import dev.assay.chain.node.Runtimes;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** Reads a block's events. */
public final class Events {
  private Events() {}

  /** The events of a block in their order. Its parent's runtime wrote them. */
  public static List<ChainEvent> of(Hash block, Node node, Runtimes runtimes) {
    Metadata metadata = runtimes.after(node.header(block).parent()).metadata();
    byte[] key = metadata.storageKey("System", "Events", List.of());
    Optional<Value> records = metadata.storageValue("System", "Events", node.storage(key, block));
    List<ChainEvent> events = new ArrayList<>();
    for (Value record : records.map(Value::asList).orElse(List.of())) {
      events.add(event(record));
    }
    return events;
  }

  private static ChainEvent event(Value record) {
    Value.Variant phase = record.field("phase").asVariant();
    Value.Variant pallet = record.field("event").asVariant();
    Value.Variant event = pallet.at(0).asVariant();
    OptionalInt extrinsic =
        phase.name().equals("ApplyExtrinsic")
            ? OptionalInt.of(phase.at(0).asInt())
            : OptionalInt.empty();
    return new ChainEvent(pallet.name(), event.name(), event.fields(), extrinsic);
  }
}
