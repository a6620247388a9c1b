package dev.assay.localnet.chain.pallet;

import dev.assay.localnet.chain.metadata.Field;
import java.util.List;

/**
 * A call that the node executes.
 *
 * @param refTime its declared weight, in picoseconds of reference time
 * @param pays whether the signer pays a fee
 */
public record Call(
    String name, int index, List<Field<?>> fields, long refTime, boolean pays, Body body) {

  /** What a call does. */
  @FunctionalInterface
  public interface Body {
    /**
     * Executes the call.
     *
     * @throws DispatchException when it fails; what it wrote is then undone
     */
    void run(Context context, Arguments arguments);
  }

  /** The same call under another index. */
  public Call at(int otherIndex) {
    return new Call(name, otherIndex, fields, refTime, pays, body);
  }

  /** A call that pays a fee. */
  public static Call paid(int index, String name, long refTime, Body body, Field<?>... fields) {
    return new Call(name, index, List.of(fields), refTime, true, body);
  }

  /** A call without a fee. */
  public static Call free(int index, String name, long refTime, Body body, Field<?>... fields) {
    return new Call(name, index, List.of(fields), refTime, false, body);
  }
}
