package dev.assay.chain.extrinsic;

import dev.assay.chain.metadata.Metadata;
import dev.assay.chain.metadata.Value;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A call of a pallet with its arguments by name; the runtime's metadata decides how it is encoded.
 */
public record Call(String pallet, String name, Map<String, Value> arguments) {
  public Call {
    arguments = Map.copyOf(arguments);
  }

  /** A call without arguments yet. */
  public static Call of(String pallet, String name) {
    return new Call(pallet, name, Map.of());
  }

  /** The same call with one argument more. */
  public Call with(String argument, Value value) {
    Map<String, Value> more = new LinkedHashMap<>(arguments);
    more.put(argument, value);
    return new Call(pallet, name, more);
  }

  /** The same call with an integer argument more. */
  public Call with(String argument, long value) {
    return with(argument, Value.of(value));
  }

  /** The call's SCALE bytes under a runtime. */
  public byte[] encode(Metadata metadata) {
    return metadata.encodeCall(pallet, name, arguments);
  }

  @Override
  public String toString() {
    return pallet + "." + name;
  }
}
