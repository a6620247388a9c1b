package dev.assay.localnet.chain.runtime;

import dev.assay.localnet.chain.state.Snapshot;
import dev.assay.localnet.chain.substrate.SystemPallet;
import java.util.Arrays;
import java.util.List;

/**
 * The runtimes that a chain goes through. Which one a state has is told by its {@code :code}: it
 * answers for the block that the state came after, and executes the next.
 */
public final class Runtimes {
  private final NodeRuntime first = NodeRuntime.first();
  private final NodeRuntime upgraded = NodeRuntime.upgraded();

  /** The runtime that every chain begins with. */
  public NodeRuntime first() {
    return first;
  }

  /** The runtime after an upgrade. */
  public NodeRuntime upgraded() {
    return upgraded;
  }

  /**
   * The runtime of a state.
   *
   * @throws IllegalStateException when its code is none of them
   */
  public NodeRuntime of(Snapshot state) {
    byte[] code = state.get(SystemPallet.CODE).orElse(new byte[0]);
    return List.of(first, upgraded).stream()
        .filter(runtime -> Arrays.equals(runtime.code(), code))
        .findFirst()
        .orElseThrow(() -> new IllegalStateException("a state with the code of no known runtime"));
  }
}
