package dev.assay.localnet.chain.pallet;

import dev.assay.localnet.chain.metadata.Field;
import dev.assay.localnet.chain.metadata.Shape;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/** Declares a pallet's events, and so lists them. */
public final class Events {
  private final int pallet;
  private final List<EventType> types = new ArrayList<>();

  /**
   * @param pallet the pallet's index
   */
  public Events(int pallet) {
    this.pallet = pallet;
  }

  /** What has been declared, by index. */
  public List<EventType> types() {
    return types.stream().sorted(Comparator.comparingInt(EventType::index)).toList();
  }

  /** An event with named fields. */
  public EventType named(int index, String name, Field<?>... fields) {
    EventType type = new EventType(pallet, name, index, List.of(fields));
    types.add(type);
    return type;
  }

  /** An event with positional fields. */
  public EventType positional(int index, String name, Shape<?>... shapes) {
    Field<?>[] fields = Arrays.stream(shapes).map(Field::unnamed).toArray(Field<?>[]::new);
    return named(index, name, fields);
  }
}
