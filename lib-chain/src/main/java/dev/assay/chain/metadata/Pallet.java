package dev.assay.chain.metadata;

import java.util.Map;
import java.util.OptionalInt;

/**
 * A pallet of the runtime.
 *
 * @param prefix the name that its storage keys are made of
 * @param calls the type whose variants are its calls
 * @param errors the type whose variants are its errors
 */
public record Pallet(
    String name,
    int index,
    String prefix,
    Map<String, StorageEntry> storage,
    OptionalInt calls,
    OptionalInt events,
    OptionalInt errors,
    Map<String, Constant> constants) {
  public Pallet {
    storage = Map.copyOf(storage);
    constants = Map.copyOf(constants);
  }

  /** A storage item. */
  public StorageEntry entry(String item) {
    StorageEntry entry = storage.get(item);
    if (entry == null) {
      throw new MissingItemException("storage item", name + "." + item);
    }
    return entry;
  }

  /** A constant. */
  public Constant constant(String constant) {
    Constant found = constants.get(constant);
    if (found == null) {
      throw new MissingItemException("constant", name + "." + constant);
    }
    return found;
  }
}
